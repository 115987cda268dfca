"""Tells who waits for what when a run can go on no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ntro_testkit.runtime.activity_handle import PendingActivity
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.recorder import Recorder
from ntro_testkit.trace import Blocked, Gate, SourceLine


def blocked_on(
    open_executions: list[Execution],
    unanswered: Iterable[PendingActivity],
    recorder: Recorder,
    reason: Callable[[Gate], str | None],
    now: float,
) -> tuple[Blocked, ...]:
    """Return everything the open workflows of a run wait for; children before their parents.

    The innermost waiter comes first, because a parent only waits for its child. `reason` says why a
    gate was not answered.
    """
    found: list[Blocked] = []
    for execution in reversed(open_executions):
        own = [*_waits(execution, recorder, reason), *_activities(execution, unanswered)]
        found += own or [_other(execution, open_executions, recorder, now)]
    return tuple(found)


def _waits(
    execution: Execution, recorder: Recorder, reason: Callable[[Gate], str | None]
) -> Iterator[Blocked]:
    gate = recorder.open_gate(execution)
    for wait in execution.waits:
        what = f"the gate `{gate.kind}`" if gate else "a condition"
        why = reason(gate) if gate else None
        yield _blocked(execution, what, wait.since, wait.line, why)
        # Only the first wait can be the gate's; `await_signal_with_action` opens one at a time.
        gate = None


def _activities(execution: Execution, unanswered: Iterable[PendingActivity]) -> Iterator[Blocked]:
    for pending in unanswered:
        if pending.execution is execution:
            what = f"the activity `{pending.definition.name}`"
            yield _blocked(execution, what, pending.record.at_s, pending.record.line, pending.never)


def _other(
    execution: Execution, open_executions: list[Execution], recorder: Recorder, now: float
) -> Blocked:
    children = [child.workflow_id for child in open_executions if child.parent is execution]
    what = "something nobody will do"
    if children:
        what = f"its child {children[0]}"
    elif recorder.has_open_timer(execution):
        what = "a timer"
    return _blocked(execution, what, now, _suspended_line(execution, recorder), None)


def _blocked(
    execution: Execution, what: str, since: float, line: SourceLine | None, why: str | None
) -> Blocked:
    return Blocked(execution.workflow_id, execution.slug, execution.step, what, since, line, why)


def _suspended_line(execution: Execution, recorder: Recorder) -> SourceLine | None:
    """Return the innermost line of bundle code at which the main coroutine is suspended."""
    line: SourceLine | None = None
    awaited: Any = execution.task.get_coro() if execution.task is not None else None
    while awaited is not None:
        frame = getattr(awaited, "cr_frame", None)
        if frame is not None:
            line = recorder.line_of_frame(frame) or line
        awaited = getattr(awaited, "cr_await", None)
    return line
