"""Temporal's failure classes for an environment without temporalio.

Same names, attributes and bases, so `except ActivityError as error: error.cause.type` means in a
test what it means on Temporal. Used only when temporalio is not installed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any


class FailureError(Exception):
    """Base of everything that fails a workflow rather than its task."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def cause(self) -> BaseException | None:
        """The failure this one was raised from."""
        return self.__cause__


class ApplicationError(FailureError):
    """An error of the author's own code, with an optional type and details."""

    def __init__(
        self,
        message: str,
        *details: Any,
        type: str | None = None,  # noqa: A002 - Temporal's name for it
        non_retryable: bool = False,
        next_retry_delay: timedelta | None = None,
        category: Any = None,
    ) -> None:
        super().__init__(message)
        self.details: Sequence[Any] = details
        self.type = type
        self.non_retryable = non_retryable
        self.next_retry_delay = next_retry_delay
        self.category = category

    def __str__(self) -> str:
        return f"{self.type}: {self.message}" if self.type else self.message


class CancelledError(FailureError):
    """A workflow, an activity or a child was cancelled."""

    def __init__(self, message: str = "Cancelled", *details: Any) -> None:
        super().__init__(message)
        self.details: Sequence[Any] = details


class ActivityError(FailureError):
    """An activity failed for good; its `cause` says why."""

    def __init__(
        self,
        message: str,
        *,
        scheduled_event_id: int,
        started_event_id: int,
        identity: str,
        activity_type: str,
        activity_id: str,
        retry_state: Any,
    ) -> None:
        super().__init__(message)
        self.scheduled_event_id = scheduled_event_id
        self.started_event_id = started_event_id
        self.identity = identity
        self.activity_type = activity_type
        self.activity_id = activity_id
        self.retry_state = retry_state


class ChildWorkflowError(FailureError):
    """A child workflow failed; its `cause` says why."""

    def __init__(
        self,
        message: str,
        *,
        namespace: str,
        workflow_id: str,
        run_id: str,
        workflow_type: str,
        initiated_event_id: int,
        started_event_id: int,
        retry_state: Any,
    ) -> None:
        super().__init__(message)
        self.namespace = namespace
        self.workflow_id = workflow_id
        self.run_id = run_id
        self.workflow_type = workflow_type
        self.initiated_event_id = initiated_event_id
        self.started_event_id = started_event_id
        self.retry_state = retry_state


class WorkflowAlreadyStartedError(FailureError):
    """A workflow with this id is already running."""

    def __init__(
        self,
        workflow_id: str,
        workflow_type: str,
        *,
        run_id: str | None = None,
        first_run_id: str | None = None,
    ) -> None:
        super().__init__("Workflow execution already started")
        self.workflow_id = workflow_id
        self.workflow_type = workflow_type
        self.run_id = run_id
        self.first_run_id = first_run_id


class WorkflowError(ApplicationError):
    """Stands in for `ntro.workflow.WorkflowError`, which is a bare Exception without temporalio."""

    def __init__(
        self,
        message: str,
        *,
        type: str | None = None,  # noqa: A002 - the SDK's signature
        non_retryable: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(message, type=type, non_retryable=non_retryable, **options)
