"""Expressions as source text, so that tests can say what they mean."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.facts.expressions import (
    Attribute,
    Await,
    Call,
    Clause,
    Comprehension,
    Conditional,
    Constant,
    Display,
    Expression,
    Field,
    FormattedString,
    Lambda,
    Mapping,
    Name,
    Operation,
    Slice,
    Starred,
    Subscript,
    Walrus,
    Yield,
)

_BRACKETS = {"list": "[]", "set": "{}", "dict": "{}", "tuple": "()", "generator": "  "}


def spell(expression: Expression | None) -> str:
    """Return an expression as source; operations stand in parentheses."""
    match expression:
        case None:
            return ""
        case Name(_, name):
            return name
        case Attribute(_, value, name):
            return f"{spell(value)}.{name}"
        case Call(_, function, arguments, keywords):
            named = [
                f"{k.name}={spell(k.value)}" if k.name else f"**{spell(k.value)}" for k in keywords
            ]
            return f"{spell(function)}({', '.join([*map(spell, arguments), *named])})"
        case Constant(_, kind, value):
            return "..." if kind == "ellipsis" else repr(value)
        case Subscript(_, value, Display(_, "tuple", elements)) if any(
            isinstance(e, Slice) for e in elements
        ):
            return f"{spell(value)}[{_join(elements)}]"
        case Subscript(_, value, key):
            return f"{spell(value)}[{spell(key)}]"
        case Slice(_, start, stop, step):
            return ":".join([spell(start), spell(stop)] + ([spell(step)] if step else []))
        case Display(_, kind, elements):
            left, right = _BRACKETS[kind]
            return f"{left}{_join(elements)}{right}"
        case Mapping(_, keys, values):
            pairs = zip(keys, values, strict=True)
            return (
                "{"
                + ", ".join(f"{spell(k)}: {spell(v)}" if k else f"**{spell(v)}" for k, v in pairs)
                + "}"
            )
        case Comprehension():
            return _comprehension(expression)
        case Lambda():
            return "<lambda>"
        case Await(_, value):
            return f"(await {spell(value)})"
        case Yield(_, value, delegates):
            return f"(yield {'from ' if delegates else ''}{spell(value)})"
        case Operation(_, (operator,), (operand,)):
            return (
                f"({operator} {spell(operand)})"
                if operator == "not"
                else f"({operator}{spell(operand)})"
            )
        case Operation(_, operators, operands):
            between = (
                operators
                if len(operators) == len(operands) - 1
                else operators * (len(operands) - 1)
            )
            text = spell(operands[0])
            return (
                "("
                + text
                + "".join(f" {o} {spell(v)}" for o, v in zip(between, operands[1:], strict=True))
                + ")"
            )
        case Conditional(_, test, then, otherwise):
            return f"({spell(then)} if {spell(test)} else {spell(otherwise)})"
        case Walrus(_, name, value):
            return f"({name} := {spell(value)})"
        case FormattedString(_, fields):
            return "f'" + "".join(map(_field, fields)) + "'"
        case Starred(_, value):
            return f"*{spell(value)}"
        case _:
            return "<opaque>"


def _join(elements: Iterable[Expression]) -> str:
    return ", ".join(map(spell, elements))


def _field(field: Field) -> str:
    conversion = f"!{field.conversion}" if field.conversion else ""
    inner = "".join(map(_field, field.inner))
    ending = f":{field.format}{inner}" if field.format or inner else ""
    return "{" + spell(field.value) + conversion + ending + "}"


def _comprehension(expression: Comprehension) -> str:
    left, right = _BRACKETS[expression.kind]
    head = spell(expression.element) + (f": {spell(expression.value)}" if expression.value else "")
    return f"{left}{head}{''.join(map(_clause, expression.clauses))}{right}".strip()


def _clause(clause: Clause) -> str:
    conditions = "".join(f" if {spell(c)}" for c in clause.conditions)
    return f" {'async ' if clause.is_async else ''}for x in {spell(clause.iterable)}{conditions}"
