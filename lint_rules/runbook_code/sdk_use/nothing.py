"""Whether an expression is None, as far as the assignments in its function tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from lint_rules.facts.expressions import (
    Conditional,
    Constant,
    Expression,
    Name,
    Operation,
    parts,
)
from lint_rules.facts.records import Binding
from lint_rules.program import Module
from lint_rules.program.names import lookup

May = Literal["always", "sometimes", "no"]


def may_be_none(module: Module, expression: Expression) -> May:
    """Tell whether an expression is None always, or on some way; `no` also when nothing tells.

    A variable that the function tests anywhere counts as looked after.
    """
    match expression:
        case Constant(_, "none"):
            return "always"
        case Conditional(_, _, then, otherwise):
            return _any(map(_plain, (then, otherwise)))
        case Operation(_, ("or",), operands):
            return _plain(operands[-1])
        case Name(_, name):
            found = lookup(module, name, module.facts.scope_of(expression), expression)
            may = _any(map(_assigned, found)) if found else "no"
            if may == "sometimes" and _is_tested(module, name, expression):
                return "no"
            return may
        case _:
            return "no"


def _plain(expression: Expression) -> May:
    return "always" if isinstance(expression, Constant) and expression.kind == "none" else "no"


def _any(answers: Iterable[May]) -> May:
    several = set(answers)
    if several == {"always"}:
        return "always"
    return "no" if several == {"no"} else "sometimes"


def _assigned(binding: Binding) -> May:
    if binding.kind not in ("assign", "walrus") or binding.path or binding.value is None:
        return "no"
    match binding.value:
        case Conditional(_, _, then, otherwise):
            return _any(map(_plain, (then, otherwise)))
        case value:
            return _plain(value)


def _is_tested(module: Module, name: str, at: Expression) -> bool:
    facts = module.facts
    scope = facts.scope_of(at).number
    heads = [b.head for b in facts.blocks if b.scope == scope and b.kind in ("if", "while", "case")]
    heads += [leave.value for leave in facts.leaves if leave.kind == "assert"]
    tests = [e.test for e in facts.expressions if isinstance(e, Conditional)]
    tests += [e for e in facts.expressions if isinstance(e, Operation) and e.operators[0] in _AND]
    tests += [head for head in heads if head is not None]
    subjects = [b.head for b in facts.blocks if b.kind == "match" and b.head is not None]
    return any(
        isinstance(part, Name) and part.name == name
        for test in (*tests, *subjects)
        for part in parts(test)
    )


_AND = ("and", "or")
