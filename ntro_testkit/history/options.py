"""What a server writes of the options an activity or a child is started with.

Source of the defaults: the events of a dev server (1.32).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ntro_testkit.history.writer import Attributes, duration, queue

DEFAULT_INTERVAL = timedelta(seconds=1)
"""Before the first retry."""

INTERVAL_GROWTH = 100
"""The longest time between retries, in first ones, where a policy does not say."""


def activity_attributes(options: Mapping[str, Any]) -> Attributes:
    """Return the attributes of an activity's options, under the names workflow code uses."""
    overall = options.get("schedule_to_close_timeout")
    attributes: Attributes = {
        "scheduleToCloseTimeout": _written(overall),
        "scheduleToStartTimeout": _written(options.get("schedule_to_start_timeout") or overall),
        "startToCloseTimeout": _written(options.get("start_to_close_timeout") or overall),
        "heartbeatTimeout": _written(options.get("heartbeat_timeout")),
        "retryPolicy": _retry_policy(options.get("retry_policy")),
    }
    if options.get("task_queue"):
        attributes["taskQueue"] = queue(str(options["task_queue"]))
    return attributes


def child_attributes(options: Mapping[str, Any]) -> Attributes:
    """Return the attributes of a child's options."""
    attributes: Attributes = {
        "workflowRunTimeout": _written(options.get("run_timeout")),
        "workflowTaskTimeout": _written(options.get("task_timeout") or timedelta(seconds=10)),
        "parentClosePolicy": _enumerated(
            options.get("parent_close_policy"), "PARENT_CLOSE_POLICY", "TERMINATE"
        ),
        "workflowIdReusePolicy": _enumerated(
            options.get("id_reuse_policy"), "WORKFLOW_ID_REUSE_POLICY", "ALLOW_DUPLICATE"
        ),
    }
    if options.get("execution_timeout"):
        attributes["workflowExecutionTimeout"] = _written(options["execution_timeout"])
    if options.get("task_queue"):
        attributes["taskQueue"] = queue(str(options["task_queue"]))
    if options.get("retry_policy"):
        attributes["retryPolicy"] = _retry_policy(options["retry_policy"])
    return attributes


def _written(timeout: timedelta | None) -> str:
    return duration(timeout.total_seconds()) if timeout else "0s"


def _enumerated(value: Any, prefix: str, default: str) -> str:
    """Return the name of one of temporalio's enumerations as Temporal's JSON spells it."""
    return f"{prefix}_{getattr(value, 'name', default)}"


def _retry_policy(policy: Any) -> Attributes:
    """Return temporalio's `RetryPolicy`, or the server's own where there is none."""
    first = getattr(policy, "initial_interval", None) or DEFAULT_INTERVAL
    longest = getattr(policy, "maximum_interval", None) or first * INTERVAL_GROWTH
    attributes: Attributes = {
        "initialInterval": duration(first.total_seconds()),
        "backoffCoefficient": getattr(policy, "backoff_coefficient", None) or 2.0,
        "maximumInterval": duration(longest.total_seconds()),
    }
    if getattr(policy, "maximum_attempts", 0):
        attributes["maximumAttempts"] = policy.maximum_attempts
    if getattr(policy, "non_retryable_error_types", None):
        attributes["nonRetryableErrorTypes"] = list(policy.non_retryable_error_types)
    return attributes
