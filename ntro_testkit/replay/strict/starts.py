"""What an instance has to know of the run whose history it replays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import temporalio.common
from temporalio.api.common.v1 import Payloads, SearchAttributes
from temporalio.converter import decode_typed_search_attributes

from ntro_testkit.history.history import History
from ntro_testkit.history.moments import SECOND, moment_of, nanoseconds, span
from ntro_testkit.replay.strict.messages import (
    failure_message,
    payload_map,
    payload_messages,
)
from ntro_testkit.replay.strict.workflow_tasks import WorkflowTask, attributes_of
from ntro_testkit.runtime.randomness import randomness_seed
from ntro_testkit.runtime.sdk.instance_start import InstanceStart


def start_of(history: History, first: WorkflowTask, workflow_class: type) -> InstanceStart:
    """Return the start of a run; raises `ValueError` and its like for a damaged first event."""
    event = history.events[0]
    attributes = attributes_of(event)
    last = attributes.get("lastCompletionResult")
    failure = attributes.get("continuedFailure")
    more: dict[str, Any] = {}
    if attributes.get("searchAttributes"):
        more["search_attributes"] = _search_attributes(attributes["searchAttributes"])
    if last is not None:
        more["last_completion_result"] = Payloads(payloads=payload_messages(last))
    if failure is not None:
        more["last_failure"] = failure_message(failure)
    return InstanceStart(
        workflow_class=workflow_class,
        workflow_type=history.workflow_type,
        workflow_id=history.workflow_id,
        run_id=history.run_id,
        start_time=moment_of(nanoseconds(event.get("eventTime"))),
        first_task_time=moment_of(first.time_ns),
        randomness_seed=randomness_seed(history.run_id),
        parent=_parent(attributes.get("parentWorkflowExecution")),
        namespace=str(attributes.get("parentWorkflowNamespace") or "default"),
        task_queue=str((attributes.get("taskQueue") or {}).get("name") or "default"),
        attempt=int(attributes.get("attempt") or 1),
        first_execution_run_id=attributes.get("firstExecutionRunId") or None,
        original_execution_run_id=attributes.get("originalExecutionRunId") or None,
        continued_run_id=attributes.get("continuedExecutionRunId") or None,
        headers=payload_map(attributes.get("header"), "fields"),
        raw_memo=payload_map(attributes.get("memo"), "fields"),
        retry_policy=_retry_policy(attributes.get("retryPolicy")),
        execution_timeout=_timeout(attributes.get("workflowExecutionTimeout")),
        run_timeout=_timeout(attributes.get("workflowRunTimeout")),
        task_timeout=_timeout(attributes.get("workflowTaskTimeout")) or timedelta(seconds=10),
        **more,
    )


def _parent(execution: Any) -> tuple[str, str] | None:
    if not execution:
        return None
    return str(execution["workflowId"]), str(execution["runId"])


def _timeout(duration: Any) -> timedelta | None:
    nanos = span(duration)
    return timedelta(microseconds=nanos // 1000) if nanos else None


def _search_attributes(given: Any) -> temporalio.common.TypedSearchAttributes:
    message = SearchAttributes()
    for name, payload in payload_map(given, "indexedFields").items():
        message.indexed_fields[name].CopyFrom(payload)
    return decode_typed_search_attributes(message)


def _retry_policy(given: Any) -> temporalio.common.RetryPolicy | None:
    if not given:
        return None
    return temporalio.common.RetryPolicy(
        initial_interval=timedelta(seconds=span(given.get("initialInterval")) / SECOND),
        backoff_coefficient=float(given.get("backoffCoefficient") or 2),
        maximum_interval=_timeout(given.get("maximumInterval")),
        maximum_attempts=int(given.get("maximumAttempts") or 0),
        non_retryable_error_types=list(given.get("nonRetryableErrorTypes") or ()) or None,
    )
