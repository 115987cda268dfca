"""Whether two blocks of a module say the same, whatever lines they stand on."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import (
    Attribute,
    Call,
    Constant,
    Display,
    Expression,
    FormattedString,
    Lambda,
    Mapping,
    Name,
    Opaque,
    Operation,
    children,
)
from lint_rules.program import Module
from lint_rules.workflow_code import blocks

Token = tuple[object, ...]

_DEFINES = ("import", "function", "class")


def is_same_code(module: Module, left: int, right: int) -> bool:
    """Tell whether two blocks certainly do the same; False where it cannot be told."""
    here = module.view.expressions_by_block
    if len(here.get(left, ())) != len(here.get(right, ())):
        return False
    first, second = _tokens(module, left), _tokens(module, right)
    return first is not None and bool(first) and first == second


def _tokens(module: Module, outer: int) -> list[Token] | None:
    """Return what a block consists of; None when part of it says nothing that can be compared."""
    inside = sorted(blocks.inside(module, outer))
    places = {number: place for place, number in enumerate(inside)}
    found: list[Token] = []
    for number in inside:
        block = module.facts.blocks[number]
        found.append(
            ("block", "" if number == outer else block.kind, places.get(block.parent or 0))
        )
        here = frozenset([number])
        for expression in blocks.expressions(module, here):
            token = _token(expression)
            if token is None:
                return None
            found.append((*token, expression.number in module.facts.discarded))
        found += [("leave", each.kind, _kind(each.value)) for each in blocks.leaves(module, here)]
        found += _targets(module, here)
        if any(b.kind in _DEFINES for b in blocks.bindings(module, here)):
            return None
    # The block itself is no token of what it does.
    return found[1:]


def _targets(module: Module, here: frozenset[int]) -> Iterator[Token]:
    for binding in blocks.bindings(module, here):
        yield "bind", binding.name, binding.kind, binding.path, binding.operator
    for write in blocks.writes(module, here):
        yield "write", write.kind, write.path, write.operator


def _kind(expression: Expression | None) -> str:
    return type(expression).__name__


def _token(expression: Expression) -> Token | None:
    inner = len(list(children(expression)))
    match expression:
        case FormattedString() | Lambda() | Opaque():
            # The facts keep no texts of f-strings, and bodies of lambdas stand elsewhere.
            return None
        case Constant(_, kind, value):
            return ("constant", kind, value) if value is not None or kind == "none" else None
        case Name(_, name) | Attribute(_, _, name):
            return (_kind(expression), name)
        case Call(_, _, arguments, keywords):
            return ("call", len(arguments), tuple(keyword.name for keyword in keywords))
        case Operation(_, operators, _):
            return ("operation", operators, inner)
        case Display(_, kind, _):
            return ("display", kind, inner)
        case Mapping(_, keys, _):
            return ("mapping", tuple(key is None for key in keys))
        case _:
            return (_kind(expression), inner)
