"""What core tells workflow code that cancels something and does not wait for an answer.

Source of the shapes: the Rust core of Temporal's SDKs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from temporalio.api.enums.v1 import RetryState
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob


@dataclass(frozen=True, slots=True)
class ChildRun:
    """A child as its parent's history knows it: the events of its start, 0 for none yet."""

    initiated: int = 0
    started: int = 0
    run_id: str = ""


def activity(scheduled: Any) -> WorkflowActivationJob:
    """Return the job for an activity, from the command that scheduled it."""
    job = WorkflowActivationJob()
    job.resolve_activity.seq = scheduled.seq
    failure = job.resolve_activity.result.cancelled.failure
    failure.message = "Activity cancelled"
    failure.cause.canceled_failure_info.SetInParent()
    failure.activity_failure_info.activity_id = scheduled.activity_id
    failure.activity_failure_info.activity_type.name = scheduled.activity_type
    failure.activity_failure_info.retry_state = RetryState.RETRY_STATE_CANCEL_REQUESTED
    return job


def signal(number: int) -> WorkflowActivationJob:
    """Return the job for a signal to another workflow that was never sent."""
    job = WorkflowActivationJob()
    job.resolve_signal_external_workflow.seq = number
    failure = job.resolve_signal_external_workflow.failure
    failure.message = "Signal was cancelled before being sent"
    failure.canceled_failure_info.SetInParent()
    return job


def child_start(initiated: Any, reason: str) -> WorkflowActivationJob:
    """Return the job for a child that was never started, with the reason code gave."""
    job = WorkflowActivationJob()
    job.resolve_child_workflow_execution_start.seq = initiated.seq
    failure = job.resolve_child_workflow_execution_start.cancelled.failure
    _child(failure, initiated, ChildRun())
    failure.message = f"Child Workflow Execution cancelled before scheduled: {reason}"
    return job


def child(initiated: Any, run: ChildRun) -> WorkflowActivationJob:
    """Return the job for a child that nobody waits for any more."""
    job = WorkflowActivationJob()
    job.resolve_child_workflow_execution.seq = initiated.seq
    _child(job.resolve_child_workflow_execution.result.cancelled.failure, initiated, run)
    return job


def _child(failure: Any, initiated: Any, run: ChildRun) -> None:
    failure.message = "Child Workflow execution cancelled"
    failure.cause.canceled_failure_info.SetInParent()
    info = failure.child_workflow_execution_failure_info
    info.namespace = initiated.namespace
    info.workflow_execution.workflow_id = initiated.workflow_id
    info.workflow_execution.run_id = run.run_id
    info.workflow_type.name = initiated.workflow_type
    info.initiated_event_id = run.initiated
    info.started_event_id = run.started
    info.retry_state = RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE
