"""What is wrong with one entry of `config_schema` as a fragment of JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lint_rules.declared.pattern import Pattern, PatternError
from lint_rules.declared.schema_values import TYPES
from lint_rules.finding import Severity
from lint_rules.manifest.nodes import Entry, Node
from lint_rules.nearest import nearest

_TEXT_KEYS = frozenset({"pattern", "minLength", "maxLength", "format"})
_NUMBER_KEYS = frozenset(
    {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
_LIST_KEYS = frozenset({"items", "minItems", "maxItems", "uniqueItems"})
_OBJECT_KEYS = frozenset({"properties", "additionalProperties", "required"})
_COUNTS = frozenset({"minLength", "maxLength", "minItems", "maxItems"})
_FREE = ("$ref", "anyOf", "oneOf", "allOf", "const", "enum")
_MEANT = (
    "type",
    "description",
    "default",
    "title",
    *_FREE,
    *sorted(_TEXT_KEYS | _NUMBER_KEYS - {"multipleOf"} | _LIST_KEYS | _OBJECT_KEYS - {"required"}),
)
"""What a word that is not known can be a misspelling of."""

_RARE = (
    "$anchor $comment $defs $id $schema additionalItems contains contentEncoding contentMediaType"
    " definitions dependentRequired dependentSchemas deprecated else example examples if"
    " maxContains maxProperties minContains minProperties multipleOf not nullable"
    " patternProperties prefixItems propertyNames readOnly required then unevaluatedItems"
    " unevaluatedProperties writeOnly"
)
_KNOWN = frozenset({*_MEANT, *_RARE.split()})
_CLOSE = 0.75
_OTHER_WORDS = {
    "str": "string",
    "text": "string",
    "date": "string",
    "datetime": "string",
    "uuid": "string",
    "int": "integer",
    "float": "number",
    "decimal": "number",
    "money": "number",
    "currency": "number",
    "bool": "boolean",
    "list": "array",
    "dict": "object",
    "mapping": "object",
}
_APPLIES = (
    (_TEXT_KEYS, ("string",)),
    (_NUMBER_KEYS, ("number", "integer")),
    (_LIST_KEYS, ("array",)),
    (_OBJECT_KEYS, ("object",)),
)
_PAIRS = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))
_MOST = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and what to write instead."""

    node: Node
    message: str
    instead: str
    severity: Severity = "warning"


def faults(schema: Node, key: Node, where: str) -> Iterator[Fault]:
    """Yield the faults of an entry; `key` is where it begins, `where` how it is called."""
    yield from _faults(schema, key, where, {schema})


def _faults(schema: Node, key: Node, where: str, seen: set[Node]) -> Iterator[Fault]:
    if schema.kind != "mapping":
        said = "empty" if schema.is_null else schema.what
        yield Fault(key, f"`{where}` is {said}, not a schema", "a mapping with a `type`")
        return
    types = tuple(_types(schema))
    yield from _type(schema, key, where)
    for entry in schema.last:
        yield from _keyword(entry, types, is_whole=len(seen) == 1)
    yield from _crossed(schema)
    for inner in _inside(schema):
        # What an alias stands for may come again, and again inside itself.
        if inner.value not in seen and len(seen) < _MOST:
            seen.add(inner.value)
            yield from _faults(inner.value, inner.key_node, f"{where}.{inner.key}", seen)


def _inside(schema: Node) -> Iterator[Entry]:
    items = schema.entry("items")
    if items is not None and items.value.kind == "mapping":
        yield items
    properties = schema.get("properties")
    if properties is not None and properties.kind == "mapping":
        yield from properties.last


def _types(schema: Node) -> Iterator[str]:
    node = schema.get("type")
    for each in () if node is None else node.items if node.kind == "sequence" else (node,):
        yield each.raw


def _type(schema: Node, key: Node, where: str) -> Iterator[Fault]:
    node = schema.get("type")
    if node is None:
        misspelt = any(_near(entry.key) == "type" for entry in schema.entries)
        if not misspelt and not any(schema.entry(each) for each in _FREE):
            yield Fault(key, f"`{where}` has no `type`", "one of " + _listed(TYPES))
        return
    for each in node.items if node.kind == "sequence" else (node,):
        if each.text in TYPES or each.raw == "null":
            continue
        word = each.raw if each.kind == "scalar" else each.what
        meant = _OTHER_WORDS.get(word.lower()) or nearest(word, (*TYPES, "null"))
        message = f"JSON has no type `{word}`"
        yield Fault(each, message, f"`{meant}`" if meant else _listed(TYPES), "error")


def _keyword(entry: Entry, types: tuple[str, ...], *, is_whole: bool) -> Iterator[Fault]:
    key, value = entry.key, entry.value
    if key not in _KNOWN:
        close = _near(key)
        if close is not None:
            yield Fault(entry.key_node, f"there is no keyword `{key}`", f"`{close}`")
        return
    if key == "required" and (is_whole or value.kind == "scalar"):
        message = "`required` says nothing here: a value is required when it has no `default`"
        yield Fault(entry.key_node, message, "no `required`; a `default` for what may be left out")
        return
    applies = next((known for keys, known in _APPLIES if key in keys), None)
    known_types = types and all(each in TYPES for each in types)
    if applies is not None and known_types and not set(applies) & set(types):
        message = f"`{key}` says nothing of a value of type `{types[0]}`"
        yield Fault(entry.key_node, message, f"no `{key}`, or `type: {applies[0]}`")
        return
    yield from _value(key, value)


def _value(key: str, value: Node) -> Iterator[Fault]:
    number = value.value
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    if key == "enum" and (value.kind != "sequence" or not value.items):
        said = "an empty list" if value.kind == "sequence" else value.what
        yield Fault(value, f"`enum` is {said}, so no value fits", "a list of the values", "error")
    elif key == "pattern":
        yield from _pattern(value)
    elif key in _NUMBER_KEYS and not is_number:
        yield Fault(value, f"`{key}` is {value.what}, not a number", "a number without quotes")
    elif key in _COUNTS and not (is_number and isinstance(number, int) and number >= 0):
        yield Fault(value, f"`{key}` is no count", "a whole number from 0")


def _pattern(value: Node) -> Iterator[Fault]:
    if value.text is None:
        message = f"`pattern` is {value.what}, not a regular expression"
        yield Fault(value, message, "quotes around the expression", "error")
        return
    try:
        Pattern(value.text)
    except PatternError as error:
        message = f"`pattern` is no regular expression: {error}"
        yield Fault(value, message, "an expression as ECMAScript has it", "error")


def _crossed(schema: Node) -> Iterator[Fault]:
    for low, high in _PAIRS:
        least, most = schema.get(low), schema.get(high)
        if least is None or most is None:
            continue
        first, last = least.value, most.value
        if isinstance(first, int | float) and isinstance(last, int | float) and first > last:
            message = f"`{low}` is above `{high}`, so no value fits"
            yield Fault(most, message, f"a `{high}` from {least.raw[:40]}", "error")


def _near(key: str) -> str | None:
    """Return the keyword that a word is a misspelling of; words of other tools are none."""
    from difflib import SequenceMatcher

    close = nearest(key, _MEANT)
    if close is None or SequenceMatcher(None, key.casefold(), close.casefold()).ratio() < _CLOSE:
        return None
    return close


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)
