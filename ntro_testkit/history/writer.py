"""Writes the history of one run while it goes on, in the order a server would.

Three kinds of things are told: what happens to the workflow from outside (each begins a new
workflow task), that a workflow task is done (`task`, at every quiescence, before conditions are
evaluated), and the commands that came out of it. Source of the order: histories of a dev server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ntro_testkit.history.history import History, attributes_key
from ntro_testkit.history.payloads import Payload, base64_text

IDENTITY = "ntro-testkit"
TASK_QUEUE = "ntro-testkit"

Attributes = dict[str, Any]


class HistoryWriter:
    """Collects the events of one execution.

    `now` is the run's virtual clock. Commands are named by `key`, any hashable that stands for the
    timer, activity or child until it ends; the writer keeps the ids of its events. The version of
    the SDK, which a server notes, is left out: histories would change with every update of it.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.events: list[Attributes] = []
        self._now = now
        self._task_completed = 0
        self._needs_task = False
        self._scheduled: dict[Any, int] = {}
        self._started: dict[Any, int] = {}
        self._children: dict[Any, Attributes] = {}
        self._cancels: dict[Any, int] = {}
        self._initiated: dict[str, int] = {}
        self.workflow_id = self.run_id = self.workflow_type = ""

    def history(self) -> History:
        """Return what has been written so far."""
        return History(self.workflow_id, self.run_id, self.workflow_type, tuple(self.events))

    def add(self, event: str, attributes: Attributes, *, outside: bool = False) -> int:
        """Append an event and return its id; one from outside begins a new workflow task."""
        number = len(self.events) + 1
        kind = f"EVENT_TYPE_{event}"
        self.events.append(
            {
                "eventId": str(number),
                "eventTime": _written_time(self._now()),
                "eventType": kind,
                attributes_key(kind): attributes,
            }
        )
        self._needs_task = self._needs_task or outside
        return number

    def command(self, event: str, attributes: Attributes) -> int:
        """Append the event of a command of the workflow task that was done last."""
        attributes["workflowTaskCompletedEventId"] = str(self._task_completed)
        return self.add(event, attributes)

    # -- workflow tasks --------------------------------------------------------------------------

    def started(
        self,
        workflow_type: str,
        arguments: Sequence[Payload],
        *,
        workflow_id: str,
        run_id: str,
        parent: tuple[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the start; `parent` is (workflow id, run id), `more` attributes beside these."""
        self.workflow_id, self.run_id, self.workflow_type = workflow_id, run_id, workflow_type
        attributes: Attributes = {
            "workflowType": {"name": workflow_type},
            "taskQueue": queue(),
            "input": {"payloads": list(arguments)},
            "workflowTaskTimeout": "10s",
            "originalExecutionRunId": run_id,
            "firstExecutionRunId": run_id,
            "attempt": 1,
            "workflowId": workflow_id,
        }
        if parent is not None:
            attributes["parentWorkflowNamespace"] = "default"
            attributes["parentWorkflowExecution"] = _execution(*parent)
        attributes.update(more or {})
        self.add("WORKFLOW_EXECUTION_STARTED", attributes, outside=True)

    def task(self) -> None:
        """Write that a workflow task was done, if something from outside called for one."""
        if not self._needs_task:
            return
        scheduled = self.add(
            "WORKFLOW_TASK_SCHEDULED",
            {"taskQueue": queue(), "startToCloseTimeout": "10s", "attempt": 1},
        )
        began = self.add(
            "WORKFLOW_TASK_STARTED", {"scheduledEventId": str(scheduled), "identity": IDENTITY}
        )
        attributes: Attributes = {
            "scheduledEventId": str(scheduled),
            "startedEventId": str(began),
            "identity": IDENTITY,
        }
        if not self._task_completed:
            attributes["sdkMetadata"] = {"coreUsedFlags": [1, 2, 3]}
        self._task_completed = self.add("WORKFLOW_TASK_COMPLETED", attributes)
        self._needs_task = False

    def call_for_task(self) -> None:
        """Say that another workflow task follows, though nothing happens from outside."""
        self._needs_task = True

    # -- activities ------------------------------------------------------------------------------

    def activity_scheduled(
        self, key: Any, number: str, name: str, arguments: Sequence[Payload], options: Attributes
    ) -> None:
        """Write the command; `options` are further attributes, timeouts above all."""
        self._scheduled[key] = self.command(
            "ACTIVITY_TASK_SCHEDULED",
            {
                "activityId": number,
                "activityType": {"name": name},
                "taskQueue": queue(),
                "input": {"payloads": list(arguments)},
                **options,
            },
        )

    def activity_completed(self, key: Any, result: Payload, *, attempt: int = 1) -> None:
        """Write that a worker began the activity and returned."""
        self._activity_closed(key, "COMPLETED", {"result": {"payloads": [result]}}, attempt)

    def activity_failed(self, key: Any, failure: Attributes, *, attempt: int = 1) -> None:
        """Write that its last attempt failed; `failure` is Temporal's Failure as JSON."""
        state = "RETRY_STATE_NON_RETRYABLE_FAILURE"
        self._activity_closed(key, "FAILED", {"failure": failure, "retryState": state}, attempt)

    def activity_cancel_requested(self, key: Any) -> None:
        """Write the command that asks for its cancellation."""
        self._cancels[key] = self.command(
            "ACTIVITY_TASK_CANCEL_REQUESTED", {"scheduledEventId": str(self._scheduled[key])}
        )

    def activity_cancelled(self, key: Any) -> None:
        """Write that a worker, or the server, confirmed the cancellation."""
        self.add(
            "ACTIVITY_TASK_CANCELED",
            {
                "scheduledEventId": str(self._scheduled[key]),
                "latestCancelRequestedEventId": str(self._cancels[key]),
                "identity": IDENTITY,
            },
            outside=True,
        )

    def _activity_closed(self, key: Any, how: str, attributes: Attributes, attempt: int) -> None:
        scheduled = str(self._scheduled[key])
        began = self.add(
            "ACTIVITY_TASK_STARTED",
            {"scheduledEventId": scheduled, "identity": IDENTITY, "attempt": attempt},
        )
        attributes |= {
            "scheduledEventId": scheduled,
            "startedEventId": str(began),
            "identity": IDENTITY,
        }
        self.add(f"ACTIVITY_TASK_{how}", attributes, outside=True)

    # -- timers ----------------------------------------------------------------------------------

    def timer_started(self, key: Any, number: str, seconds: float) -> None:
        """Write the command."""
        self._started[key] = self.command(
            "TIMER_STARTED", {"timerId": number, "startToFireTimeout": duration(seconds)}
        )

    def timer_cancelled(self, key: Any, number: str) -> None:
        """Write the command that cancels it."""
        self.command(
            "TIMER_CANCELED",
            {
                "timerId": number,
                "startedEventId": str(self._started[key]),
                "identity": IDENTITY,
            },
        )

    def timer_fired(self, key: Any, number: str) -> None:
        """Write that it is due."""
        self.add(
            "TIMER_FIRED",
            {"timerId": number, "startedEventId": str(self._started[key])},
            outside=True,
        )

    # -- signals and children --------------------------------------------------------------------

    def signaled(self, name: str, arguments: Sequence[Payload]) -> None:
        """Write a signal from outside."""
        self.add(
            "WORKFLOW_EXECUTION_SIGNALED",
            {
                "signalName": name,
                "input": {"payloads": list(arguments)},
                "identity": IDENTITY,
            },
            outside=True,
        )

    def child_initiated(
        self,
        key: Any,
        workflow_id: str,
        workflow_type: str,
        arguments: Sequence[Payload],
        options: Attributes | None = None,
    ) -> None:
        """Write the command that starts a child."""
        self._children[key] = {
            "namespace": "default",
            "workflowExecution": {"workflowId": workflow_id},
            "workflowType": {"name": workflow_type},
        }
        self._scheduled[key] = self.command(
            "START_CHILD_WORKFLOW_EXECUTION_INITIATED",
            {
                "namespace": "default",
                "workflowId": workflow_id,
                "workflowType": {"name": workflow_type},
                "taskQueue": queue(),
                "input": {"payloads": list(arguments)},
                **(options or {}),
            },
        )
        self._children[key]["initiatedEventId"] = str(self._scheduled[key])
        self._initiated[workflow_id] = self._scheduled[key]

    def initiated(self, workflow_id: str) -> int:
        """Return the id of the event that started a child."""
        return self._initiated[workflow_id]

    def child_started(self, key: Any, workflow_id: str, run_id: str) -> None:
        """Write that the child runs."""
        self._children[key]["workflowExecution"] = _execution(workflow_id, run_id)
        self._started[key] = self.add(
            "CHILD_WORKFLOW_EXECUTION_STARTED", dict(self._children[key]), outside=True
        )

    def child_start_failed(self, key: Any, workflow_id: str) -> None:
        """Write that a workflow with the child's id is running already."""
        child = {k: v for k, v in self._children[key].items() if k != "workflowExecution"}
        self.add(
            "START_CHILD_WORKFLOW_EXECUTION_FAILED",
            {
                **child,
                "workflowId": workflow_id,
                "cause": "START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS",
            },
            outside=True,
        )

    def child_closed(self, key: Any, how: str, attributes: Attributes) -> None:
        """Write how a child ended: `COMPLETED`, `FAILED`, `CANCELED`, `TIMED_OUT`..."""
        self.add(
            f"CHILD_WORKFLOW_EXECUTION_{how}",
            {**self._children[key], "startedEventId": str(self._started[key]), **attributes},
            outside=True,
        )

    def child_cancel_requested(self, key: Any) -> None:
        """Write the command that asks for a child's cancellation."""
        self._cancels[key] = self.command(
            "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
            {
                "namespace": "default",
                "workflowExecution": self._child_execution(key),
                "childWorkflowOnly": True,
            },
        )

    def child_cancel_delivered(self, key: Any) -> None:
        """Write that the child has been asked."""
        self.add(
            "EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED",
            {
                "initiatedEventId": str(self._cancels[key]),
                "namespace": "default",
                "workflowExecution": self._child_execution(key),
            },
            outside=True,
        )

    def _child_execution(self, key: Any) -> Attributes:
        """Return a child's ids as far as they are known: no run id before it has started."""
        started: Attributes = self._children[key]["workflowExecution"]
        return dict(started)

    def cancel_requested(self, workflow_id: str, run_id: str) -> None:
        """Write that another workflow (its parent, as a rule) asks for its cancellation."""
        self.add(
            "WORKFLOW_EXECUTION_CANCEL_REQUESTED",
            {"externalWorkflowExecution": _execution(workflow_id, run_id), "identity": IDENTITY},
            outside=True,
        )

    def signal_initiated(
        self, key: Any, workflow_id: str, name: str, arguments: Sequence[Payload]
    ) -> None:
        """Write the command that signals a child."""
        self._scheduled[key] = self.command(
            "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
            {
                "namespace": "default",
                "workflowExecution": {"workflowId": workflow_id},
                "signalName": name,
                "input": {"payloads": list(arguments)},
                "childWorkflowOnly": True,
            },
        )

    def signal_delivered(self, key: Any, workflow_id: str, *, found: bool) -> None:
        """Write that the signal has arrived, or that nobody was there to take it."""
        attributes: Attributes = {
            "initiatedEventId": str(self._scheduled[key]),
            "namespace": "default",
            "workflowExecution": {"workflowId": workflow_id},
        }
        if found:
            self.add("EXTERNAL_WORKFLOW_EXECUTION_SIGNALED", attributes, outside=True)
            return
        cause = "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_"
        attributes["cause"] = f"{cause}EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND"
        self.add("SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED", attributes, outside=True)

    # -- the end ---------------------------------------------------------------------------------

    def completed(self, result: Payload) -> None:
        """Write the command that ends the workflow with a result."""
        self.command("WORKFLOW_EXECUTION_COMPLETED", {"result": {"payloads": [result]}})

    def failed(self, failure: Attributes) -> None:
        """Write the command that ends the workflow with a failure."""
        self.command(
            "WORKFLOW_EXECUTION_FAILED",
            {"failure": failure, "retryState": "RETRY_STATE_RETRY_POLICY_NOT_SET"},
        )

    def cancelled(self) -> None:
        """Write the command that ends the workflow as it was asked to."""
        self.command("WORKFLOW_EXECUTION_CANCELED", {})

    # -- what core writes itself -----------------------------------------------------------------

    def patched(self, patch: str, *, deprecated: bool) -> None:
        """Write the marker of a patch."""
        details = f'{{"id":"{patch}","deprecated":{str(deprecated).lower()}}}'.encode()
        payload = {
            "metadata": {"encoding": base64_text(b"json/plain")},
            "data": base64_text(details),
        }
        self.command(
            "MARKER_RECORDED",
            {"markerName": "core_patch", "details": {"patch-data": {"payloads": [payload]}}},
        )


def _written_time(moment: datetime) -> str:
    """Write a moment of UTC as events have it: `2026-01-01T00:00:00.000000Z`."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def duration(seconds: float) -> str:
    """Write seconds as protobuf's JSON does: `86400s`, `0.500s`, with 0, 3, 6 or 9 digits."""
    whole, digits = f"{seconds:.9f}".split(".")
    while digits.endswith("000"):
        digits = digits[:-3]
    return f"{whole}.{digits}s" if digits else f"{whole}s"


def queue(name: str = TASK_QUEUE) -> Attributes:
    """Return a task queue as events name it."""
    return {"name": name, "kind": "TASK_QUEUE_KIND_NORMAL"}


def _execution(workflow_id: str, run_id: str) -> Attributes:
    return {"workflowId": workflow_id, "runId": run_id}
