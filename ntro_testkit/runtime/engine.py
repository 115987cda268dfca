"""Runs one workflow and its children in-process, acting only at quiescence.

One step per call of `_on_idle`, in Temporal's order: conditions first, then one event (a start, a
child's end, a cancellation), then one activity, then the person or agent, then a stand-in's end;
only when nobody has anything to do does the clock jump to the next timer. One event per quiescence
is one workflow task, so a run's commands compare with a Temporal history.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from ntro_testkit.history.history import History
from ntro_testkit.runtime.activities import Activities
from ntro_testkit.runtime.blocked import blocked_on
from ntro_testkit.runtime.child_handle import ChildHandle
from ntro_testkit.runtime.child_workflows import ChildWorkflows
from ntro_testkit.runtime.endings import Ending, Endings
from ntro_testkit.runtime.execution import (
    Execution,
    RunAborted,
    Wait,
    WorkflowInfo,
    current_execution,
)
from ntro_testkit.runtime.failures import describe, is_cancellation
from ntro_testkit.runtime.histories import HistoryRecording
from ntro_testkit.runtime.loop import Deadlock, EndlessTurns, VirtualLoop
from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.runtime.recorder import Recorder
from ntro_testkit.runtime.recording import Recording
from ntro_testkit.runtime.run_options import RunOptions, Turn
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.temporal_calls import answer_temporal_calls
from ntro_testkit.runtime.watchdog import BusyLoop, Watchdog
from ntro_testkit.runtime.workflows import Workflows
from ntro_testkit.trace import Blocked, Timer

Answer = TypeVar("Answer")

MAX_EVENTS = 10_000
"""Events after which a run counts as endless. Temporal ends a workflow at 51,200 history events,
and one of ours is about five of those."""


class Engine:
    """One run: a root workflow, its children, and everything that happens to them."""

    def __init__(self, options: RunOptions, watchdog: Watchdog) -> None:
        self.options = options
        self.loop = VirtualLoop(self._on_idle, observer=self)
        answer_temporal_calls(self.loop, options.runtime)
        self.recorder = Recorder(options.code_roots, self.loop.time)
        self.recording = self._recording()
        self.state = RunState(self.loop, self.recorder, self.recording, watchdog, options.redact)
        self.endings = Endings(self.state, self._blocked, self._on_end)
        self._furnish()
        self._done: asyncio.Future[None] = self.loop.create_future()
        self._deadline = time.monotonic() + options.timeout_s

    def _recording(self) -> Recording:
        if self.options.record_histories:
            return HistoryRecording(self.now)
        return self.options.recording or Recording()

    def _furnish(self) -> None:
        """Make the parts that carry out what workflow code asks for."""
        self.workflows = Workflows(
            self.state, self.endings, calls=self, received=self.options.received
        )
        self.activities = Activities(self.state, self.endings, self.options.replies)
        self.children = ChildWorkflows(
            self.state, self.endings, self.workflows, self.options.children, self.now
        )
        self.workflows.children = self.children

    # -- the run ---------------------------------------------------------------------------

    def run(
        self, workflow_class: type, args: Sequence[Payload], workflow_id: str, run_id: str
    ) -> Ending:
        """Run a workflow to its end, from whatever thread or event loop the caller is in."""
        outer = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        self.state.watchdog.begin()
        try:
            info = WorkflowInfo(
                workflow_id, run_id, workflow_class.__name__, self.options.start_time
            )
            self.workflows.start(workflow_class, args, info, None)
            self._run_loop()
            assert self.endings.ending is not None
            return self.endings.ending
        finally:
            self.state.finished = True
            self._tell_of_unseen_errors()
            with contextlib.suppress(BusyLoop):
                self._unwind()
            self.state.watchdog.end()
            asyncio._set_running_loop(outer)

    def histories(self) -> list[History]:
        """Return the history of each execution, where it was to be recorded."""
        return self.recording.histories()

    def dissolve(self) -> None:
        """Let go of what the run held; nothing of it can be asked for any more.

        The parts of a run know each other: they would wait for the garbage collector, whose passes
        are a twentieth of a run.
        """
        for execution in self.workflows.all:
            execution.dissolve()
        for part in (self.workflows, self.activities, self.children, self.endings, self.state):
            vars(part).clear()
        vars(self).clear()

    def _tell_of_unseen_errors(self) -> None:
        """Warn of what went wrong in tasks that nobody awaits; a worker would only log it."""
        for error in self.loop.unseen_errors():
            if isinstance(error, Exception) and not is_cancellation(error):
                line = self.recorder.line_of_error(error)
                place = f" at {line}" if line else ""
                self.recorder.trace.warnings.append(
                    f"a task that nobody awaits ended with {describe(error)}{place}"
                )

    def _unwind(self) -> None:
        """End every coroutine that is still suspended."""
        self.loop.cancel_all_and_close()

    def _run_loop(self) -> None:
        if self.state.finished:
            return
        try:
            self.loop.run_until_complete(self._done)
        except Deadlock:
            self.endings.stuck()
        except BusyLoop:
            self.endings.busy()
        except EndlessTurns:
            self.endings.spinning()
        except SystemExit as error:
            # asyncio lets it out of a task of the bundle's own; a worker would not exit on it.
            self.endings.fail_task(self.workflows.all[0], error)

    def _close_records(self) -> None:
        """Take the last look at the workflows, before anything unwinds them."""
        if self.state.watchdog.expired:
            return
        for execution in self.workflows.all:
            if execution.instance is not None and not (execution.closed and execution.parent):
                self.recorder.observe(execution)
                self._snapshot(execution)
            self.recorder.close_gate(execution)

    def _on_end(self) -> None:
        self.state.finished = True
        self.recording.finished(self.state.active)
        self._close_records()
        if not self._done.done():
            self._done.set_result(None)

    # -- quiescence ------------------------------------------------------------------------

    def _on_idle(self) -> bool:
        self.state.watchdog.progress()
        if self.state.finished:
            return False
        for execution in self.state.active:
            if execution.instance is not None:
                self.recorder.observe(execution)
        if self._wake_conditions() or self._resolve():
            return True
        self._end_workflow_tasks()
        if self._over_limit():
            return True
        try:
            return self._next_event()
        except RunAborted:
            # An event, not workflow code, ended the run: there is no coroutine to unwind.
            return True

    def _next_event(self) -> bool:
        self.recorder.turn += 1
        if self.state.events:
            self.state.events.popleft()()
            return True
        if self.options.choose is not None:
            turn = self.options.choose(self)
            if turn is Turn.STOP:
                self.endings.interrupted()
                return True
            if turn is not Turn.DEFAULT:
                return turn is Turn.TAKEN
        if self.activities.answer_next():
            return True
        if self.options.agent.act(self):
            return True
        if self.children.end_next_stand_in():
            return True
        if self.loop.has_timers():
            return False
        self.endings.stuck()
        return True

    def _wake_conditions(self) -> bool:
        """Evaluate the conditions of the workflows this event reached; wake those that hold."""
        woken = False
        for execution in list(self.state.active):
            for wait in list(execution.waits):
                try:
                    woken = wait.wake() or woken
                except RunAborted:
                    return True
                except (Exception, SystemExit) as error:  # noqa: BLE001 - the workflow's fault
                    self.endings.fail_task(execution, error)
                    return True
        return woken

    def _resolve(self) -> bool:
        """Do what a worker does by itself before it ends a workflow task."""
        if not self.state.resolutions:
            return False
        while self.state.resolutions:
            self.state.resolutions.popleft()()
        return True

    def _end_workflow_tasks(self) -> None:
        self.recording.tasks_ended()
        for execution in self.state.active:
            if execution.closed:
                execution.waits.clear()
            elif execution.instance is not None:
                self.recorder.show_gate(execution)
                self._snapshot(execution)
        self.state.active.clear()

    def _snapshot(self, execution: Execution) -> None:
        if self.options.snapshots:
            self.recorder.snapshot(execution)

    def answer_query(self, execution: Execution, ask: Callable[[], Answer]) -> Answer:
        """Return what `ask` returns, which calls query handlers of a workflow."""
        return execution.context.copy().run(ask)

    def _over_limit(self) -> bool:
        if self.state.watchdog.expired:
            self.endings.busy()
        elif self.recorder.turn > MAX_EVENTS:
            self.endings.stuck(
                f"more than {MAX_EVENTS} events and no end; Temporal ends a workflow at 51,200 "
                f"history events (about five of ours): end the loop or hand over to a child"
            )
        elif time.monotonic() > self._deadline:
            self.endings.stuck(f"timed out after {self.options.timeout_s:g} real seconds")
        return self.state.finished

    def _blocked(self) -> tuple[Blocked, ...]:
        return blocked_on(
            self.workflows.open(),
            self.activities.unanswered,
            self.recorder,
            self.options.agent.reason,
            self.loop.time(),
        )

    # -- what workflow code asks for (WorkflowCalls) ---------------------------------------------

    def start_activity(
        self, execution: Execution, activity: Any, args: list[Any], options: dict[str, Any]
    ) -> asyncio.Task[Any]:
        """Schedule an activity and return its handle."""
        return self.activities.start(execution, activity, args, options)

    async def start_child(
        self,
        execution: Execution,
        child: Any,
        args: list[Any],
        wanted_id: str | None,
        options: dict[str, Any],
    ) -> ChildHandle:
        """Start a child and return its handle once it has started."""
        return await self.children.start(execution, child, args, wanted_id, options)

    def resolve_child(self, slug: str) -> Any:
        """Return what plays a child slug."""
        return self.children.resolve(slug)

    async def wait_condition(
        self,
        execution: Execution,
        predicate: Callable[[], bool],
        timeout: float | None,  # noqa: ASYNC109 - Temporal's signature
    ) -> None:
        """Suspend until `predicate` holds.

        Always suspends, starts its timer and is checked when the ready queue is dry, as on
        Temporal; a shortcut for a condition that already holds would change the order of commands.
        """
        wait = Wait(
            predicate=predicate,
            future=self.loop.create_future(),
            context=contextvars.copy_context(),
            since=self.loop.time(),
            line=self.recorder.line(),
        )
        execution.waits.append(wait)
        try:
            await asyncio.wait_for(wait.future, timeout)
            wait.held = True
        finally:
            if wait in execution.waits:
                execution.waits.remove(wait)

    def now(self) -> datetime:
        """Return the virtual time as `runbook.now()` answers it."""
        return self.options.start_time + timedelta(seconds=self.loop.time())

    # -- what the loop tells (RunObserver) ------------------------------------------------------

    def in_workflow_code(self) -> bool:
        """Tell whether workflow code is running."""
        return current_execution.get() is not None

    def timer_requested(self, delay: float) -> tuple[Execution, Timer] | None:
        """Record a timer if workflow code asks for it; Temporal counts in milliseconds."""
        execution = current_execution.get()
        if execution is None or self.state.finished:
            return None
        timer = self.recorder.timer(execution, round(delay, 3))
        self.recording.timer_started(execution, timer)
        return execution, timer

    def timer_cancelled(self, timer: tuple[Execution, Timer]) -> None:
        """Record a cancellation by workflow code."""
        execution, record = timer
        if record.outcome is None and not self.state.finished:
            record.outcome = "cancelled"
            self.recorder.close(record)
            self.recorder.command(execution, "cancel_timer", str(record.sequence))
            self.recording.timer_cancelled(execution, record)

    def timer_fired(self, timer: tuple[Execution, Timer]) -> None:
        """Begin a workflow task for a timer that is due."""
        execution, record = timer
        record.outcome = "fired"
        self.recorder.close(record)
        self.recording.timer_fired(execution, record)
        self.state.activate(execution)
        self.recorder.gate_timed_out(execution, record.line)
