"""Events that cannot be used: they are made of whatever stood in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.json_format import ParseDict, ParseError
from temporalio.api.history.v1 import HistoryEvent

from ntro_testkit.history.history import Event, History, attributes_key
from ntro_testkit.history.problems import DamagedError, HistoryError

DAMAGED = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, ParseError)
"""What it may raise to take values out of a damaged event."""


def damaged(history: History, event: Event, cause: Exception) -> HistoryError:
    """Return the error that names the event, and in a line what is wrong with it.

    Raises `cause` itself when nothing is wrong with the event: then the fault is ours.
    """
    if isinstance(cause, HistoryError):
        return cause
    what = _told(event, cause)
    if what is None:
        raise cause
    kind = str(event["eventType"]).removeprefix("EVENT_TYPE_")
    line = " ".join(what.split())
    return HistoryError(f"{history.source}: event {event['eventId']} ({kind}): {line}")


def _told(event: Event, cause: Exception) -> str | None:
    """Return what is wrong with an event, None for nothing."""
    if isinstance(cause, DamagedError | ParseError):
        return str(cause)
    missing = cause.args[0] if isinstance(cause, KeyError) else None
    attributes = event.get(attributes_key(str(event["eventType"])), {})
    if isinstance(missing, str) and missing not in attributes:
        return f"no `{missing}`"
    return _misplaced(event, HistoryEvent.DESCRIPTOR) or _refused(event)


def _refused(event: Event) -> str | None:
    """Return why an event is none by Temporal's own definition; None when it is one."""
    try:
        ParseDict(dict(event), HistoryEvent(), ignore_unknown_fields=True)
    except ParseError as error:
        return str(error)
    return None


def _misplaced(value: Any, message: Descriptor, name: str = "event") -> str | None:
    """Return where there is no object, or no list, though a message has one there.

    The parser overlooks some: it takes text for an object without any field it knows.
    """
    if message.full_name.startswith("google.protobuf."):
        return None
    if not isinstance(value, Mapping):
        return f"`{name}` is no object"
    for key, inner in value.items():
        field = message.fields_by_camelcase_name.get(key)
        found = _misplaced_in(inner, field, key) if field is not None else None
        if found is not None:
            return found
    return None


def _misplaced_in(value: Any, field: FieldDescriptor, name: str) -> str | None:
    message: Descriptor | None = field.message_type
    if value is None:
        return f"`{name}` is null"
    if message is None:
        return None
    values = value if isinstance(value, list) else [value]
    if message.GetOptions().map_entry:
        message = message.fields_by_name["value"].message_type
        values = list(value.values()) if isinstance(value, Mapping) else [value]
    if message is None:
        return None
    return next(filter(None, (_misplaced(each, message, name) for each in values)), None)
