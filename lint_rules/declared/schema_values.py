"""Values of the frontmatter against the schema that stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.declared.pattern import Pattern, PatternError
from lint_rules.manifest.nodes import Node
from lint_rules.nearest import nearest

TYPES = ("string", "number", "integer", "boolean", "array", "object")
_SIDES = {
    "minimum": "below",
    "maximum": "above",
    "exclusiveMinimum": "not above",
    "exclusiveMaximum": "not below",
}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]*")
"""Numbers without an exponent, which YAML 1.1 reads as text in most spellings."""
_MOST_ITEMS = 100
_LARGE = 1 << 53
"""Beyond it JSON numbers are not exact; nothing is said of them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a schema refuses a value, and what to write instead; `quotes` if quotes would do."""

    node: Node
    reason: str
    instead: str
    quotes: bool = False


def json_type(node: Node) -> str:
    """Return what a value becomes as JSON; a date is none of the types."""
    if node.kind != "scalar":
        return "object" if node.kind == "mapping" else "array"
    value = node.value
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "integer" if value.is_integer() else "number"
    if value is None:
        return "null"
    return "string" if isinstance(value, str) else "date"


def types_of(schema: Node) -> tuple[str, ...] | None:
    """Return the types a schema allows; None when it says none, or none that is known."""
    node = schema.get("type")
    several = () if node is None else node.items if node.kind == "sequence" else (node,)
    found = tuple(each.text or "" for each in several)
    known = found and all(each in (*TYPES, "null") for each in found)
    return found if known else None


def has_type(node: Node, types: tuple[str, ...]) -> bool:
    """Tell whether a value is of one of some types."""
    found = json_type(node)
    return found in types or (found == "integer" and "number" in types)


def refusals(value: Node, schema: Node) -> Iterator[Refusal]:
    """Yield why a schema refuses a value, or the items of one; null is let through."""
    found = _refusal(value, schema)
    if found is not None:
        yield found
        return
    items = schema.get("items")
    if items is not None and items.kind == "mapping":
        inner = (_refusal(item, items) for item in value.items[:_MOST_ITEMS])
        yield from (each for each in inner if each is not None)


def _refusal(value: Node, schema: Node) -> Refusal | None:
    """Return the plainest reason to refuse a value."""
    if value.is_null:
        return None
    return next(of_type(value, schema), None) or next(_first(value, schema), None)


def of_type(value: Node, schema: Node) -> Iterator[Refusal]:
    """Yield that a value is of none of the types of a schema, if so; null is let through."""
    types = types_of(schema)
    if types is not None and not value.is_null and not has_type(value, types):
        yield _of_another_type(value, types)


def shown(node: Node) -> str:
    """Return a value as it is written, short."""
    if node.kind != "scalar":
        return node.what
    raw = node.raw if node.style is None else f'"{node.raw}"'
    return f"`{raw[:60]}`"


def _of_another_type(value: Node, types: tuple[str, ...]) -> Refusal:
    wanted = " or ".join(f"`{each}`" for each in types)
    plain = value.kind == "scalar" and value.style is None
    if plain and "string" in types and json_type(value) != "string":
        reason = f"YAML reads {shown(value)} as {_read_as(value)}, and the type is {wanted}"
        return Refusal(value, reason, f'quotes: `"{value.raw[:60]}"`', quotes=True)
    reason = f"{shown(value)} is {value.what}, and the type is {wanted}"
    unquoted = value.style in ("'", '"') and _would_be(value.raw, types)
    return Refusal(value, reason, "the value without quotes" if unquoted else f"{wanted}")


def _would_be(raw: str, types: tuple[str, ...]) -> bool:
    """Tell whether YAML would read a text as one of some types, if it had no quotes."""
    if "string" in types:
        return False
    if "boolean" in types and raw.lower() in ("true", "false", "yes", "no", "on", "off"):
        return True
    if _WHOLE.fullmatch(raw):
        return "integer" in types or "number" in types
    return "number" in types and _DECIMAL.fullmatch(raw) is not None


def _read_as(value: Node) -> str:
    if isinstance(value.value, bool):
        return "true" if value.value else "false"
    if isinstance(value.value, int | float) and abs(value.value) < _LARGE:
        return f"the number {value.value}"
    return value.what


def _first(value: Node, schema: Node) -> Iterator[Refusal]:
    yield from _of_enum(value, schema)
    text = value.text
    if text is not None:
        yield from _of_text(value, text, schema)
    if isinstance(value.value, int | float) and not isinstance(value.value, bool):
        yield from _of_number(value, value.value, schema)
    if value.kind == "sequence":
        yield from _of_size(value, len(value.items), schema, "Items", "items")


def _of_enum(value: Node, schema: Node) -> Iterator[Refusal]:
    enum = schema.get("enum")
    if enum is None or value.kind != "scalar" or not 0 < len(enum.items) <= _MOST_ITEMS:
        return
    if any(_same(value, each) for each in enum.items):
        return
    choices = [each.raw for each in enum.items if each.kind == "scalar"]
    close = nearest(value.raw, choices)
    listed = ", ".join(f"`{choice[:40]}`" for choice in choices[:8])
    instead = f"`{close}`" if close else f"one of {listed}"
    yield Refusal(value, f"{shown(value)} is none of the values of `enum`: {listed}", instead)


def _same(value: Node, other: Node) -> bool:
    both_bool = isinstance(value.value, bool) == isinstance(other.value, bool)
    return other.kind == "scalar" and both_bool and value.value == other.value


def _of_text(value: Node, text: str, schema: Node) -> Iterator[Refusal]:
    node = schema.get("pattern")
    pattern = node.text if node is not None else None
    if pattern is not None:
        try:
            matches = Pattern(pattern).matches(text)
        except PatternError:
            matches = None
        if matches is False:
            reason = f"{shown(value)} does not match the pattern `{pattern[:60]}`"
            yield Refusal(value, reason, "a value that the pattern matches")
    yield from _of_size(value, len(text), schema, "Length", "characters")


def _of_size(value: Node, size: int, schema: Node, word: str, unit: str) -> Iterator[Refusal]:
    least, most = _bound(schema, f"min{word}"), _bound(schema, f"max{word}")
    if least is not None and size < least:
        reason = f"{shown(value)} has {size} {unit}, fewer than `min{word}: {least:g}`"
        yield Refusal(value, reason, f"at least {least:g} {unit}")
    if most is not None and size > most:
        reason = f"{shown(value)} has {size} {unit}, more than `max{word}: {most:g}`"
        yield Refusal(value, reason, f"at most {most:g} {unit}")


def _of_number(value: Node, number: float, schema: Node) -> Iterator[Refusal]:
    bounds = {key: _bound(schema, key) for key in _SIDES}
    for key, bound in bounds.items():
        if bound is None:
            continue
        is_exclusive = key.startswith("exclusive")
        wrong = number < bound if key.endswith("inimum") else number > bound
        if wrong or (is_exclusive and number == bound):
            reason = f"{shown(value)} is {_SIDES[key]} `{key}: {bound:g}`"
            yield Refusal(value, reason, f"a value within `{key}`")


def _bound(schema: Node, key: str) -> float | None:
    node = schema.get(key)
    value = node.value if node is not None else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < _LARGE else None
