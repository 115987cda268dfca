"""The end of a run on a server: how it ended, and its histories."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from temporalio.client import Client, WorkflowFailureError

from ntro_testkit.history.commands import event_time, kind_of, seconds_of
from ntro_testkit.history.history import History, attributes_key
from ntro_testkit.replay.stack_traces import innermost_line
from ntro_testkit.runtime.endings import FOR_EVER, Ending
from ntro_testkit.runtime.failures import describe
from ntro_testkit.trace import Blocked, SourceLine


@dataclass(frozen=True, slots=True)
class OpenTimer:
    """A timer that has neither fired nor been cancelled."""

    workflow_id: str
    timer_id: str
    seconds: float
    due: datetime


async def fetch_history(client: Client, workflow_id: str, run_id: str) -> History:
    """Return the history of a run on the server in our form."""
    found = await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
    events = found.to_json_dict()["events"]
    started = events[0]["workflowExecutionStartedEventAttributes"]
    return History(
        workflow_id=found.workflow_id,
        run_id=found.run_id,
        workflow_type=started["workflowType"]["name"],
        events=tuple(events),
    )


async def fetch_histories(
    client: Client, workflow_id: str, run_id: str, workflow_types: Collection[str]
) -> list[History]:
    """Return the histories of a workflow and of its children of these types, parents first."""
    histories = []
    unread = [(workflow_id, run_id)]
    while unread:
        history = await fetch_history(client, *unread.pop(0))
        histories.append(history)
        unread += [
            (child_id, child_run)
            for child_id, child_run, kind in _started_children(history)
            if kind in workflow_types
        ]
    return histories


def open_timers(history: History) -> Iterator[OpenTimer]:
    """Yield the timers that a workflow waits for."""
    waiting: dict[str, OpenTimer] = {}
    for event in history.events:
        kind = kind_of(event)
        if not kind.startswith("TIMER_"):
            continue
        attributes = event[attributes_key(str(event["eventType"]))]
        if kind == "TIMER_STARTED":
            seconds = seconds_of(attributes["startToFireTimeout"])
            due = event_time(event) + timedelta(seconds=seconds)
            waiting[str(event["eventId"])] = OpenTimer(
                history.workflow_id, attributes["timerId"], seconds, due
            )
        else:
            waiting.pop(str(attributes["startedEventId"]), None)
    yield from waiting.values()


def _started_children(history: History) -> Iterator[tuple[str, str, str]]:
    """Yield (workflow id, run id, workflow type) of the children a workflow had."""
    for event in history.events:
        if kind_of(event) == "CHILD_WORKFLOW_EXECUTION_STARTED":
            attributes = event["childWorkflowExecutionStartedEventAttributes"]
            execution = attributes["workflowExecution"]
            yield execution["workflowId"], execution["runId"], attributes["workflowType"]["name"]


def failed_task(history: History, slug: str, code_roots: tuple[str, ...]) -> Ending:
    """Return the ending of a run one of whose workflow tasks fails again and again."""
    failure = _last_task_failure(history)
    line = innermost_line(str(failure.get("stackTrace", "")), code_roots)
    kind = failure.get("applicationFailureInfo", {}).get("type")
    words = str(failure.get("message", "no word of why"))
    message = f"{kind}: {words}" if kind else words
    return Ending(
        "task-failed", error=f"{message}{_at(line)} (workflow `{slug}`): {FOR_EVER}", line=line
    )


def failed_workflow(error: WorkflowFailureError, code_roots: tuple[str, ...]) -> Ending:
    """Return the ending of a run whose first workflow failed, was cancelled or ran out of time."""
    cause = error.cause
    trace = getattr(getattr(cause, "failure", None), "stack_trace", "")
    line = innermost_line(trace, code_roots)
    return Ending("failed", error=describe(cause), exception=cause, line=line)


def stuck(blocked: tuple[Blocked, ...], reason: str | None = None) -> Ending:
    """Return the ending of a run that nothing will bring on, or not in time."""
    told = [*([reason] if reason else []), *map(str, blocked)]
    return Ending(
        "stuck", error="; ".join(told) or "nothing can wake this run any more", blocked=blocked
    )


def _last_task_failure(history: History) -> Mapping[str, Any]:
    for event in reversed(history.events):
        if kind_of(event) == "WORKFLOW_TASK_FAILED":
            failure: Mapping[str, Any] = event["workflowTaskFailedEventAttributes"]["failure"]
            return failure
        if kind_of(event) == "WORKFLOW_TASK_TIMED_OUT":
            return {"message": "the workflow task did not end in time"}
    return {}


def _at(line: SourceLine | None) -> str:
    return f" at {line}" if line else ""
