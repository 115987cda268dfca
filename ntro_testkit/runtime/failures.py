"""The failure classes workflow code meets: temporalio's own, or the same shapes without it.

On Temporal a failed activity reaches the workflow as `ActivityError` with the `ApplicationError`
in its `cause`; a failed child as `ChildWorkflowError`. The shipped LocalRuntime raises the bare
exception and makes both names mean `Exception` (D33), so error handling judged by it is judged
wrongly. Here the chain is the real one, whichever package provides the classes.
"""

from __future__ import annotations

import asyncio
import importlib.util
from typing import TYPE_CHECKING, Any

HAS_TEMPORALIO = importlib.util.find_spec("temporalio") is not None

if TYPE_CHECKING or HAS_TEMPORALIO:
    from temporalio.exceptions import (
        ActivityError,
        ApplicationError,
        CancelledError,
        ChildWorkflowError,
        FailureError,
        WorkflowAlreadyStartedError,
    )
else:
    from ntro_testkit.runtime.failure_shapes import (
        ActivityError,
        ApplicationError,
        CancelledError,
        ChildWorkflowError,
        FailureError,
        WorkflowAlreadyStartedError,
    )

__all__ = [
    "HAS_TEMPORALIO",
    "ActivityError",
    "ApplicationError",
    "CancelledError",
    "ChildWorkflowError",
    "FailureError",
    "UnsupportedCallError",
    "WorkflowAlreadyStartedError",
    "activity_error",
    "as_application_error",
    "child_workflow_error",
    "describe",
    "is_cancellation",
    "is_workflow_failure",
]


class UnsupportedCallError(NotImplementedError):
    """A call that works on Temporal and that an in-process run cannot honour."""


def is_workflow_failure(error: BaseException) -> bool:
    """Tell whether an exception out of workflow code fails the workflow.

    Every other exception fails the workflow *task*, which Temporal retries for ever (D44).
    Source: temporalio's `workflow_is_failure_exception`.
    """
    return isinstance(error, FailureError | asyncio.TimeoutError)


def is_cancellation(error: BaseException) -> bool:
    """Tell whether an exception is a cancellation, of its own or of what was waited for.

    Source: temporalio's `is_cancelled_exception`.
    """
    link = error.cause if isinstance(error, ActivityError | ChildWorkflowError) else error
    return isinstance(link, CancelledError | asyncio.CancelledError)


def as_application_error(error: BaseException) -> FailureError:
    """Return `error` as it looks after the trip through Temporal's failure converter.

    A subclass of `ApplicationError` (a `WorkflowError`) comes back as a plain one with the same
    type and details; any other exception as one whose type is the name of its class, and which
    says so where it said nothing. What it was raised from makes the trip as well. With temporalio
    it is the real trip: raised once more, such an error is written as it came.
    """
    if HAS_TEMPORALIO:
        from ntro_testkit.runtime.failure_trip import received

        return received(error)
    if isinstance(error, ApplicationError):
        arrived = ApplicationError(
            error.message, *error.details, type=error.type, non_retryable=error.non_retryable
        )
    elif isinstance(error, FailureError):
        return error
    else:
        arrived = ApplicationError(str(error) or "Application error", type=type(error).__name__)
    cause = error.__cause__
    if cause is None and isinstance(error, FailureError) and not error.__suppress_context__:
        cause = error.__context__
    arrived.__cause__ = None if cause is None else as_application_error(cause)
    return arrived


def activity_error(
    cause: BaseException, *, activity: str, activity_id: str, message: str = "Activity task failed"
) -> ActivityError:
    """Build the `ActivityError` workflow code catches, with its cause chained."""
    error = ActivityError(
        message,
        scheduled_event_id=0,
        started_event_id=0,
        identity="ntro-testkit",
        activity_type=activity,
        activity_id=activity_id,
        retry_state=None,
    )
    error.__cause__ = as_application_error(cause)
    return error


def child_workflow_error(
    cause: BaseException, *, workflow_id: str, run_id: str, workflow_type: str
) -> ChildWorkflowError:
    """Build the `ChildWorkflowError` a parent catches, with the child's failure as its cause."""
    error = ChildWorkflowError(
        f"Child Workflow execution {'cancelled' if is_cancellation(cause) else 'failed'}",
        namespace="default",
        workflow_id=workflow_id,
        run_id=run_id,
        workflow_type=workflow_type,
        initiated_event_id=0,
        started_event_id=0,
        retry_state=None,
    )
    error.__cause__ = as_application_error(cause)
    return error


def describe(error: BaseException) -> str:
    """Return one line for an exception: its class, its words and the root of its chain."""
    parts: list[str] = []
    link: BaseException | None = error
    while link is not None:
        parts.append(_one(link))
        link = link.__cause__ if isinstance(link, FailureError) else None
    if isinstance(error, BaseExceptionGroup):
        parts.append("; ".join(describe(member) for member in error.exceptions))
    return " <- ".join(parts)


def _one(error: BaseException) -> str:
    kind: Any = getattr(error, "type", None)
    name = type(error).__name__
    if isinstance(error, ApplicationError) and isinstance(kind, str) and kind:
        name = f"{name}[{kind}]"
    if isinstance(error, ActivityError):
        name = f"{name}[{error.activity_type}]"
    elif isinstance(error, ChildWorkflowError):
        name = f"{name}[{error.workflow_type}]"
    words = getattr(error, "message", None) or str(error)
    if isinstance(error, SystemExit):
        words = f"`sys.exit({error.code!r})` in workflow code"
    return f"{name}: {words}" if words else name
