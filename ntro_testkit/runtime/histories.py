"""Keeps the history of every execution of a run, event by event as a Temporal server writes it.

Commands are held back until their workflow task is done, because a task's own events come before
them, and because what is begun and cancelled within one task leaves no event at all (it has used up
its number). Order and attributes were taken from histories of a dev server (1.32).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from ntro_testkit.history import payloads
from ntro_testkit.history.failures import failure_as_json
from ntro_testkit.history.history import History
from ntro_testkit.history.options import activity_attributes, child_attributes
from ntro_testkit.history.writer import HistoryWriter
from ntro_testkit.runtime.activity_handle import PendingActivity
from ntro_testkit.runtime.child_handle import SentSignal, StartedChild
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.failures import CancelledError, is_cancellation
from ntro_testkit.runtime.family import family_attributes
from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.runtime.recording import Recording
from ntro_testkit.trace import Timer

Write = Callable[[], None]


class ExecutionHistory:
    """The history of one execution, and the commands of its workflow task under way."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.writer = HistoryWriter(now)
        self._commands: dict[Any, Write] = {}
        self._cancelled: list[Any] = []
        self._last: Write | None = None
        self._closed = False

    def command(self, key: Any, write: Write) -> None:
        """Note a command, to be written when its workflow task is done."""
        self._commands[key] = write

    def last_command(self, write: Write) -> None:
        """Note the command that closes the execution; core moves it to the end of its task."""
        if self._last is None:
            self._last = write

    def withdraw(self, key: Any) -> bool:
        """Take back a command of the task under way; False when it was made in an earlier one."""
        return self._commands.pop(key, None) is not None

    def cancel_activity(self, activity: Any) -> None:
        """Note the command that cancels an activity of an earlier task.

        Nobody has begun it, so the server confirms as soon as the commands are written.
        """
        self.command(("cancel", activity), lambda: self.writer.activity_cancel_requested(activity))
        self._cancelled.append(activity)

    def event(self, write: Write) -> None:
        """Write something that reaches the execution from outside, unless it is closed."""
        if self.is_closed:
            return
        if self._commands:
            self.end_task()
        write()

    def end_task(self) -> None:
        """Write the workflow task and what came out of it."""
        if self._closed:
            return
        self.writer.task()
        for write in self._commands.values():
            write()
        self._commands.clear()
        cancelled, self._cancelled = self._cancelled, []
        if self._last is not None:
            self._last()
            self._closed = True
        elif cancelled:
            for activity in cancelled:
                self.writer.activity_cancelled(activity)
            self.writer.task()

    def drop_task(self) -> None:
        """Forget the commands of a workflow task that never came to its end."""
        self._commands.clear()

    @property
    def is_closed(self) -> bool:
        """Tell whether the execution's last command has been made."""
        return self._last is not None


class HistoryRecording(Recording):
    """Writes one history per execution; `now` is the run's virtual clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._all: dict[Execution, ExecutionHistory] = {}
        self._under_way: dict[ExecutionHistory, None] = {}

    def histories(self) -> list[History]:
        """Return the history of each execution, the root's first, then in order of their starts."""
        return [history.writer.history() for history in self._all.values()]

    def tasks_ended(self) -> None:
        """Write the workflow tasks that are done, with their commands."""
        for history in self._under_way:
            history.end_task()
        self._under_way.clear()

    def finished(self, unfinished: Collection[Execution]) -> None:
        """Write the last tasks; one that was cut short leaves nothing."""
        for execution in unfinished:
            history = self._all.get(execution)
            if history is not None and not history.is_closed:
                history.drop_task()
                self._under_way.pop(history, None)
        self.tasks_ended()

    def _of(self, execution: Execution) -> ExecutionHistory:
        history = self._all[execution]
        self._under_way[history] = None
        return history

    # -- an execution ----------------------------------------------------------------------------

    def execution_started(self, execution: Execution, arguments: Sequence[Payload]) -> None:
        """Begin its history."""
        self._all[execution] = ExecutionHistory(self._now)
        info, parent = execution.info, execution.parent
        self._of(execution).writer.started(
            info.workflow_type,
            _all_as_json(arguments),
            workflow_id=info.workflow_id,
            run_id=info.run_id,
            parent=(info.parent.workflow_id, info.parent.run_id) if info.parent else None,
            more=family_attributes(execution, self._all[parent].writer if parent else None),
        )

    def signaled(self, execution: Execution, name: str, arguments: Sequence[Payload]) -> None:
        """Write the event."""
        history = self._of(execution)
        history.event(lambda: history.writer.signaled(name, _all_as_json(arguments)))

    def completed(self, execution: Execution, result: Payload) -> None:
        """Note the command."""
        history = self._of(execution)
        history.last_command(lambda: history.writer.completed(_as_json(result)))

    def failed(self, execution: Execution, error: BaseException) -> None:
        """Note the command: a failure, or a cancellation that was asked for."""
        history = self._of(execution)
        if execution.cancel_requested and is_cancellation(error):
            history.last_command(history.writer.cancelled)
        else:
            failure = failure_as_json(error)
            history.last_command(lambda: history.writer.failed(failure))

    # -- timers ----------------------------------------------------------------------------------

    def timer_started(self, execution: Execution, timer: Timer) -> None:
        """Note the command."""
        history, key = self._of(execution), ("timer", timer.sequence)
        number, seconds = str(timer.sequence), timer.seconds
        history.command(key, lambda: history.writer.timer_started(key, number, seconds))

    def timer_cancelled(self, execution: Execution, timer: Timer) -> None:
        """Note the command, unless the timer was started in the same task."""
        history, key = self._of(execution), ("timer", timer.sequence)
        number = str(timer.sequence)
        if not history.withdraw(key):
            history.command(("cancel", key), lambda: history.writer.timer_cancelled(key, number))

    def timer_fired(self, execution: Execution, timer: Timer) -> None:
        """Write the event."""
        history, key = self._of(execution), ("timer", timer.sequence)
        history.event(lambda: history.writer.timer_fired(key, str(timer.sequence)))

    # -- activities ------------------------------------------------------------------------------

    def activity_scheduled(
        self, activity: PendingActivity, arguments: Sequence[Payload], options: Mapping[str, Any]
    ) -> None:
        """Note the command."""
        history = self._of(activity.execution)
        history.command(
            activity,
            lambda: history.writer.activity_scheduled(
                activity,
                activity.activity_id,
                activity.definition.name,
                _all_as_json(arguments),
                activity_attributes(options),
            ),
        )

    def activity_cancel_requested(self, activity: PendingActivity) -> None:
        """Note the command, unless the activity was scheduled in the same task."""
        history = self._of(activity.execution)
        if not history.withdraw(activity):
            history.cancel_activity(activity)

    def activity_completed(self, activity: PendingActivity, result: Payload) -> None:
        """Write the events, unless the server has confirmed its cancellation already."""
        if not activity.answered:
            history = self._of(activity.execution)
            history.event(lambda: history.writer.activity_completed(activity, _as_json(result)))

    def activity_failed(self, activity: PendingActivity, error: BaseException) -> None:
        """Write the events, unless the server has confirmed its cancellation already."""
        if not activity.answered:
            history = self._of(activity.execution)
            failure = failure_as_json(error)
            history.event(lambda: history.writer.activity_failed(activity, failure))

    # -- children, in the histories of their parents ----------------------------------------------

    def child_initiated(
        self, child: StartedChild, arguments: Sequence[Payload], options: Mapping[str, Any]
    ) -> None:
        """Note the command."""
        history = self._of(child.parent)
        history.command(
            child,
            lambda: history.writer.child_initiated(
                child,
                child.record.workflow_id,
                child.wire_type,
                _all_as_json(arguments),
                child_attributes(options),
            ),
        )

    def child_withdrawn(self, child: StartedChild) -> None:
        """Forget the command."""
        self._of(child.parent).withdraw(child)

    def child_started(self, child: StartedChild) -> None:
        """Write the event."""
        history = self._of(child.parent)
        history.event(
            lambda: history.writer.child_started(child, child.record.workflow_id, child.run_id)
        )

    def child_start_failed(self, child: StartedChild) -> None:
        """Write the event."""
        history = self._of(child.parent)
        history.event(lambda: history.writer.child_start_failed(child, child.record.workflow_id))

    def child_closed(
        self, child: StartedChild, result: Payload | None, error: BaseException | None
    ) -> None:
        """Write the event."""
        history = self._of(child.parent)
        how, attributes = _child_ending(result, error)
        history.event(lambda: history.writer.child_closed(child, how, attributes))

    def child_cancel_requested(self, child: StartedChild) -> None:
        """Note the command."""
        history = self._of(child.parent)
        history.command(("cancel", child), lambda: history.writer.child_cancel_requested(child))

    def child_cancel_delivered(self, child: StartedChild) -> None:
        """Write the events: the parent's, and the child's if it has a history."""
        parent = self._of(child.parent)
        parent.event(lambda: parent.writer.child_cancel_delivered(child))
        if child.execution is not None and not child.execution.closed:
            own = self._of(child.execution)
            info = child.parent.info
            own.event(lambda: own.writer.cancel_requested(info.workflow_id, info.run_id))

    def signal_initiated(self, signal: SentSignal) -> None:
        """Note the command."""
        history = self._of(signal.child.parent)
        workflow_id, payload = signal.child.record.workflow_id, _as_json(signal.payload)
        history.command(
            signal,
            lambda: history.writer.signal_initiated(signal, workflow_id, signal.name, [payload]),
        )

    def signal_withdrawn(self, signal: SentSignal) -> None:
        """Forget the command."""
        self._of(signal.child.parent).withdraw(signal)

    def signal_delivered(self, signal: SentSignal, *, found: bool) -> None:
        """Write the event of the parent; the child's is written as for any signal."""
        history = self._of(signal.child.parent)
        workflow_id = signal.child.record.workflow_id
        history.event(lambda: history.writer.signal_delivered(signal, workflow_id, found=found))


def _as_json(payload: Payload) -> payloads.Payload:
    if payload.raw and payload.data is not None:
        return payloads.bytes_payload(payload.data)
    return payloads.json_payload(payload.data)


def _all_as_json(sent: Sequence[Payload]) -> list[payloads.Payload]:
    return [_as_json(payload) for payload in sent]


def _child_ending(
    result: Payload | None, error: BaseException | None
) -> tuple[str, dict[str, Any]]:
    """Return how a child ended, in the word of its event, and the attributes that say more."""
    if error is None:
        return "COMPLETED", {"result": {"payloads": [_as_json(result or Payload(None))]}}
    if isinstance(error, CancelledError):
        return "CANCELED", {}
    return "FAILED", {
        "failure": failure_as_json(error),
        "retryState": "RETRY_STATE_RETRY_POLICY_NOT_SET",
    }
