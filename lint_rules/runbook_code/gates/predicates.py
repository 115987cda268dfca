"""The predicates of signal gates: what they compute, and from what."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Constant,
    Expression,
    Lambda,
    Name,
    Operation,
    Subscript,
    Walrus,
)
from lint_rules.facts.records import Function
from lint_rules.program import Module, Program, ProjectFunction
from lint_rules.runbook_code.answers.words import words_of

_SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of a source with texts that are written out."""

    module: Module
    expression: Expression
    words: frozenset[str]


def functions_of(
    program: Program, module: Module, predicate: Expression
) -> tuple[tuple[Module, Function], ...] | None:
    """Return the lambdas or functions a predicate is; None when it cannot be followed."""
    found: list[tuple[Module, Function]] = []
    for meaning in program.resolve(module, predicate):
        if not isinstance(meaning, ProjectFunction):
            return None
        found.append(program.function(meaning))
    return tuple(found)


def expressions_of(module: Module, function: Function) -> Iterator[Expression]:
    """Yield the expressions that calling a function evaluates."""
    for scope in module.view.running_with[function.scope]:
        yield from module.view.by_scope.get(scope, ())


def compared_sources(program: Program, module: Module, predicate: Expression) -> list[Compared]:
    """Return the comparisons of a predicate; empty when it may also come true without them.

    Only a predicate without `or`, `not` and calls of the project is taken to need one of them.
    """
    functions = functions_of(program, module, predicate)
    if not functions or len(functions) != 1:
        return []
    [(other, function)] = functions
    found: list[Compared] = []
    for expression in expressions_of(other, function):
        match expression:
            case Operation(_, ("or" | "not" | "!=" | "not in",), _):
                return []
            case Operation(_, ("==" | "in",), operands):
                compared = _compared(program, other, expression, operands)
                if compared is None:
                    continue
                if not compared.words:
                    return []
                found.append(compared)
            case Call(_, called):
                meanings = program.resolve(other, called)
                if any(isinstance(meaning, ProjectFunction) for meaning in meanings):
                    return []
            case _:
                pass
    return found


def _compared(
    program: Program, module: Module, expression: Expression, operands: tuple[Expression, ...]
) -> Compared | None:
    """Return a comparison of a source; one without words cannot be told."""
    sources = [operand for operand in operands if _is_source(operand)]
    if len(sources) != 1 or len(operands) != 2:
        return None
    [other] = [operand for operand in operands if operand is not sources[0]]
    return Compared(module, expression, words_of(program, module, other) or frozenset())


def _is_source(operand: Expression) -> bool:
    match operand:
        case Attribute(_, _, "source") | Subscript(_, _, Constant(_, "str", "source")):
            return True
        case Call(_, Attribute(_, _, "get"), (Constant(_, "str", "source"), *_), _):
            return True
        case _:
            return False


def read_attributes(program: Program, module: Module, function: Function) -> frozenset[str]:
    """Return the attributes of `self` that a predicate reads; empty when it reads anything else."""
    found: set[str] = set()
    inner = module.view.running_with[function.scope]
    own = {b.name for scope in inner for b in module.view.bindings_of_scope.get(scope, ())}
    for expression in expressions_of(module, function):
        match expression:
            case Attribute(_, Name(_, "self"), name):
                found.add(name)
            case Name(_, name) if name != "self" and name not in own and not _is_builtin(name):
                return frozenset()
            case Call(_, called):
                meanings = program.resolve(module, called)
                if any(isinstance(meaning, ProjectFunction) for meaning in meanings):
                    return frozenset()
                if isinstance(called, Attribute) and _is_self(called.value):
                    return frozenset()
            case Lambda() | Await() | Walrus():
                return frozenset()
            case _:
                pass
    return frozenset(found)


def _is_self(expression: Expression) -> bool:
    return isinstance(expression, Name) and expression.name == "self"


def _is_builtin(name: str) -> bool:
    return hasattr(builtins, name)
