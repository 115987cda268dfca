"""The options of a call that starts an activity."""

from __future__ import annotations

from lint_rules.facts.expressions import Call, Constant, Expression, Name
from lint_rules.program import Module, Program
from lint_rules.program.names import lookup

_FAR = 6
_ATTEMPTS = "maximum_attempts"
_PLACE_OF_ATTEMPTS = 3
"""Where `temporalio.common.RetryPolicy` has it among its fields."""


def takes_hidden(call: Call) -> bool:
    """Tell whether a call has options that cannot be seen: `**options`."""
    return any(keyword.name is None for keyword in call.keywords)


def is_given(call: Call, name: str) -> bool:
    """Tell whether an option is given and is not written as None."""
    value = call.keyword(name)
    return value is not None and not (isinstance(value, Constant) and value.kind == "none")


def has_no_bound(program: Program, module: Module, policy: Expression) -> bool:
    """Tell whether a retry policy is written out and lets an activity be retried for ever."""
    found = _written(program, module, policy, 0)
    if found is None:
        return False
    other, call = found
    if program.name(other, call.function) != "temporalio.common.RetryPolicy":
        return False
    if takes_hidden(call) or len(call.arguments) > _PLACE_OF_ATTEMPTS:
        return False
    attempts = call.keyword(_ATTEMPTS)
    return attempts is None or (isinstance(attempts, Constant) and attempts.value == 0)


def _written(
    program: Program, module: Module, expression: Expression, depth: int
) -> tuple[Module, Call] | None:
    """Follow names that are assigned once to the call that makes the value."""
    if isinstance(expression, Call):
        return module, expression
    if not isinstance(expression, Name) or depth > _FAR:
        return None
    found = lookup(module, expression.name, module.facts.scope_of(expression), expression)
    if len(found) != 1:
        return None
    binding = found[0]
    if binding.kind == "assign" and not binding.path and binding.value is not None:
        return _written(program, module, binding.value, depth + 1)
    if binding.kind == "import" and binding.definition is not None:
        statement = module.facts.imports[binding.definition]
        source = module.absolute(statement)
        other = program.modules.get(source) if source and statement.name else None
        there = other.bindings.get((0, statement.name or "")) if other else None
        if other is not None and there and len(there) == 1 and there[0].kind == "assign":
            value = there[0].value
            return None if value is None else _written(program, other, value, depth + 1)
    return None
