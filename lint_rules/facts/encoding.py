"""Facts as JSON and back, for the cache.

An expression is a row that names its children by number, so depth costs no recursion and a row is
short. Text that is no such JSON raises `DamagedFactsError`; the cache then collects the facts anew.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from lint_rules.facts import expressions as kinds
from lint_rules.facts import records
from lint_rules.facts.expressions import Clause, Expression, Field, Keyword
from lint_rules.facts.module import ModuleFacts
from lint_rules.facts.records import Span

FACTS_VERSION = 1
"""Changes whenever the facts of the same text would look different."""

_EXPRESSIONS: tuple[Any, ...] = (
    kinds.Name,
    kinds.Attribute,
    kinds.Call,
    kinds.Constant,
    kinds.Subscript,
    kinds.Slice,
    kinds.Display,
    kinds.Mapping,
    kinds.Comprehension,
    kinds.Lambda,
    kinds.Await,
    kinds.Yield,
    kinds.Operation,
    kinds.Conditional,
    kinds.Walrus,
    kinds.FormattedString,
    kinds.Starred,
    kinds.Opaque,
)
_TABLES: dict[str, Any] = {
    "scopes": records.Scope,
    "blocks": records.Block,
    "bindings": records.Binding,
    "writes": records.Write,
    "declarations": records.Declaration,
    "imports": records.Import,
    "functions": records.Function,
    "classes": records.Class,
    "leaves": records.Leave,
    "tries": records.Try,
}
# How a field is written, by its annotation; fields not listed are JSON as they are.
_ONE = ("Expression", "Expression | None")
_SEVERAL = ("tuple[Expression, ...]", "tuple[Expression | None, ...]")


class DamagedFactsError(ValueError):
    """The text holds no facts of this version."""


def to_json(facts: ModuleFacts) -> str:
    """Write facts as JSON."""
    plain: dict[str, Any] = {
        "version": FACTS_VERSION,
        "expressions": [_row(expression) for expression in facts.expressions],
        "spans": facts.spans.tolist(),
        "blocks_of": facts.blocks_of.tolist(),
        "discarded": sorted(facts.discarded),
        "exports": facts.exports,
        "exports_are_partial": facts.exports_are_partial,
    }
    for table in _TABLES:
        plain[table] = [_record(record) for record in getattr(facts, table)]
    return json.dumps(plain, separators=(",", ":"), allow_nan=False)


def from_json(text: str | bytes) -> ModuleFacts:
    """Read facts back; raises `DamagedFactsError` for anything else."""
    try:
        plain = json.loads(text)
        version = plain["version"]
        if version == FACTS_VERSION:
            return _facts(plain)
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
        raise DamagedFactsError(f"no facts: {error}") from error
    raise DamagedFactsError(f"facts of version {version}, not {FACTS_VERSION}")


def _facts(plain: dict[str, Any]) -> ModuleFacts:
    table: list[Expression] = []
    for number, (kind, *content) in enumerate(plain["expressions"]):
        decoders = _EXPRESSION_DECODERS[kind]
        values = (decode(value, table) for decode, value in zip(decoders, content, strict=True))
        table.append(_EXPRESSIONS[kind](number, *values))
    tables = {
        name: tuple(_read_record(kind, row, table) for row in plain[name])
        for name, kind in _TABLES.items()
    }
    exports = plain["exports"]
    return ModuleFacts(
        expressions=tuple(table),
        spans=array("l", plain["spans"]),
        blocks_of=array("l", plain["blocks_of"]),
        discarded=frozenset(plain["discarded"]),
        exports=None if exports is None else tuple(exports),
        exports_are_partial=plain["exports_are_partial"],
        **tables,
    )


def _row(expression: Expression) -> list[Any]:
    place = _PLACES[type(expression)]
    encoders = _EXPRESSION_ENCODERS[place]
    return [place, *(encode(part) for encode, part in zip(encoders, expression[1:], strict=True))]


def _record(record: Any) -> list[Any]:
    return [encode(getattr(record, name)) for name, encode in _RECORD_ENCODERS[type(record)]]


def _read_record(kind: Any, row: list[Any], table: list[Expression]) -> Any:
    decoders = _RECORD_DECODERS[kind]
    return kind(*(decode(value, table) for decode, value in zip(decoders, row, strict=True)))


def _encode_one(value: Any) -> Any:
    return None if value is None else value.number


def _encode_several(values: Any) -> list[Any]:
    return [None if value is None else value.number for value in values]


def _encode_keywords(values: tuple[Keyword, ...]) -> list[Any]:
    return [[keyword.name, keyword.value.number] for keyword in values]


def _encode_clauses(values: tuple[Clause, ...]) -> list[Any]:
    return [[c.iterable.number, _encode_several(c.conditions), c.is_async] for c in values]


def _encode_fields(values: tuple[Field, ...]) -> list[Any]:
    return [[f.value.number, f.conversion, f.format, _encode_fields(f.inner)] for f in values]


def _encode_records(values: tuple[Any, ...]) -> list[Any]:
    return [_record(value) for value in values]


def _plain(value: Any, _table: object = None) -> Any:
    return value


def _decode_plain_tuple(value: Any, _table: object) -> tuple[Any, ...]:
    return tuple(value)


def _decode_one(value: Any, table: list[Expression]) -> Expression | None:
    return None if value is None else table[value]


def _decode_several(values: Any, table: list[Expression]) -> tuple[Expression | None, ...]:
    return tuple(None if value is None else table[value] for value in values)


def _decode_keywords(values: Any, table: list[Expression]) -> tuple[Keyword, ...]:
    return tuple(Keyword(name, table[value]) for name, value in values)


def _decode_clauses(values: Any, table: list[Expression]) -> tuple[Clause, ...]:
    return tuple(
        Clause(table[iterable], tuple(table[test] for test in tests), is_async)
        for iterable, tests, is_async in values
    )


def _decode_fields(values: Any, table: list[Expression]) -> tuple[Field, ...]:
    return tuple(
        Field(table[value], conversion, text, _decode_fields(inner, table))
        for value, conversion, text, inner in values
    )


def _decode_span(value: Any, _table: object) -> Span:
    return Span(*value)


def _decode_parameters(values: Any, table: list[Expression]) -> tuple[Any, ...]:
    return tuple(_read_record(records.Parameter, row, table) for row in values)


def _decode_handlers(values: Any, table: list[Expression]) -> tuple[Any, ...]:
    return tuple(_read_record(records.Handler, row, table) for row in values)


_CODECS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    **dict.fromkeys(_ONE, (_encode_one, _decode_one)),
    **dict.fromkeys(_SEVERAL, (_encode_several, _decode_several)),
    "tuple[Keyword, ...]": (_encode_keywords, _decode_keywords),
    "tuple[Clause, ...]": (_encode_clauses, _decode_clauses),
    "tuple[Field, ...]": (_encode_fields, _decode_fields),
    "tuple[Parameter, ...]": (_encode_records, _decode_parameters),
    "tuple[Handler, ...]": (_encode_records, _decode_handlers),
    "tuple[str, ...]": (_plain, _decode_plain_tuple),
    "tuple[int, ...]": (_plain, _decode_plain_tuple),
    "Span": (_plain, _decode_span),
}


def _codec(annotation: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    return _CODECS.get(annotation, (_plain, _plain))


def _annotations(kind: Any) -> list[str]:
    # Named tuples wrap their annotations; both kinds of record spell them as in the source.
    found = kind.__annotations__.items()
    return [getattr(text, "__forward_arg__", text) for name, text in found if name != "number"]


_PLACES = {kind: place for place, kind in enumerate(_EXPRESSIONS)}
_EXPRESSION_CODECS = [[_codec(text) for text in _annotations(kind)] for kind in _EXPRESSIONS]
_EXPRESSION_ENCODERS = [[encode for encode, _ in codec] for codec in _EXPRESSION_CODECS]
_EXPRESSION_DECODERS = [[decode for _, decode in codec] for codec in _EXPRESSION_CODECS]
_RECORDS = (*_TABLES.values(), records.Parameter, records.Handler)
_RECORD_ENCODERS = {
    kind: [(field.name, _codec(str(field.type))[0]) for field in fields(kind)] for kind in _RECORDS
}
_RECORD_DECODERS = {
    kind: [_codec(str(field.type))[1] for field in fields(kind)] for kind in _RECORDS
}
