"""The LocalRuntime the kit forces: the facade's calls, answered by the engine of the current run.

It keeps the shipped LocalRuntime's promises (no server, no temporalio) and none of its defects:
timeouts given as timedelta or zero (D38), `args=` (D39), wire names, typed payloads, wrapped
errors (D33), a clock that is the run's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ntro.workflow.runtime._local import LocalRuntime

from ntro_testkit.runtime.activity_context import ActivityInfo, current_activity
from ntro_testkit.runtime.child_handle import ChildHandle
from ntro_testkit.runtime.definitions import (
    ACTIVITY_MARKER,
    ACTIVITY_NAME_MARKER,
    QUERY_MARKER,
    RUN_MARKER,
    SIGNAL_MARKER,
    WORKFLOW_MARKER,
)
from ntro_testkit.runtime.execution import Execution, WorkflowInfo, current_execution
from ntro_testkit.runtime.loop import seconds

Decorated = Callable[..., Any]


class HarnessRuntime(LocalRuntime):  # type: ignore[misc]
    """Runs runbooks in-process, on virtual time, inside an `Engine`."""

    name = "ntro-testkit"

    # -- decorators: they only mark; definitions.py reads the marks ---------------------------

    def workflow_defn(self, cls: type, /) -> type:
        """Mark a workflow class."""
        setattr(cls, WORKFLOW_MARKER, True)
        return cls

    def workflow_run(self, fn: Decorated, /) -> Decorated:
        """Mark the entry point."""
        setattr(fn, RUN_MARKER, True)
        return fn

    def workflow_signal(self, *args: Any, **kwargs: Any) -> Any:
        """Mark a signal handler under its wire name."""
        return _marking(SIGNAL_MARKER, args, kwargs)

    def workflow_query(self, *args: Any, **kwargs: Any) -> Any:
        """Mark a query handler under its wire name."""
        return _marking(QUERY_MARKER, args, kwargs)

    def activity_defn(self, *args: Any, **kwargs: Any) -> Any:
        """Mark an activity under its wire name, and for the SDK's `run_step`."""
        marking = _marking(ACTIVITY_NAME_MARKER, (), kwargs)

        def mark(fn: Decorated) -> Decorated:
            setattr(fn, ACTIVITY_MARKER, True)
            marked: Decorated = marking(fn)
            return marked

        return mark(args[0]) if args and callable(args[0]) else mark

    # -- calls of workflow code ----------------------------------------------------------------

    async def execute_activity(
        self, fn: Any, arg: Any = None, /, *, args: Any = None, **options: Any
    ) -> Any:
        """Schedule an activity and wait for its result."""
        return await self.start_activity(fn, arg, args=args, **options)

    def start_activity(
        self, fn: Any, arg: Any = None, /, *, args: Any = None, **options: Any
    ) -> asyncio.Task[Any]:
        """Schedule an activity and return its handle."""
        execution = _execution()
        return execution.calls.start_activity(execution, fn, _positional(arg, args), options)

    async def execute_child_workflow(
        self, cls_or_slug: Any, arg: Any = None, /, **options: Any
    ) -> Any:
        """Start a child and wait for its result."""
        return await (await self.start_child_workflow(cls_or_slug, arg, **options))

    async def start_child_workflow(
        self,
        cls_or_slug: Any,
        arg: Any = None,
        /,
        *,
        args: Any = None,
        id: str | None = None,  # noqa: A002 - Temporal's name
        **options: Any,
    ) -> ChildHandle:
        """Start a child and wait until it has started."""
        execution = _execution()
        handle: ChildHandle = await execution.calls.start_child(
            execution, cls_or_slug, _positional(arg, args), id, options
        )
        return handle

    async def wait_condition(
        self,
        predicate: Callable[[], bool],
        /,
        *,
        timeout: float | timedelta | None = None,  # noqa: ASYNC109 - Temporal's signature
        **_options: Any,
    ) -> None:
        """Suspend until the predicate holds; `timeout` may be seconds, a timedelta or zero."""
        execution = _execution()
        await execution.calls.wait_condition(execution, predicate, seconds(timeout))

    def workflow_info(self) -> WorkflowInfo:
        """Return who is running."""
        return _execution().info

    def workflow_now(self) -> datetime:
        """Return the run's virtual time, aware and in UTC."""
        return _execution().calls.now()

    def workflow_logger(self) -> logging.Logger:
        """Return a plain logger; a run does not replay, so nothing is logged twice."""
        return logging.getLogger("ntro.workflow")

    # -- calls of activity code ----------------------------------------------------------------

    def activity_info(self) -> ActivityInfo:
        """Return which activity is running."""
        info = current_activity.get()
        if info is None:
            raise RuntimeError("activity.info() was called outside an activity")
        return info

    def activity_logger(self) -> logging.Logger:
        """Return a plain logger."""
        return logging.getLogger("ntro.activity")


def _positional(arg: Any, args: Any) -> list[Any]:
    """Return a call's arguments; the facade's None means `no argument` on Temporal too (D39)."""
    if args is not None:
        return list(args)
    return [] if arg is None else [arg]


def _execution() -> Execution:
    execution = current_execution.get()
    if execution is None:
        raise RuntimeError(
            "this call belongs into workflow code, but no workflow is running here: "
            "activities, mocks and tests cannot use `runbook`"
        )
    return execution


def _marking(marker: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Build a decorator usable bare and with `name=`, which leaves `marker` on the function."""

    def mark(fn: Decorated) -> Decorated:
        setattr(fn, marker, kwargs.get("name") or fn.__name__)
        return fn

    return mark(args[0]) if args and callable(args[0]) else mark
