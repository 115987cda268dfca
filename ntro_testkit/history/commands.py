"""The commands a history tells of, in the words of a trace: what workflow code asked for.

A timer that is started and cancelled in one workflow task leaves no event, so it is not told here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from ntro_testkit.history.history import Event, History, attributes_key
from ntro_testkit.history.moments import SECOND, moment_of, nanoseconds, span
from ntro_testkit.trace import Command

_PREFIX = "EVENT_TYPE_"

_KINDS: Mapping[str, tuple[str, Callable[[Any], str]]] = {
    "ACTIVITY_TASK_SCHEDULED": ("schedule_activity", lambda a: a["activityType"]["name"]),
    "ACTIVITY_TASK_CANCEL_REQUESTED": ("request_cancel_activity", lambda a: a["scheduledEventId"]),
    "TIMER_STARTED": ("start_timer", lambda a: a["timerId"]),
    "TIMER_CANCELED": ("cancel_timer", lambda a: a["timerId"]),
    "START_CHILD_WORKFLOW_EXECUTION_INITIATED": (
        "start_child_workflow",
        lambda a: a["workflowType"]["name"],
    ),
    "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED": (
        "cancel_child_workflow",
        lambda a: a["workflowExecution"]["workflowId"],
    ),
    "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED": (
        "signal_external_workflow",
        lambda a: a["signalName"],
    ),
    "WORKFLOW_EXECUTION_COMPLETED": ("complete_workflow", lambda a: ""),
    "WORKFLOW_EXECUTION_FAILED": ("fail_workflow", lambda a: ""),
    "WORKFLOW_EXECUTION_CANCELED": ("cancel_workflow", lambda a: ""),
    "WORKFLOW_EXECUTION_CONTINUED_AS_NEW": ("continue_as_new", lambda a: ""),
    "MARKER_RECORDED": ("record_marker", lambda a: a["markerName"]),
}
"""Event -> the kind of its command and where its name is. Source: the events of Temporal's API that
carry `workflowTaskCompletedEventId`; the kinds are those of `trace.Command`."""


def kind_of(event: Event) -> str:
    """Return an event's type without its prefix: `TIMER_FIRED`."""
    return str(event["eventType"]).removeprefix(_PREFIX)


def event_time(event: Event) -> datetime:
    """Return when an event happened, to the microsecond."""
    return moment_of(nanoseconds(event["eventTime"]))


def seconds_of(duration: Any) -> float:
    """Return the seconds of a duration as protobuf's JSON writes it: `86400s`."""
    return span(duration) / SECOND


def commands_of(history: History, began: datetime | None = None) -> Iterator[Command]:
    """Yield the commands of a history in order; ids are among their attributes.

    The tasks are numbered from 1, and a command that closes the workflow bears its type's name.
    Times count from `began`, the time of the first event when left out.
    """
    began = began or event_time(history.events[0])
    task = 0
    names: dict[str, str] = {}
    for event in history.events:
        kind = kind_of(event)
        if kind == "WORKFLOW_TASK_COMPLETED":
            task += 1
        known = _KINDS.get(kind)
        attributes = event.get(attributes_key(str(event["eventType"])), {})
        if known is None or not attributes.get("workflowTaskCompletedEventId"):
            # Without it the server closed the run, as when it runs out of time.
            continue
        word, name_in = known
        name = name_in(attributes) or history.workflow_type
        if word == "schedule_activity":
            names[str(event["eventId"])] = name
        yield Command(
            workflow_id=history.workflow_id,
            task=task,
            kind=word,
            name=names.get(name, name) if word == "request_cancel_activity" else name,
            at_s=(event_time(event) - began).total_seconds(),
            step=None,
            line=None,
            attributes=_ids(attributes),
        )


def _ids(attributes: Event) -> dict[str, Any]:
    found = {
        ours: attributes[theirs]
        for ours, theirs in (("activity_id", "activityId"), ("workflow_id", "workflowId"))
        if theirs in attributes
    }
    if "startToFireTimeout" in attributes:
        found["seconds"] = seconds_of(attributes["startToFireTimeout"])
    return found
