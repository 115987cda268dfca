"""What happened to a workflow, as the jobs of an activation.

Source of the shapes: the Rust core of Temporal's SDKs, held against the official Replayer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from ntro_testkit.history.history import Event, History
from ntro_testkit.history.moments import nanoseconds
from ntro_testkit.history.problems import DamagedError
from ntro_testkit.replay.strict import activity_jobs, child_jobs, local_jobs
from ntro_testkit.replay.strict.damage import DAMAGED, damaged
from ntro_testkit.replay.strict.markers import is_patch, patch_of
from ntro_testkit.replay.strict.matching import BrokenError, Matching, Mismatch
from ntro_testkit.replay.strict.messages import (
    payload_map,
    payload_messages,
)
from ntro_testkit.replay.strict.workflow_tasks import WorkflowTask, attributes_of
from ntro_testkit.runtime.randomness import randomness_seed

Job = WorkflowActivationJob


class Jobs:
    """Makes the jobs of one history's workflow tasks; `matching` knows what events are about."""

    def __init__(self, history: History, matching: Matching) -> None:
        self._history = history
        self._matching = matching
        self._updates_admitted: dict[str, Any] = {}

    def of(self, task: WorkflowTask) -> list[Job]:
        """Return the jobs of a task.

        Raises `HistoryError` for a damaged event, and `BrokenError` for one that today's commands
        have made impossible.
        """
        jobs: list[Job] = []
        updates = self._updates(task)
        # Patches are known before anything runs: core looks ahead for their markers.
        jobs.extend(self._patches(task))
        for event in task.came:
            number = int(event["eventId"])
            while updates and updates[0][0] < number:
                jobs.append(updates.pop(0)[1])
            make = _MAKERS.get(event["eventType"])
            if make is not None:
                jobs.extend(self._made(event, make))
        jobs.extend(job for _, job in updates)
        return jobs

    def local_outcomes(self) -> list[Job]:
        """Return the jobs for local activities whose outcome a marker tells."""
        return [
            local_jobs.outcome(event, issued) for event, issued in self._matching.local_outcomes()
        ]

    def _made(
        self, event: Event, make: Callable[[Any, Matching, History], Iterable[Job]]
    ) -> list[Job]:
        try:
            return list(make(event, self._matching, self._history))
        except DAMAGED as error:
            raise damaged(self._history, event, error) from error

    def _patches(self, task: WorkflowTask) -> Iterable[Job]:
        for event in task.recorded:
            if is_patch(event):
                try:
                    name = patch_of(event).name
                except DAMAGED as error:
                    raise damaged(self._history, event, error) from error
                job = Job()
                job.notify_has_patch.patch_id = name
                yield job

    def _updates(self, task: WorkflowTask) -> list[tuple[int, Job]]:
        """Return the updates that were accepted in a task, each with the event it came after."""
        for event in task.came:
            if event["eventType"] == "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ADMITTED":
                request = attributes_of(event).get("request") or {}
                identifier = (request.get("meta") or {}).get("updateId", "")
                self._updates_admitted[str(identifier)] = request
        updates = []
        for event in task.recorded:
            if event["eventType"] == "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED":
                try:
                    updates.append(self._update(attributes_of(event)))
                except DAMAGED as error:
                    raise damaged(self._history, event, error) from error
        return sorted(updates, key=lambda update: update[0])

    def _update(self, attributes: Any) -> tuple[int, Job]:
        protocol = str(attributes.get("protocolInstanceId", ""))
        request = attributes.get("acceptedRequest") or self._updates_admitted[protocol]
        job = Job()
        update = job.do_update
        update.id = update.meta.update_id = str(request["meta"]["updateId"])
        update.meta.identity = str(request["meta"].get("identity", ""))
        update.protocol_instance_id = protocol
        update.name = str(request["input"]["name"])
        update.input.extend(payload_messages(request["input"].get("args")))
        _named_payloads(update.headers, request["input"].get("header"), "fields")
        update.run_validator = False
        return int(attributes.get("acceptedRequestSequencingEventId") or 0), job


def _named_payloads(field: Any, container: Any, key: str) -> None:
    for name, payload in payload_map(container, key).items():
        field[name].CopyFrom(payload)


# -- one maker a type of event -------------------------------------------------------------------


def _started(event: Event, _: Matching, history: History) -> Iterable[Job]:
    attributes = attributes_of(event)
    job = Job()
    initialize = job.initialize_workflow
    initialize.workflow_type = history.workflow_type
    initialize.workflow_id = history.workflow_id
    initialize.arguments.extend(payload_messages(attributes.get("input")))
    initialize.randomness_seed = randomness_seed(history.run_id)
    initialize.attempt = int(attributes.get("attempt") or 1)
    initialize.start_time.FromNanoseconds(nanoseconds(event.get("eventTime")))
    _named_payloads(initialize.headers, attributes.get("header"), "fields")
    yield job


def _reset(event: Event, _: Matching, __: History) -> Iterable[Job]:
    job = Job()
    run_id = str(attributes_of(event).get("newRunId", ""))
    job.update_random_seed.randomness_seed = randomness_seed(run_id)
    yield job


def _signaled(event: Event, _: Matching, __: History) -> Iterable[Job]:
    attributes = attributes_of(event)
    job = Job()
    signal = job.signal_workflow
    signal.signal_name = str(attributes["signalName"])
    signal.input.extend(payload_messages(attributes.get("input")))
    signal.identity = str(attributes.get("identity", ""))
    _named_payloads(signal.headers, attributes.get("header"), "fields")
    yield job


def _cancel_requested(event: Event, _: Matching, __: History) -> Iterable[Job]:
    job = Job()
    job.cancel_workflow.SetInParent()
    reason = attributes_of(event).get("cause")
    # Older temporalio has no field for it.
    if reason and "reason" in type(job.cancel_workflow).DESCRIPTOR.fields_by_name:
        job.cancel_workflow.reason = str(reason)
    yield job


def _timer_fired(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    attributes = attributes_of(event)
    issued = matching.ended(attributes["startedEventId"])
    if issued is not None:
        recorded = attributes.get("timerId")
        if recorded is not None and recorded != str(issued.number):
            why = f"timer {issued.number} in place of timer {recorded}, which fires"
            raise BrokenError(Mismatch(event, issued, why))
        job = Job()
        job.fire_timer.seq = issued.number
        yield job


_NOT_FOUND = "ExternalWorkflowExecutionNotFound"


def _external_signaled(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    issued = matching.ended(attributes_of(event)["initiatedEventId"])
    if issued is not None:
        job = Job()
        job.resolve_signal_external_workflow.seq = issued.number
        if event["eventType"].endswith("FAILED"):
            failure = job.resolve_signal_external_workflow.failure
            failure.message = "Unable to signal external workflow because it was not found"
            failure.application_failure_info.type = _NOT_FOUND
        yield job


def _external_cancel_told(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    issued = matching.open(attributes_of(event)["initiatedEventId"])
    # The cancellation of a child is told by the child's own end.
    if issued is not None and issued.kind == "request_cancel_external_workflow_execution":
        matching.close(issued)
        job = Job()
        job.resolve_request_cancel_external_workflow.seq = issued.number
        if event["eventType"].endswith("FAILED"):
            failure = job.resolve_request_cancel_external_workflow.failure
            failure.message = "Unable to cancel external workflow because not found"
            failure.application_failure_info.type = _NOT_FOUND
        yield job


def _nexus(_: Event, __: Matching, ___: History) -> Iterable[Job]:
    raise DamagedError("the strict check knows no Nexus operations; use `--official`")


_MAKERS: Mapping[str, Callable[[Any, Matching, History], Iterable[Job]]] = {
    f"EVENT_TYPE_{name}": make
    for name, make in {
        "WORKFLOW_EXECUTION_STARTED": _started,
        "WORKFLOW_TASK_FAILED": _reset,
        "WORKFLOW_EXECUTION_SIGNALED": _signaled,
        "WORKFLOW_EXECUTION_CANCEL_REQUESTED": _cancel_requested,
        "TIMER_FIRED": _timer_fired,
        "ACTIVITY_TASK_COMPLETED": activity_jobs.completed,
        "ACTIVITY_TASK_FAILED": activity_jobs.failed,
        "ACTIVITY_TASK_TIMED_OUT": activity_jobs.failed,
        "ACTIVITY_TASK_CANCELED": activity_jobs.canceled,
        "CHILD_WORKFLOW_EXECUTION_STARTED": child_jobs.started,
        "START_CHILD_WORKFLOW_EXECUTION_FAILED": child_jobs.start_failed,
        "CHILD_WORKFLOW_EXECUTION_COMPLETED": child_jobs.completed,
        "CHILD_WORKFLOW_EXECUTION_FAILED": child_jobs.closed,
        "CHILD_WORKFLOW_EXECUTION_TIMED_OUT": child_jobs.closed,
        "CHILD_WORKFLOW_EXECUTION_TERMINATED": child_jobs.closed,
        "CHILD_WORKFLOW_EXECUTION_CANCELED": child_jobs.closed,
        "NEXUS_OPERATION_STARTED": _nexus,
        "NEXUS_OPERATION_COMPLETED": _nexus,
        "NEXUS_OPERATION_FAILED": _nexus,
        "NEXUS_OPERATION_CANCELED": _nexus,
        "NEXUS_OPERATION_TIMED_OUT": _nexus,
        "EXTERNAL_WORKFLOW_EXECUTION_SIGNALED": _external_signaled,
        "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED": _external_signaled,
        "EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED": _external_cancel_told,
        "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED": _external_cancel_told,
    }.items()
}
"""Nothing else that happens is told to workflow code."""
