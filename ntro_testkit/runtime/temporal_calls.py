"""Answers `temporalio.workflow.*` on our loop, for code that does not use the facade.

Bundles of the older generation call `workflow.execute_activity` directly, and so does the SDK's own
`ntro.workflow.task` (D40). temporalio finds the runtime of a workflow on the running event loop;
putting ours there makes those calls mean the same run. Calls that ntro's facade has no word for and
that a run in-process cannot honour raise `NotImplementedError` by name.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

from ntro_testkit.runtime.execution import Execution, current_execution
from ntro_testkit.runtime.failures import UnsupportedCallError, is_workflow_failure
from ntro_testkit.runtime.loop import VirtualLoop, seconds

if TYPE_CHECKING:
    from ntro_testkit.runtime.local import HarnessRuntime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

RUNTIME_ATTRIBUTE = "__temporal_workflow_runtime"
"""Where temporalio looks for the runtime of the running loop (all versions from 1.0 to 1.35)."""


def answer_temporal_calls(loop: VirtualLoop, runtime: HarnessRuntime) -> None:
    """Make `temporalio.workflow` functions called on `loop` reach `runtime`."""
    setattr(loop, RUNTIME_ATTRIBUTE, TemporalCalls(runtime))


class TemporalCalls:
    """The part of temporalio's workflow runtime that runbooks use."""

    def __init__(self, runtime: HarnessRuntime) -> None:
        self._runtime = runtime

    @property
    def logger_details(self) -> Mapping[str, Any]:
        """What temporalio's logger adds to a record."""
        info = self._runtime.workflow_info()
        return {"workflow_id": info.workflow_id, "workflow_type": info.workflow_type}

    def workflow_info(self) -> Any:
        """Answer `workflow.info()`."""
        return self._runtime.workflow_info()

    def workflow_instance(self) -> Any:
        """Answer `workflow.instance()`."""
        return _current().instance

    def workflow_time_ns(self) -> int:
        """Answer `workflow.time_ns()`, from which `now()` and `time()` are made."""
        since = _current().calls.now() - _EPOCH
        return since // timedelta(microseconds=1) * 1000

    def workflow_is_replaying(self) -> bool:
        """Answer `workflow.unsafe.is_replaying()`: a run in-process never replays."""
        return False

    def workflow_is_replaying_history_events(self) -> bool:
        """Answer its finer twin of newer versions."""
        return False

    def workflow_is_read_only(self) -> bool:
        """Answer whether a query or validator is running."""
        return False

    def workflow_is_failure_exception(self, err: BaseException) -> bool:
        """Answer whether an exception fails the workflow rather than its task."""
        return is_workflow_failure(err)

    def workflow_all_handlers_finished(self) -> bool:
        """Answer `workflow.all_handlers_finished()`."""
        return True

    def workflow_extern_functions(self) -> Mapping[str, Callable[..., Any]]:
        """Answer with nothing: there is no sandbox to reach out of."""
        return {}

    def workflow_random(self) -> random.Random:
        """Answer `workflow.random()`: seeded by the run id, with Temporal's seed."""
        return _current().random

    def workflow_patch(self, id: str, *, deprecated: bool, **_: Any) -> bool:  # noqa: A002
        """Answer `workflow.patched()`: a new run has every patch."""
        return True

    def workflow_start_activity(self, activity: Any, *args: Any, **options: Any) -> Any:
        """Answer `workflow.start_activity` and `execute_activity`, which awaits the handle."""
        given = {name: value for name, value in options.items() if value is not None}
        return self._runtime.start_activity(activity, args=list(args), **given)

    def workflow_start_local_activity(self, activity: Any, *args: Any, **options: Any) -> Any:
        """Answer `workflow.start_local_activity`: in-process the two are the same."""
        return self.workflow_start_activity(activity, *args, **options)

    async def workflow_start_child_workflow(
        self,
        workflow: Any,
        *args: Any,
        id: str,  # noqa: A002 - Temporal's name
        **options: Any,
    ) -> Any:
        """Answer `workflow.start_child_workflow` and `execute_child_workflow`."""
        child = getattr(workflow, "__self__", None) or workflow
        if not isinstance(child, type | str):
            child = _class_of_run(child)
        given = {name: value for name, value in options.items() if value is not None}
        return await self._runtime.start_child_workflow(child, args=list(args), id=id, **given)

    async def workflow_sleep(self, duration: float | timedelta, **_: Any) -> None:
        """Answer `workflow.sleep`."""
        await asyncio.sleep(seconds(duration) or 0.0)

    async def workflow_wait_condition(
        self,
        fn: Callable[[], bool],
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - Temporal's signature
        **_: Any,
    ) -> None:
        """Answer `workflow.wait_condition`."""
        await self._runtime.wait_condition(fn, timeout=timeout)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("workflow_"):
            raise AttributeError(name)

        def refuse(*_: Any, **__: Any) -> NoReturn:
            call = name.removeprefix("workflow_")
            raise UnsupportedCallError(
                f"`{call}` of temporalio.workflow works on Temporal, but an in-process run cannot "
                f"answer it"
            )

        return refuse


def _current() -> Execution:
    execution = current_execution.get()
    if execution is None:
        raise RuntimeError("no workflow is running here")
    return execution


def _class_of_run(run: Any) -> Any:
    """Return the class a `Workflow.run` method reference belongs to."""
    owner: Any = sys.modules[run.__module__]
    for part in run.__qualname__.split(".")[:-1]:
        owner = getattr(owner, part)
    return owner
