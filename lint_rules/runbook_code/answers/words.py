"""The keys and words that are written where an answer is read or compared."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Constant,
    Display,
    Expression,
    Lambda,
    Mapping,
    Name,
)
from lint_rules.facts.records import Block
from lint_rules.program import Module, Program
from lint_rules.program.names import lookup
from lint_rules.runbook_code.written import Value, written

_COLLECTIONS = ("frozenset", "list", "set", "sorted", "tuple")


def keys_of(program: Program, module: Module, expression: Expression) -> frozenset[str] | None:
    """Return the keys an expression can be: a text, or a loop's name that goes through texts."""
    if isinstance(expression, Name):
        found = lookup(module, expression.name, module.facts.scope_of(expression), expression)
        if len(found) == 1 and found[0].kind == "for" and found[0].value is not None:
            return None if found[0].path else words_of(program, module, found[0].value)
    text = written(program, module, expression).text
    return None if text is None else frozenset({text})


def words_of(program: Program, module: Module, expression: Expression) -> frozenset[str] | None:
    """Return the texts an expression is or holds; None when they are not all written out."""
    match expression:
        case Display(_, _, elements):
            return _all(words_of(program, module, element) for element in elements)
        case Call(_, Name(_, name), (inner,), ()) if name in _COLLECTIONS:
            return words_of(program, module, inner)
        case Mapping(_, keys, _):
            return _all(None if k is None else words_of(program, module, k) for k in keys)
        case _:
            return _texts(program, written(program, module, expression))


def _texts(program: Program, value: Value) -> frozenset[str] | None:
    if value.kind == "sequence" and value.complete:
        return _all(_texts(program, item) for item in value.items)
    if value.kind == "mapping" and value.complete:
        return frozenset(entry.key for entry in value.entries if isinstance(entry.key, str))
    if value.kind == "constant" and not value.is_none:
        return frozenset() if value.text is None else frozenset({value.text})
    if isinstance(value.expression, Display | Call) and value.kind == "unknown":
        return _collected(program, value)
    return None


def _collected(program: Program, value: Value) -> frozenset[str] | None:
    """Read a set behind a name, which is not among the values that are written out."""
    match value.expression:
        case Display(_, "set", elements):
            return _all(words_of(program, value.module, element) for element in elements)
        case Call(_, Name(_, name), (Display() as inner,), ()) if name in _COLLECTIONS:
            return words_of(program, value.module, inner)
        case _:
            return None


def _all(several: Iterator[frozenset[str] | None]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for each in several:
        if each is None:
            return None
        found |= each
    return found


def pattern_words(module: Module, block: Block) -> frozenset[str] | None:
    """Return the texts in the patterns of a match; None when there is more in them than texts."""
    found: set[str] = set()
    for expression in module.view.expressions_by_block.get(block.number, ()):
        match expression:
            case Constant(_, "str", str(text)):
                found.add(text)
            case Constant():
                pass
            case Attribute() | Call() | Lambda() | Name():
                return None
            case _:
                pass
    return frozenset(found)
