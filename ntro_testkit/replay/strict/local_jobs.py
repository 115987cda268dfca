"""What happened to a workflow's local activities, as the jobs of an activation.

Source of the shapes: the Rust core of Temporal's SDKs, held against histories of its dev server.
"""

from __future__ import annotations

from temporalio.api.enums.v1 import RetryState
from temporalio.api.failure.v1 import Failure
from temporalio.bridge.proto.activity_result import ActivityResolution
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from ntro_testkit.history.history import Event
from ntro_testkit.replay.strict.commands import Issued
from ntro_testkit.replay.strict.markers import LocalActivity, local_activity_of
from ntro_testkit.replay.strict.messages import failure_message, set_result
from ntro_testkit.replay.strict.workflow_tasks import attributes_of


def outcome(event: Event, issued: Issued) -> WorkflowActivationJob:
    """Return the job for the marker of a local activity."""
    job = WorkflowActivationJob()
    job.resolve_activity.seq, job.resolve_activity.is_local = issued.number, True
    _resolve(job.resolve_activity.result, event)
    return job


def _resolve(result: ActivityResolution, event: Event) -> None:
    attributes = attributes_of(event)
    failure = attributes.get("failure")
    recorded = local_activity_of(event)
    if recorded.backoff_ns is not None:
        # Its next attempt is so late that workflow code waits for it with a timer.
        result.backoff.attempt = recorded.attempt + 1
        result.backoff.backoff_duration.FromNanoseconds(recorded.backoff_ns)
        result.backoff.original_schedule_time.FromNanoseconds(recorded.scheduled_ns)
    elif failure is None:
        set_result(result.completed, (attributes.get("details") or {}).get("result"))
    else:
        _fail(result, failure_message(failure), recorded)


def _fail(result: ActivityResolution, told: Failure, recorded: LocalActivity) -> None:
    """Tell of a failure; core wraps those that it made itself, not those of activities."""
    if told.HasField("canceled_failure_info"):
        _wrap(result.cancelled.failure, "Local Activity cancelled", told, recorded)
    elif told.cause.HasField("canceled_failure_info"):
        result.cancelled.failure.CopyFrom(told)
    elif told.HasField("timeout_failure_info"):
        _wrap(result.failed.failure, "Local Activity timed out", told, recorded)
    else:
        result.failed.failure.CopyFrom(told)


def _wrap(failure: Failure, message: str, cause: Failure, recorded: LocalActivity) -> None:
    failure.message = message
    failure.cause.CopyFrom(cause)
    info = failure.activity_failure_info
    info.activity_id, info.activity_type.name = recorded.identity, recorded.kind
    info.retry_state = RetryState.RETRY_STATE_CANCEL_REQUESTED
