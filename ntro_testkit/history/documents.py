"""What Temporal's tools write, made into one form.

The server's own JSON names an event's type `EVENT_TYPE_TIMER_FIRED`, older exports `TimerFired`,
some a number; numbers of events are text or numbers. Nothing else differs between the exports of
the command line client, the Web UI and the SDKs, except that the UI may write the bare list of
events.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ntro_testkit.history.history import Event, History, attributes_key
from ntro_testkit.history.problems import HistoryError

_PREFIX = "EVENT_TYPE_"
STARTED = "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED"


def history_of(document: Any, source: str, name: str) -> History:
    """Return the history a JSON document holds.

    `source` is its place, for messages; `name` the workflow id where the history holds none, as
    those of old servers. Raises `HistoryError`.
    """
    events = _normal_events(_listed_events(document, source), source)
    first = events[0]
    if first["eventType"] != STARTED:
        raise HistoryError(
            f"{source}: the first event is {_short(first['eventType'])}, not "
            f"{_short(STARTED)}: this is a part of a history; export all of it"
        )
    started = first[attributes_key(STARTED)]
    kind = started.get("workflowType")
    workflow_type = kind.get("name") if isinstance(kind, dict) else None
    if not isinstance(workflow_type, str) or not workflow_type:
        raise HistoryError(f"{source}: event 1 does not name the workflow's type")
    workflow_id = started.get("workflowId") or name
    run_id = started.get("originalExecutionRunId") or started.get("firstExecutionRunId") or ""
    return History(str(workflow_id), str(run_id), workflow_type, events, source)


def _listed_events(document: Any, source: str) -> Sequence[Any]:
    found = document
    if isinstance(found, dict):
        found = found.get("events", found.get("history"))
        if isinstance(found, dict):
            found = found.get("events")
    if not isinstance(found, list):
        raise HistoryError(
            f"{source}: this is no history: expected an object with `events`, or a list of events"
        )
    if not found:
        raise HistoryError(f"{source}: a history without any event")
    return found


def _normal_events(listed: Sequence[Any], source: str) -> tuple[Event, ...]:
    events = []
    for number, event in enumerate(listed, start=1):
        if not isinstance(event, dict):
            raise HistoryError(
                f"{source}: event {number} is not an object but {type(event).__name__}"
            )
        _check_number(event.get("eventId"), number, source)
        events.append(_normal_event(event, number, source))
    return tuple(events)


def _check_number(given: Any, number: int, source: str) -> None:
    try:
        found = int(given)
    except (TypeError, ValueError, OverflowError):
        raise HistoryError(f"{source}: event {number} has no number (`eventId`)") from None
    if found != number:
        raise HistoryError(
            f"{source}: event {found} stands where event {number} belongs: events are missing or "
            f"out of order; export the history again"
        )


def _normal_event(event: Event, number: int, source: str) -> Event:
    given = event.get("eventType")
    kind = _normal_type(given)
    if kind is None:
        raise HistoryError(f"{source}: event {number} has an unknown type (`eventType`): {given!r}")
    key = attributes_key(kind)
    attributes = event.get(key)
    if kind == given and isinstance(attributes, dict):
        return event
    if attributes is not None and not isinstance(attributes, dict):
        raise HistoryError(f"{source}: event {number}: `{key}` is no object")
    return {**event, "eventType": kind, key: attributes or {}}


@lru_cache(maxsize=1)
def _types() -> Mapping[int, str]:
    from temporalio.api.enums.v1 import EventType

    return {number: name for name, number in EventType.items()}


@lru_cache(maxsize=512)
def _known_type(name: str) -> str | None:
    if name.startswith(_PREFIX):
        return name
    words = re.findall(r"[A-Z][a-z0-9]*", name)
    written = _PREFIX + "_".join(words).upper()
    return written if written in _types().values() else None


def _normal_type(given: Any) -> str | None:
    if isinstance(given, str):
        return _known_type(given)
    return _types().get(given) if isinstance(given, int) else None


def _short(kind: str) -> str:
    return kind.removeprefix(_PREFIX)
