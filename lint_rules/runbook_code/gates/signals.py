"""The signals of a class: which handlers it has, and which one a gate asks for."""

from __future__ import annotations

from lint_rules.facts.expressions import Attribute, Call, Expression, Name
from lint_rules.program import External, Module, Program, ProjectClass
from lint_rules.program.decorators import decorator_names
from lint_rules.program.names import lookup
from lint_rules.program.ntro_classes import BASES
from lint_rules.runbook_code.read import facade_member
from lint_rules.runbook_code.runbook import Gate, Runbook
from lint_rules.runbook_code.written import Value, written

USER_ACTION = "user_action"
_PLAIN = frozenset({"builtins.object", "typing.Generic", "typing.Protocol", "abc.ABC"})
_DYNAMIC = ("set_signal_handler", "set_dynamic_signal_handler")


def advertised(program: Program, gate: Gate) -> Value | None:
    """Return the name of the signal that a gate says opens it, where it is written out."""
    given = gate.call.keyword("action") if gate.kind == "signal" else None
    if given is None:
        return None
    return written(program, gate.module, given).get("args", "signal_name")


def is_for_itself(program: Program, gate: Gate) -> bool:
    """Tell whether the signal of a gate is certainly sent to the run that waits."""
    given = gate.call.keyword("action")
    task = given and written(program, gate.module, given).get("args", "signal_task_id")
    return bool(task) and task is not None and _is_own_id(program, task.module, task.expression)


def _is_own_id(program: Program, module: Module, expression: Expression) -> bool:
    match expression:
        case Attribute(_, Call(_, function), "workflow_id"):
            return facade_member(program.name(module, function) or "") == "info"
        case Attribute(_, Name() as info, "workflow_id"):
            value = _value(module, info)
            return isinstance(value, Call) and (
                facade_member(program.name(module, value.function) or "") == "info"
            )
        case Name():
            value = _value(module, expression)
            return (
                value is not None
                and not isinstance(value, Name)
                and (_is_own_id(program, module, value))
            )
        case _:
            return False


def _value(module: Module, name: Name) -> Expression | None:
    found = lookup(module, name.name, module.facts.scope_of(name), name)
    if len(found) == 1 and found[0].kind == "assign" and not found[0].path:
        return found[0].value
    return None


def handled_signals(program: Program, runbook: Runbook) -> frozenset[str] | None:
    """Return the names of the signals a class takes; None when there may be more."""
    order = program.mro(runbook.kind)
    if order is None:
        return None
    outside = {base.name for base in order if isinstance(base, External)}
    if not outside <= BASES | _PLAIN or not _are_written(program, runbook):
        return None
    inherited = {USER_ACTION} if outside & BASES else set()
    return frozenset(inherited | {h.name for h in runbook.handlers if h.kind == "signal"})


def _are_written(program: Program, runbook: Runbook) -> bool:
    """Tell whether the names of all handlers are there to see."""
    for handler in runbook.handlers:
        for decorator in handler.function.decorators:
            if not isinstance(decorator, Call):
                continue
            name = decorator.keyword("name")
            if decorator.keyword("dynamic") is not None or decorator.arguments:
                return False
            if name is not None and written(program, handler.module, name).text is None:
                return False
    modules = {b.module for b in program.mro(runbook.kind) or () if isinstance(b, ProjectClass)}
    return not any(_sets_handlers(program.modules[name]) for name in modules)


def _sets_handlers(module: Module) -> bool:
    return any(attribute.name in _DYNAMIC for attribute in module.view.every(Attribute))


def is_signal_handler(program: Program, module: Module, decorators: tuple[Expression, ...]) -> bool:
    """Tell whether decorators make a method a signal handler."""
    return any(facade_member(n) == "signal" for n in decorator_names(program, module, decorators))
