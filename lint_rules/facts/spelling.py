"""Expressions back to text, for people: names, and what is made of them in annotations."""

from __future__ import annotations

from lint_rules.facts.expressions import (
    Attribute,
    Constant,
    Display,
    Expression,
    Name,
    Operation,
    Subscript,
)

_FAR = 10


def spelled(expression: Expression, depth: int = 0) -> str:
    """Return an annotation as it may be written; `...` for what is more than one."""
    if depth > _FAR:
        return "..."
    match expression:
        case Name(_, name):
            return name
        case Attribute(_, value, name):
            return f"{spelled(value, depth + 1)}.{name}"
        case Subscript(_, value, key):
            return f"{spelled(value, depth + 1)}[{spelled(key, depth + 1)}]"
        case Display(_, "tuple", elements):
            return ", ".join(spelled(each, depth + 1) for each in elements)
        case Operation(_, ("|",), operands):
            return " | ".join(spelled(each, depth + 1) for each in operands)
        case Constant(_, "none"):
            return "None"
        case Constant(_, "str", str(text)):
            return text
        case _:
            return "..."
