"""Signal payloads like a given one, with other content that their handler takes as well."""

from __future__ import annotations

import enum
import re
import uuid
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

ADDRESS = frozenset(
    {
        *("tenant_id", "tenant_slug", "entity_id", "entity_slug", "source", "source_ref"),
        *("kind", "content_type", "received_at"),
    }
)
"""What says whom and what kind of thing a payload is for: a workflow may refuse another one."""

MOST_VARIANTS = 12

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def another(payload: Any, number: int, declared: Any) -> Any:
    """Return the payload of another document of the same kind.

    Every text and number that is no address is another one, as far as `declared`, the type of the
    handler's parameter, accepts it.
    """
    if not isinstance(payload, Mapping):
        return payload
    changed = dict(payload)
    for key, value in payload.items():
        if key not in ADDRESS:
            other = {**changed, key: _other(value, number)}
            changed = other if _fits(other, declared) else changed
    return changed


def variants(payload: Any, declared: Any) -> list[Any]:
    """Return payloads a signal could carry as well, the given one first; at most 12."""
    found = [payload]
    for other in _variants(payload, declared):
        if other not in found and _fits(other, declared):
            found.append(other)
    return found[:MOST_VARIANTS]


def _variants(payload: Any, declared: Any) -> Iterator[Any]:
    yield another(payload, 1, declared)
    if not isinstance(payload, Mapping):
        return
    for key, value in payload.items():
        for other in _alternatives(value, _annotation(declared, key)):
            yield {**payload, key: other}


def _alternatives(value: Any, annotation: Any) -> Iterator[Any]:
    """Yield the other values of a field that has only a few."""
    if isinstance(value, bool):
        yield not value
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        yield from (member.value for member in annotation)


def _annotation(declared: Any, key: str) -> Any:
    if not _is_model(declared):
        return None
    field = declared.model_fields.get(key)
    return field.annotation if field else None


def _other(value: Any, number: int) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value + number
    if isinstance(value, str) and _UUID.fullmatch(value):
        return str(uuid.uuid5(uuid.UUID(value), str(number)))
    if isinstance(value, str):
        path = PurePosixPath(value)
        return f"{value.removesuffix(path.suffix)}-{number}{path.suffix}"
    if value == {}:
        return {"number": number}
    return value


def _fits(payload: Any, declared: Any) -> bool:
    if not _is_model(declared):
        return True
    try:
        declared.model_validate(payload)
    except ValueError:
        return False
    return True


def _is_model(declared: Any) -> bool:
    return isinstance(declared, type) and issubclass(declared, BaseModel)
