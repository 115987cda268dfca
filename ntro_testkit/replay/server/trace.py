"""Fills a run's trace with what only the histories tell: commands, timers, children."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from ntro_testkit.history.commands import commands_of, event_time, kind_of, seconds_of
from ntro_testkit.history.history import Event, History, attributes_key
from ntro_testkit.trace import ChildRun, Gate, Timer, Trace


def fill_trace(trace: Trace, histories: Sequence[History], slugs: dict[str, str]) -> None:
    """Add the commands, timers and children of a run; `slugs` is by workflow type.

    The first history is that of the first workflow. Lines and steps of commands stay unknown.
    """
    began = event_time(histories[0].events[0])
    commands = [command for history in histories for command in commands_of(history, began)]
    trace.commands += sorted(commands, key=lambda each: each.at_s)
    for history in histories:
        trace.timers += _timers(history, began)
    for gate in trace.gates:
        if gate.verdict is None and any(_ended(gate, timer) for timer in trace.timers):
            gate.verdict = "timeout"
    runs = {
        child.workflow_id: child for each in histories for child in _children(each, began, slugs)
    }
    for child in runs.values():
        parent = runs.get(child.parent_id)
        (parent.children if parent else trace.children).append(child)


def _ended(gate: Gate, timer: Timer) -> bool:
    """Tell whether it was this timer's end that ended the wait at a gate."""
    return (
        timer.outcome == "fired"
        and timer.workflow_id == gate.workflow_id
        and timer.started_s <= gate.opened_s <= timer.started_s + timer.seconds
    )


def _timers(history: History, began: datetime) -> Iterable[Timer]:
    found: dict[str, Timer] = {}
    for event in history.events:
        kind = kind_of(event)
        attributes = _attributes(event)
        if kind == "TIMER_STARTED":
            found[str(event["eventId"])] = Timer(
                history.workflow_id,
                int(attributes["timerId"]),
                seconds_of(attributes["startToFireTimeout"]),
                _since(began, event),
                None,
            )
        elif kind in {"TIMER_FIRED", "TIMER_CANCELED"}:
            timer = found[str(attributes["startedEventId"])]
            timer.outcome = "fired" if kind == "TIMER_FIRED" else "cancelled"
    return found.values()


def _children(history: History, began: datetime, slugs: dict[str, str]) -> Iterable[ChildRun]:
    found: dict[str, ChildRun] = {}
    for event in history.events:
        kind = kind_of(event)
        attributes = _attributes(event)
        if kind == "START_CHILD_WORKFLOW_EXECUTION_INITIATED":
            workflow_type = attributes["workflowType"]["name"]
            found[str(event["eventId"])] = ChildRun(
                workflow_id=attributes["workflowId"],
                slug=slugs.get(workflow_type, workflow_type),
                parent_id=history.workflow_id,
                step=None,
                started_s=_since(began, event),
                input=_value(attributes.get("input")),
                stand_in=workflow_type not in slugs,
            )
            continue
        child = found.get(str(attributes.get("initiatedEventId", "")))
        if child is None or kind == "CHILD_WORKFLOW_EXECUTION_STARTED":
            continue
        child.closed_s = _since(began, event)
        child.status = "failed"
        if kind == "CHILD_WORKFLOW_EXECUTION_COMPLETED":
            child.status, child.result = "completed", _value(attributes.get("result"))
        else:
            failure = attributes.get("failure", {})
            child.error = str(failure.get("message") or kind.replace("_", " ").lower())
    return found.values()


def _attributes(event: Event) -> Any:
    return event.get(attributes_key(str(event["eventType"])), {})


def _since(began: datetime, event: Event) -> float:
    return (event_time(event) - began).total_seconds()


def _value(payloads: Any) -> Any:
    """Return the first value of a list of payloads as plain JSON data; None when there is none."""
    for payload in (payloads or {}).get("payloads", ()):
        if "data" in payload:
            return json.loads(base64.b64decode(payload["data"]))
    return None
