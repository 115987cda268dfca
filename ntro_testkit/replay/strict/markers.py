"""The markers that the Rust core of Temporal's SDKs writes into histories."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ntro_testkit.history.history import Event
from ntro_testkit.history.moments import SECOND
from ntro_testkit.history.payloads import payload_bytes, payloads_of
from ntro_testkit.history.problems import DamagedError

_MARKER = "EVENT_TYPE_MARKER_RECORDED"
_UPSERT = "EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES"


@dataclass(frozen=True, slots=True)
class Patch:
    """The marker of a patch; a `deprecated` one needs no call in today's code."""

    name: str
    deprecated: bool


@dataclass(frozen=True, slots=True)
class LocalActivity:
    """What the marker of a local activity tells: its sequence number, type and id, and the attempt.

    `backoff_ns` is the time until the next attempt, None when there is none; `scheduled_ns` when
    the first was asked for. Both are in nanoseconds.
    """

    number: int
    kind: str
    identity: str
    attempt: int
    backoff_ns: int | None
    scheduled_ns: int


def is_patch(event: Event) -> bool:
    """Tell whether an event is the marker of `workflow.patched`."""
    return _marker_name(event) == "core_patch"


def is_local_activity(event: Event) -> bool:
    """Tell whether an event is the outcome of a local activity."""
    return _marker_name(event) == "core_local_activity"


def is_patch_attribute(event: Event) -> bool:
    """Tell whether core wrote this event beside a patch, to make it searchable; no code asked."""
    if event["eventType"] != _UPSERT:
        return False
    attributes = event["upsertWorkflowSearchAttributesEventAttributes"]
    return "TemporalChangeVersion" in (
        (attributes.get("searchAttributes") or {}).get("indexedFields") or {}
    )


def patch_of(event: Event) -> Patch:
    """Read a patch marker; raises `DamagedError` when it is damaged."""
    details = detail_of(event, "patch-data")
    return Patch(str(details["id"]), bool(details.get("deprecated")))


def local_activity_of(event: Event) -> LocalActivity:
    """Read the marker of a local activity; raises `DamagedError` when it is damaged."""
    data = detail_of(event, "data")
    try:
        return LocalActivity(
            int(data["seq"]),
            str(data["activity_type"]),
            str(data["activity_id"]),
            int(data.get("attempt") or 1),
            None if data.get("backoff") is None else _nanoseconds(data["backoff"]),
            _nanoseconds(data.get("original_schedule_time") or {}),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedError("the marker does not tell of its local activity") from error


def _nanoseconds(told: Mapping[str, Any]) -> int:
    """Return a time or a duration as core writes it into markers, in nanoseconds."""
    return int(told.get("seconds") or 0) * SECOND + int(told.get("nanos") or 0)


def detail_of(event: Event, key: str) -> dict[str, Any]:
    """Read one detail of a marker, an object; raises `DamagedError` when it is damaged."""
    details = event["markerRecordedEventAttributes"].get("details") or {}
    payloads = payloads_of(details.get(key))
    try:
        found = json.loads(payload_bytes(payloads[0])[1]) if payloads else None
    except ValueError as error:
        raise DamagedError(f"the marker's `{key}` is no JSON") from error
    if not isinstance(found, dict):
        raise DamagedError(f"the marker has no `{key}`")
    return found


def _marker_name(event: Event) -> str | None:
    if event["eventType"] != _MARKER:
        return None
    name: str | None = event["markerRecordedEventAttributes"].get("markerName")
    return name
