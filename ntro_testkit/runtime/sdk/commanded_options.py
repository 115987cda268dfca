"""The options of activities and children, read from temporalio's commands.

They come out under the names that workflow code uses for them, those left out without a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from temporalio.common import RetryPolicy, WorkflowIDReusePolicy
from temporalio.workflow import ParentClosePolicy

_ACTIVITY_TIMEOUTS = (
    "schedule_to_close_timeout",
    "schedule_to_start_timeout",
    "start_to_close_timeout",
    "heartbeat_timeout",
)
_CHILD_TIMEOUTS = ("execution_timeout", "run_timeout", "task_timeout")


def activity_options(command: Any) -> dict[str, Any]:
    """Return the options of the command that schedules an activity."""
    return {
        **_timeouts(command, _ACTIVITY_TIMEOUTS),
        **_retry_policy(command),
        "task_queue": command.task_queue,
    }


def child_options(command: Any) -> dict[str, Any]:
    """Return the options of the command that starts a child."""
    options: dict[str, Any] = {
        **_timeouts(command, _CHILD_TIMEOUTS, prefix="workflow_"),
        **_retry_policy(command),
        "task_queue": command.task_queue,
    }
    if command.parent_close_policy:
        options["parent_close_policy"] = ParentClosePolicy(command.parent_close_policy)
    if command.workflow_id_reuse_policy:
        options["id_reuse_policy"] = WorkflowIDReusePolicy(command.workflow_id_reuse_policy)
    return options


def _timeouts(command: Any, names: Iterable[str], prefix: str = "") -> dict[str, timedelta]:
    return {
        name: getattr(command, prefix + name).ToTimedelta()
        for name in names
        if command.HasField(prefix + name)
    }


def _retry_policy(command: Any) -> dict[str, RetryPolicy]:
    if not command.HasField("retry_policy"):
        return {}
    return {"retry_policy": RetryPolicy.from_proto(command.retry_policy)}
