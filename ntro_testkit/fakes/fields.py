"""The fields of a record as its validator sees them: names, aliases, which ones must be given."""

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ntro_testkit.fakes.place import Place, Schema

_FIELD_HOLDERS = {"model-fields", "dataclass-args", "arguments", "typed-dict", "named-tuple"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `alias` is the path in the input where its value is looked up."""

    name: str
    schema: Schema
    required: bool
    alias: tuple[str | int, ...]
    annotation: Any


def is_record(schema: Schema) -> bool:
    """Tell whether a schema has named fields (a RootModel, for one, has not)."""
    if schema["type"] in {"model", "dataclass"}:
        inner = _peeled(schema["schema"])
    elif schema["type"] == "call":
        inner = _peeled(schema["arguments_schema"])
    else:
        inner = schema
    return inner["type"] in _FIELD_HOLDERS


def fields_of(schema: Schema, place: Place) -> Iterator[Field]:
    """Yield the fields of a model, dataclass, TypedDict or NamedTuple, in order."""
    by_alias = (place.config or {}).get("validate_by_alias", True) is not False
    annotations = _annotations(schema)
    for name, field in _named_schemas(schema):
        if field.get("init") is False:
            continue
        required = field["schema"]["type"] != "default" and field.get("required", True)
        alias = field.get("validation_alias", field.get("alias")) if by_alias else None
        path = _first_alias(alias) or (name,)
        yield Field(name, field["schema"], required, path, annotations.get(name))


def _named_schemas(schema: Schema) -> Iterator[tuple[str, Schema]]:
    match schema["type"]:
        case "model":
            yield from _peeled(schema["schema"])["fields"].items()
        case "typed-dict":
            # a key without `required` is required or not by the dict's totality
            total = schema.get("total", True)
            for name, field in schema["fields"].items():
                yield name, {"required": total, **field}
        case "dataclass":
            yield from ((field["name"], field) for field in _peeled(schema["schema"])["fields"])
        case "named-tuple":
            yield from ((field["name"], field) for field in schema["fields"])
        case _:
            arguments = _peeled(schema["arguments_schema"])["arguments_schema"]
            yield from ((argument["name"], argument) for argument in arguments)


def _first_alias(alias: Any) -> tuple[str | int, ...]:
    if not alias:
        return ()
    if isinstance(alias, str):
        return (alias,)
    return tuple(alias[0]) if isinstance(alias[0], list) else tuple(alias)


def _peeled(schema: Schema) -> Schema:
    while schema["type"].startswith("function-") and "schema" in schema:
        schema = schema["schema"]
    return schema


def _annotations(schema: Schema) -> Mapping[str, Any]:
    record = schema.get("cls") or schema.get("function")
    if fields := getattr(record, "__pydantic_fields__", getattr(record, "model_fields", None)):
        return {name: field.annotation for name, field in fields.items()}
    try:
        return typing.get_type_hints(record, include_extras=True)
    except Exception:  # noqa: BLE001 -- they serve error messages only, never worth an error
        return {}
