"""What core tells workflow code that cancels something and does not wait for an answer.

Source of the shapes: the Rust core of Temporal's SDKs.
"""

from __future__ import annotations

from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob


def activity(scheduled: Any) -> WorkflowActivationJob:
    """Return the job for an activity, from the command that scheduled it."""
    job = WorkflowActivationJob()
    job.resolve_activity.seq = scheduled.seq
    failure = job.resolve_activity.result.cancelled.failure
    failure.message = "Activity cancelled"
    failure.cause.canceled_failure_info.SetInParent()
    failure.activity_failure_info.activity_id = scheduled.activity_id
    failure.activity_failure_info.activity_type.name = scheduled.activity_type
    return job


def child_start(initiated: Any) -> WorkflowActivationJob:
    """Return the job for a child that was never started."""
    job = WorkflowActivationJob()
    job.resolve_child_workflow_execution_start.seq = initiated.seq
    _child(job.resolve_child_workflow_execution_start.cancelled.failure, initiated)
    return job


def child(initiated: Any) -> WorkflowActivationJob:
    """Return the job for a child that nobody waits for any more."""
    job = WorkflowActivationJob()
    job.resolve_child_workflow_execution.seq = initiated.seq
    _child(job.resolve_child_workflow_execution.result.cancelled.failure, initiated)
    return job


def _child(failure: Any, initiated: Any) -> None:
    failure.message = "Child Workflow execution cancelled"
    failure.cause.canceled_failure_info.SetInParent()
    info = failure.child_workflow_execution_failure_info
    info.workflow_execution.workflow_id = initiated.workflow_id
    info.workflow_type.name = initiated.workflow_type
