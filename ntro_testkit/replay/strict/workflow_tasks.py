"""A history cut into workflow tasks: what had happened before each, and what came out of it.

Source of the rules: the Rust core of Temporal's SDKs. A task that failed or timed out counts as
none: what led to it belongs to the next that is completed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ntro_testkit.history.history import Event, History, attributes_key
from ntro_testkit.history.moments import nanoseconds
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.replay.strict.damage import DAMAGED, damaged

COMMAND_EVENTS = frozenset(
    f"EVENT_TYPE_{name}"
    for name in (
        "ACTIVITY_TASK_CANCEL_REQUESTED",
        "ACTIVITY_TASK_SCHEDULED",
        "MARKER_RECORDED",
        "NEXUS_OPERATION_CANCEL_REQUESTED",
        "NEXUS_OPERATION_SCHEDULED",
        "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
        "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
        "START_CHILD_WORKFLOW_EXECUTION_INITIATED",
        "TIMER_CANCELED",
        "TIMER_STARTED",
        "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES",
        "WORKFLOW_EXECUTION_CANCELED",
        "WORKFLOW_EXECUTION_COMPLETED",
        "WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
        "WORKFLOW_EXECUTION_FAILED",
        "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
        "WORKFLOW_EXECUTION_UPDATE_COMPLETED",
        "WORKFLOW_PROPERTIES_MODIFIED",
    )
)
"""What a server writes because workflow code asked for it."""

_SCHEDULED = "EVENT_TYPE_WORKFLOW_TASK_SCHEDULED"
_STARTED = "EVENT_TYPE_WORKFLOW_TASK_STARTED"
_COMPLETED = "EVENT_TYPE_WORKFLOW_TASK_COMPLETED"
_FAILED = ("EVENT_TYPE_WORKFLOW_TASK_FAILED", "EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT")


_OF_A_TASK = COMMAND_EVENTS | {_COMPLETED}


@dataclass(frozen=True, slots=True)
class WorkflowTask:
    """One workflow task, numbered from 1.

    `came` holds what woke the workflow, `recorded` the events of the commands it answered with.
    `time_ns` is the workflow's clock in it, `flags` the flags of the SDK that wrote the history.
    The last one may not be `completed`: a worker would work on it now.
    """

    number: int
    time_ns: int
    started_event_id: int
    came: Sequence[Event]
    recorded: Sequence[Event]
    flags: Sequence[int] = ()
    completed: bool = True
    history_size: int = 0
    continue_as_new_suggested: bool = False


def workflow_tasks(history: History) -> list[WorkflowTask]:
    """Return the tasks of a history; raises `HistoryError` when it is no history of one run."""
    cut = _Cut(history)
    for event in history.events:
        try:
            cut.take(event)
        except DAMAGED as error:
            raise damaged(history, event, error) from error
    return cut.ended()


def goes_on_at_once(history: History, task: WorkflowTask) -> bool:
    """Tell whether a completed task was followed by the next with nothing in between.

    A worker asks for that while a local activity runs for long.
    """
    after = (str(event["eventType"]) for event in history.events[task.started_event_id :])
    return next((kind for kind in after if kind not in _OF_A_TASK), None) == _SCHEDULED


def attributes_of(event: Event) -> Any:
    """Return the attributes of an event."""
    return event[attributes_key(event["eventType"])]


@dataclass(slots=True)
class _Cut:
    """The state of the cutting, which goes through the events once."""

    history: History
    tasks: list[WorkflowTask] = field(default_factory=list)
    came: list[Event] = field(default_factory=list)
    started: Event | None = None
    last_started: Event | None = None
    flags: tuple[int, ...] = ()

    def take(self, event: Event) -> None:
        kind = event["eventType"]
        if kind == _STARTED:
            self.started = self.last_started = event
        elif kind == _COMPLETED:
            self._complete(event)
        elif kind in _FAILED:
            self.started = None
            # A reset leaves such an event, and gives the workflow new random numbers.
            if "RESET" in str(attributes_of(event).get("cause", "")).upper():
                self.came.append(event)
        elif kind in COMMAND_EVENTS:
            self._record(event)
        elif kind != _SCHEDULED:
            self.came.append(event)

    def ended(self) -> list[WorkflowTask]:
        if self.came and self.last_started is not None:
            try:
                self.tasks.append(self._task(self.last_started, [], completed=False))
            except DAMAGED as error:
                raise damaged(self.history, self.last_started, error) from error
        if not self.tasks:
            raise HistoryError(
                f"{self.history.source}: no worker had begun this run: there is nothing to replay"
            )
        return self.tasks

    def _complete(self, event: Event) -> None:
        if self.started is None:
            raise HistoryError(
                f"{self.history.source}: event {event['eventId']} completes a workflow task that "
                f"has not started"
            )
        metadata = attributes_of(event).get("sdkMetadata") or {}
        used = map(int, metadata.get("langUsedFlags", ()))
        self.flags = tuple(dict.fromkeys((*self.flags, *used)))
        self.tasks.append(self._task(self.started, [], completed=True))
        self.came, self.started, self.last_started = [], None, None

    def _record(self, event: Event) -> None:
        if not self.tasks:
            raise HistoryError(
                f"{self.history.source}: event {event['eventId']} is the work of a workflow task, "
                f"but none has been completed before it"
            )
        recorded = self.tasks[-1].recorded
        assert isinstance(recorded, list)
        recorded.append(event)

    def _task(self, started: Event, recorded: list[Event], *, completed: bool) -> WorkflowTask:
        attributes = attributes_of(started)
        time_ns = nanoseconds(started.get("eventTime"))
        history_size = int(attributes.get("historySizeBytes") or 0)
        return WorkflowTask(
            number=len(self.tasks) + 1,
            time_ns=max(time_ns, self.tasks[-1].time_ns if self.tasks else 0),
            started_event_id=int(started["eventId"]),
            came=self.came,
            recorded=recorded,
            flags=self.flags,
            completed=completed,
            history_size=history_size,
            continue_as_new_suggested=bool(attributes.get("suggestContinueAsNew")),
        )
