"""An asyncio event loop on virtual time: nothing sleeps, the clock jumps to the next timer.

When no callback is ready, every coroutine is blocked: this is the quiescence at which the engine
acts (`on_idle`). Only when the engine has nothing to do does the clock move, and when there is no
timer either, nothing can ever wake this loop again: `Deadlock`.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import ctypes
import functools
import heapq
import threading
from asyncio import base_events
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol


class Deadlock(RuntimeError):  # noqa: N818 - the field's word for it
    """No callback is ready, no timer is set, no thread is running: the run can never go on."""


class EndlessTurns(RuntimeError):  # noqa: N818 - says what happened
    """Coroutines yield again and again without ever waiting for anything."""


MAX_TURNS = 100_000
"""Turns of the loop without a quiescence after which a run counts as spinning. Temporal's deadlock
detector allows two seconds, which is about a million turns of `asyncio.sleep(0)`."""


class RunObserver(Protocol):
    """What is told about the loop's use, because timers of workflow code are Temporal commands."""

    def in_workflow_code(self) -> bool:
        """Tell whether workflow code is running, rather than a mock or an activity."""

    def timer_requested(self, delay: float) -> Any | None:
        """Record a timer of `delay` virtual seconds; None when no workflow code asked for it."""

    def timer_cancelled(self, timer: Any) -> None:
        """Record that a timer was cancelled before it fired; gets what `timer_requested` gave."""

    def timer_fired(self, timer: Any) -> None:
        """Record that a timer is due, just before its callback runs."""


class _Timer(asyncio.TimerHandle):
    """A timer that fires in the order it was set among those due at the same time.

    asyncio's own leave that order to chance. A timer of workflow code knows the record of its
    command; any other has none.
    """

    def __init__(self, number: int, record: Any, observer: RunObserver | None, *args: Any) -> None:
        super().__init__(*args)
        self._number = number
        self._record = record
        self._observer = observer

    def __lt__(self, other: Any) -> bool:
        mine: tuple[float, int] = (self.when(), self._number)
        return mine < (other.when(), other._number)

    def _run(self) -> None:
        if self._record is not None and self._observer is not None:
            self._observer.timer_fired(self._record)
        super()._run()

    def cancel(self) -> None:
        if self._record is not None and self._observer is not None and not self.cancelled():
            self._observer.timer_cancelled(self._record)
        super().cancel()


class VirtualLoop(base_events.BaseEventLoop):
    """The loop of one run.

    `time()` starts at 0 and counts virtual seconds. `on_idle` is called at every quiescence and
    returns True when it did something; `observer` is told what workflow code does.
    """

    def __init__(
        self,
        on_idle: Callable[[], bool] | None = None,
        observer: RunObserver | None = None,
    ) -> None:
        super().__init__()
        self.on_idle = on_idle
        self._observer = observer
        self._now = 0.0
        self._wake = threading.Event()
        self._threads = 0
        self._turns = 0
        self._timers_set = 0
        self._unwinding = False
        self._tasks: list[asyncio.Task[Any]] = []
        self._unseen: list[BaseException] = []
        # Attributes of asyncio's own loop and handles, which its types do not show.
        self._ready: deque[Any]
        self._scheduled: list[Any]
        self._stopping: bool

    def time(self) -> float:
        """Virtual seconds since the start of the run."""
        return self._now

    def create_task(self, *args: Any, **kwargs: Any) -> asyncio.Task[Any]:
        """Create a task and remember it.

        `asyncio.all_tasks` would look through the tasks of every loop the process ever had.
        """
        task: asyncio.Task[Any] = super().create_task(*args, **kwargs)
        self._tasks.append(task)
        return task

    def remember(self, task: asyncio.Task[Any]) -> None:
        """Remember a task that was not made by `create_task`."""
        self._tasks.append(task)

    def unseen_errors(self) -> list[BaseException]:
        """Return what tasks and callbacks have raised that nobody awaited."""
        ended = [task for task in self._tasks if task.done() and not task.cancelled()]
        # asyncio's own mark: nobody has asked for the exception.
        unasked = [task for task in ended if task._log_traceback]
        return [*self._unseen, *filter(None, [task.exception() for task in unasked])]

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Keep an exception that nobody awaits; asyncio would log it, once for each of many runs.

        What is raised while a run is unwound says nothing about it.
        """
        error = context.get("exception")
        if error is None:
            super().call_exception_handler(context)
        elif not self._unwinding:
            self._unseen.append(error)

    def cancel_all_and_close(self) -> None:
        """Unwind every coroutine that is still suspended, then close the loop."""
        self.on_idle = self._observer = None
        self._turns = 0
        self._unwinding = True
        unfinished = [task for task in self._tasks if not task.done()]
        for task in unfinished:
            task.cancel()
        if unfinished:
            # A coroutine may refuse to be unwound: its run is over all the same.
            with contextlib.suppress(Deadlock, EndlessTurns):
                self.run_until_complete(asyncio.gather(*unfinished, return_exceptions=True))
        for task in unfinished:
            if not task.done():
                abandon(task)
        self._tasks.clear()
        self.close()

    def has_timers(self) -> bool:
        """Tell whether the clock could move."""
        return any(not timer._cancelled for timer in self._scheduled)

    def _run_once(self) -> None:
        """Run what is ready; when nothing is, act, wait for a thread, or move the clock.

        Overrides asyncio's step, which would ask a selector for file descriptors that this loop
        does not have. Raises `Deadlock` when nothing can ever be ready again, `EndlessTurns` when
        something always is.
        """
        ready = self._ready
        if not ready:
            self._turns = 0
            self._quiescence()
        self._turns += 1
        if self._turns > MAX_TURNS:
            raise EndlessTurns
        for _ in range(len(ready)):
            handle = ready.popleft()
            if not handle._cancelled:
                handle._run()

    def _quiescence(self) -> None:
        if self._unwinding:
            raise Deadlock("what is left waits for something that will not come")
        if self._threads:
            self._wake.wait()
            self._wake.clear()
        elif (
            (self.on_idle is None or not self.on_idle()) and not self._ready and not self._stopping
        ):
            self._fire_next_timer()

    def _fire_next_timer(self) -> None:
        """Jump to the earliest timer and fire it: one event at a time, as everywhere."""
        scheduled = self._scheduled
        while scheduled and scheduled[0]._cancelled:
            heapq.heappop(scheduled)._scheduled = False
        if not scheduled:
            raise Deadlock("no callback is ready, no timer is set, no thread is running")
        timer = heapq.heappop(scheduled)
        timer._scheduled = False
        self._now = max(self._now, timer._when)
        self._ready.append(timer)

    def call_at(  # type: ignore[override] # asyncio's own types tie callback and args together
        self,
        when: float,
        callback: Callable[..., Any],
        *args: Any,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        """Set a timer; one set by workflow code is recorded as a command."""
        observer = self._observer
        record = observer.timer_requested(when - self._now) if observer is not None else None
        self._timers_set += 1
        timer: Any = _Timer(self._timers_set, record, observer, when, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        handle: asyncio.TimerHandle = timer
        return handle

    def run_in_thread(self, call: Callable[[], Any]) -> asyncio.Future[Any]:
        """Run `call` in a thread of its own; the clock stands still until it has returned.

        This is how a real activity does real I/O beside a loop that has no selector.
        """
        future = self.create_future()
        self._threads += 1

        def finish(result: Any, error: BaseException | None) -> None:
            self._threads -= 1
            if future.cancelled():
                return
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)

        def target() -> None:
            try:
                outcome: tuple[Any, BaseException | None] = (call(), None)
            except BaseException as error:  # noqa: BLE001 - handed over to the awaiting coroutine
                outcome = (None, error)
            # The run may have ended without waiting for its thread.
            with contextlib.suppress(RuntimeError):
                self.call_soon_threadsafe(finish, *outcome)

        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(target,), daemon=True).start()
        return future

    def run_in_executor(  # type: ignore[override] # as for `call_at`
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Run a function of a mock in a thread; refused to workflow code, as on Temporal."""
        self._refuse_to_workflow_code("run_in_executor")
        return self.run_in_thread(functools.partial(func, *args))

    def call_soon_threadsafe(  # type: ignore[override] # as for `call_at`
        self,
        callback: Callable[..., Any],
        *args: Any,
        context: contextvars.Context | None = None,
    ) -> asyncio.Handle:
        """Hand a callback over from a thread; refused to workflow code, as on Temporal."""
        self._refuse_to_workflow_code("call_soon_threadsafe")
        return super().call_soon_threadsafe(callback, *args, context=context)

    def _refuse_to_workflow_code(self, what: str) -> None:
        if self._observer is not None and self._observer.in_workflow_code():
            raise NotImplementedError(
                f"`{what}` does not exist on Temporal's workflow event loop: threads and blocking "
                f"calls belong into an activity"
            )

    def _write_to_self(self) -> None:
        """Wake the loop from another thread."""
        self._wake.set()


def seconds(timeout: float | timedelta | None) -> float | None:
    """Return a timeout in seconds; zero stays zero (LocalRuntime takes it for `for ever`)."""
    if isinstance(timeout, timedelta):
        return timeout.total_seconds()
    return None if timeout is None else float(timeout)


def abandon(task: asyncio.Task[Any]) -> None:
    """Keep a task that refuses to end from ever being destroyed.

    Destroying its coroutine would run it once more, outside any loop, and code that swallows
    everything would then never return, be it now or when the interpreter exits.
    """
    task._log_destroy_pending = False  # type: ignore[attr-defined] # asyncio's own switch
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(task))
