"""A history: the events of one workflow run, in the JSON form that Temporal's tools export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

Event = Mapping[str, Any]
"""One event: `eventId`, `eventTime`, `eventType`, and its attributes under a key of their own."""


@dataclass(frozen=True, slots=True)
class History:
    """One run's events, in order, with the names they are known by.

    `source` says where it was read from (a path, or path:line), for messages.
    """

    workflow_id: str
    run_id: str
    workflow_type: str
    events: Sequence[Event]
    source: str = ""


@lru_cache(maxsize=128)
def attributes_key(event_type: str) -> str:
    """Return the key of an event's attributes: `EVENT_TYPE_TIMER_FIRED` -> `timerFired...`."""
    first, *rest = event_type.removeprefix("EVENT_TYPE_").lower().split("_")
    return "".join([first, *(word.capitalize() for word in rest)]) + "EventAttributes"
