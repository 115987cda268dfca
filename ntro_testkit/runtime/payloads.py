"""The typed JSON round trip every argument and result makes on Temporal.

The platform uses temporalio's pydantic data converter: values are written with pydantic's JSON and
read back by the declared type. Passing objects by reference instead, as LocalRuntime does, hides
wrong types and leaks mutations.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic.errors import PydanticSchemaGenerationError, PydanticUserError
from pydantic_core import PydanticSerializationError, to_json


class PayloadError(TypeError):
    """A value that cannot make the trip; the message names what was sent and what was declared."""


class Payload(NamedTuple):
    """A value on its way: the JSON it travels as, and the type that was sent, for messages."""

    data: bytes | None
    sent: type = object
    raw: bool = False
    """The data are the bytes themselves, no JSON."""


def payload_of(value: Any) -> Payload:
    """Write a value at the moment it is sent, so that later changes to it do not leak.

    Raises `PayloadError` when it has no JSON form.
    """
    return Payload(encode(value), type(value), isinstance(value, bytes))


def encode(value: Any) -> bytes | None:
    """Write a value as Temporal would; None stays None, top-level bytes travel as they are.

    Raises `PayloadError` when the value has no JSON form.
    """
    if value is None or isinstance(value, bytes):
        return value
    try:
        return to_json(value)
    except (PydanticSerializationError, ValueError, RecursionError) as error:
        raise PayloadError(
            f"`{type_name(type(value))}` cannot be written as JSON: {error}"
        ) from error


def decode(data: bytes | None, declared: Any) -> Any:
    """Read a value back by its declared type (`Any` when none is declared).

    Raises `PayloadError` when the data does not fit the type.
    """
    if data is None:
        # Temporal's converter hands None to the workflow whatever the declared type is.
        return None
    if declared is bytes:
        return data
    try:
        return adapter(declared).validate_json(data)
    except ValidationError as error:
        raise PayloadError(_first_problem(error)) from error


def adapter(declared: Any) -> TypeAdapter[Any]:
    """Return the (cached) adapter of a type.

    Raises `PayloadError` when pydantic cannot build one, which Temporal finds out only in
    production.
    """
    try:
        return _cached_adapter(declared)
    except TypeError:
        return _build(declared)


@lru_cache(maxsize=4096)
def _cached_adapter(declared: Any) -> TypeAdapter[Any]:
    return _build(declared)


def _build(declared: Any) -> TypeAdapter[Any]:
    try:
        return TypeAdapter(declared)
    except (PydanticSchemaGenerationError, PydanticUserError) as error:
        raise PayloadError(
            f"`{type_name(declared)}` is no type that can be read from JSON: "
            f"{str(error).splitlines()[0]}"
        ) from error


def type_name(declared: Any) -> str:
    """Name a type as an author would write it."""
    if isinstance(declared, type) and not hasattr(declared, "__args__"):
        return declared.__qualname__
    return str(declared).replace("typing.", "")


def _first_problem(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_context=False)
    first = problems[0]
    place = ".".join(str(part) for part in first["loc"]) or "the value"
    shown = repr(first["input"])
    if len(shown) > 60:
        shown = shown[:57] + "..."
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f"{place}: {first['msg']}, got {shown}{more}"
