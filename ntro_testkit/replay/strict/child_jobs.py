"""What happened to a workflow's children, as the jobs of an activation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from temporalio.bridge.proto.child_workflow import StartChildWorkflowExecutionFailedCause
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob as Job

from ntro_testkit.history.history import Event, History
from ntro_testkit.replay.strict.cancellations import ChildRun
from ntro_testkit.replay.strict.matching import Matching
from ntro_testkit.replay.strict.messages import failure_message, set_result
from ntro_testkit.replay.strict.workflow_tasks import attributes_of


def started(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    """Yield that a child runs."""
    attributes = attributes_of(event)
    issued = matching.open(attributes["initiatedEventId"])
    if issued is not None:
        job = Job()
        start = job.resolve_child_workflow_execution_start
        start.seq = issued.number
        start.succeeded.run_id = str(attributes["workflowExecution"]["runId"])
        numbers = int(attributes["initiatedEventId"]), int(event["eventId"])
        matching.child_runs(issued, ChildRun(*numbers, start.succeeded.run_id))
        yield job


def start_failed(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    """Yield that a workflow with the id of a child runs already."""
    attributes = attributes_of(event)
    issued = matching.ended(attributes["initiatedEventId"])
    if issued is not None:
        job = Job()
        start = job.resolve_child_workflow_execution_start
        start.seq = issued.number
        start.failed.workflow_id = issued.message.workflow_id
        start.failed.workflow_type = issued.message.workflow_type
        start.failed.cause = _ALREADY_EXISTS
        yield job


_ALREADY_EXISTS = StartChildWorkflowExecutionFailedCause.Value(
    "START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS"
)


def completed(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    """Yield the result of a child."""
    attributes = attributes_of(event)
    issued = matching.ended(attributes["initiatedEventId"])
    if issued is not None:
        job = Job()
        job.resolve_child_workflow_execution.seq = issued.number
        set_result(job.resolve_child_workflow_execution.result.completed, attributes.get("result"))
        yield job


def closed(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    """Yield that a child failed, timed out, was terminated or cancelled."""
    attributes = attributes_of(event)
    issued = matching.ended(attributes["initiatedEventId"])
    if issued is None:
        return
    how = event["eventType"].removeprefix("EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_")
    job = Job()
    job.resolve_child_workflow_execution.seq = issued.number
    result = job.resolve_child_workflow_execution.result
    failure = result.cancelled.failure if how == "CANCELED" else result.failed.failure
    failure.message = _WORDS[how]
    if how == "FAILED":
        failure.cause.CopyFrom(failure_message(attributes.get("failure")))
    else:
        failure.cause.CopyFrom(failure_message(_CAUSES[how]))
    info = {
        "namespace": attributes.get("namespace", ""),
        "workflowExecution": attributes.get("workflowExecution"),
        "workflowType": {"name": issued.message.workflow_type},
        "initiatedEventId": attributes["initiatedEventId"],
        "startedEventId": attributes.get("startedEventId", "0"),
    }
    # Servers write none for a child that was cancelled or terminated.
    info["retryState"] = attributes.get("retryState", "RETRY_STATE_NON_RETRYABLE_FAILURE")
    told = failure_message({"childWorkflowExecutionFailureInfo": info})
    failure.child_workflow_execution_failure_info.CopyFrom(
        told.child_workflow_execution_failure_info
    )
    yield job


_WORDS = {
    "FAILED": "Child Workflow execution failed",
    "TIMED_OUT": "Child Workflow execution timed out",
    "TERMINATED": "Child Workflow execution terminated",
    "CANCELED": "Child Workflow execution cancelled",
}

_CAUSES: Mapping[str, Any] = {
    "TIMED_OUT": {
        "message": "Timed out",
        "timeoutFailureInfo": {"timeoutType": "TIMEOUT_TYPE_START_TO_CLOSE"},
    },
    "TERMINATED": {"terminatedFailureInfo": {}},
    "CANCELED": {"canceledFailureInfo": {}},
}
"""Without words, temporalio has its own."""
