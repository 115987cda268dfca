"""One class on every backend: temporalio's decorators, and dispatch at each call.

temporalio's decorators only attach metadata. Applied beside ours they let the very same class run
here, on temporalio's engine and in its Replayer; which one is meant is seen from the event loop
that is running.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ntro.workflow.runtime._temporal import TemporalRuntime

from ntro_testkit.runtime.local import Decorated, HarnessRuntime
from ntro_testkit.runtime.loop import VirtualLoop


class DualRuntime(HarnessRuntime):
    """HarnessRuntime on our loop, TemporalRuntime on temporalio's."""

    name = "ntro-testkit"

    def __init__(self) -> None:
        super().__init__()
        self._temporal = TemporalRuntime()

    # -- decorators: both kinds of mark --------------------------------------------------------

    def workflow_defn(self, cls: type, /) -> type:
        """Mark a workflow class for both."""
        return super().workflow_defn(self._temporal.workflow_defn(cls))

    def workflow_run(self, fn: Decorated, /) -> Decorated:
        """Mark the entry point for both."""
        return super().workflow_run(self._temporal.workflow_run(fn))

    def workflow_signal(self, *args: Any, **kwargs: Any) -> Any:
        """Mark a signal handler for both."""
        return _both(super().workflow_signal, self._temporal.workflow_signal, args, kwargs)

    def workflow_query(self, *args: Any, **kwargs: Any) -> Any:
        """Mark a query handler for both."""
        return _both(super().workflow_query, self._temporal.workflow_query, args, kwargs)

    def activity_defn(self, *args: Any, **kwargs: Any) -> Any:
        """Mark an activity for both."""
        return _both(super().activity_defn, self._temporal.activity_defn, args, kwargs)

    # -- calls: ours on our loop, temporalio's elsewhere ------------------------------------------

    def execute_activity(self, *args: Any, **kwargs: Any) -> Any:
        """Schedule an activity and return an awaitable of its result."""
        here: Any = super() if _on_our_loop() else self._temporal
        return here.execute_activity(*args, **kwargs)

    def execute_child_workflow(self, *args: Any, **kwargs: Any) -> Any:
        """Start a child and return an awaitable of its result."""
        here: Any = super() if _on_our_loop() else self._temporal
        return here.execute_child_workflow(*args, **kwargs)

    def start_child_workflow(self, *args: Any, **kwargs: Any) -> Any:
        """Start a child and return an awaitable of its handle."""
        here: Any = super() if _on_our_loop() else self._temporal
        return here.start_child_workflow(*args, **kwargs)

    def wait_condition(self, *args: Any, **kwargs: Any) -> Any:
        """Return an awaitable that ends when a predicate holds."""
        here: Any = super() if _on_our_loop() else self._temporal
        return here.wait_condition(*args, **kwargs)

    def workflow_info(self) -> Any:
        """Return who is running."""
        return super().workflow_info() if _on_our_loop() else self._temporal.workflow_info()

    def workflow_now(self) -> Any:
        """Return the run's time."""
        return super().workflow_now() if _on_our_loop() else self._temporal.workflow_now()

    def workflow_logger(self) -> Any:
        """Return the workflow's logger."""
        return super().workflow_logger() if _on_our_loop() else self._temporal.workflow_logger()


def _on_our_loop() -> bool:
    return isinstance(asyncio._get_running_loop(), VirtualLoop)


def _both(
    ours: Callable[..., Any],
    temporals: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    def mark(fn: Decorated) -> Decorated:
        marked = temporals(**kwargs)(fn) if kwargs else temporals(fn)
        result: Decorated = ours(**kwargs)(marked)
        return result

    return mark(args[0]) if args and callable(args[0]) else mark
