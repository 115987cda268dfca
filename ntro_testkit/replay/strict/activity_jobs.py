"""What happened to a workflow's activities, as the jobs of an activation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from temporalio.api.enums.v1 import RetryState
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob as Job

from ntro_testkit.history.history import Event, History
from ntro_testkit.replay.strict.commands import Issued
from ntro_testkit.replay.strict.matching import Matching
from ntro_testkit.replay.strict.messages import failure_message, payload_messages, set_result
from ntro_testkit.replay.strict.workflow_tasks import attributes_of


def completed(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    """Yield the result of an activity."""
    attributes = attributes_of(event)
    issued = matching.ended(attributes["scheduledEventId"])
    if issued is not None:
        job = Job()
        job.resolve_activity.seq = issued.number
        set_result(job.resolve_activity.result.completed, attributes.get("result"))
        yield job


def failed(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    """Yield that an activity failed, or did not end in time."""
    timed_out = event["eventType"].endswith("TIMED_OUT")
    attributes = attributes_of(event)
    issued = matching.ended(attributes["scheduledEventId"])
    if issued is not None:
        job = Job()
        job.resolve_activity.seq = issued.number
        failure = job.resolve_activity.result.failed.failure
        failure.message = "Activity task timed out" if timed_out else "Activity task failed"
        failure.cause.CopyFrom(failure_message(attributes.get("failure")))
        _about_activity(failure, attributes, issued)
        yield job


def canceled(event: Event, matching: Matching, _: History) -> Iterable[Job]:
    """Yield that a worker cancelled an activity."""
    attributes = attributes_of(event)
    issued = matching.ended(attributes["scheduledEventId"])
    if issued is not None:
        job = Job()
        job.resolve_activity.seq = issued.number
        failure = job.resolve_activity.result.cancelled.failure
        failure.message = "Activity cancelled"
        failure.cause.canceled_failure_info.SetInParent()
        details = payload_messages(attributes.get("details"))
        failure.cause.canceled_failure_info.details.payloads.extend(details)
        _about_activity(failure, attributes, issued)
        failure.activity_failure_info.retry_state = RetryState.RETRY_STATE_CANCEL_REQUESTED
        yield job


def _about_activity(failure: Any, attributes: Any, issued: Issued) -> None:
    state = {"retryState": attributes["retryState"]} if "retryState" in attributes else {}
    told = failure_message(
        {
            "activityFailureInfo": {
                "scheduledEventId": attributes["scheduledEventId"],
                "startedEventId": attributes.get("startedEventId", "0"),
                "identity": attributes.get("identity", ""),
                "activityType": {"name": issued.message.activity_type},
                "activityId": issued.message.activity_id,
                **state,
            }
        }
    )
    failure.activity_failure_info.CopyFrom(told.activity_failure_info)
