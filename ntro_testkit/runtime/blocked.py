"""Tells who waits for what when a run can go on no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ntro_testkit.runtime.execution import Execution
from ntro_testkit.trace import Blocked, SourceLine

if TYPE_CHECKING:
    from ntro_testkit.runtime.engine import Engine


def blocked_on(engine: Engine) -> tuple[Blocked, ...]:
    """Return everything the open workflows of a run wait for; children before their parents.

    The innermost waiter comes first, because a parent only waits for its child.
    """
    found: list[Blocked] = []
    for execution in reversed(engine.workflows.open()):
        found.extend(_waits(engine, execution))
        found.extend(_activities(engine, execution))
        if not any(item.workflow_id == execution.workflow_id for item in found):
            found.append(_other(engine, execution))
    return tuple(found)


def _waits(engine: Engine, execution: Execution) -> list[Blocked]:
    found = []
    gate = engine.recorder.open_gate(execution)
    for wait in execution.waits:
        what, reason = "a condition", None
        if gate is not None:
            what = f"the gate `{gate.kind}`"
            reason = engine.options.agent.reason(execution)
        found.append(
            Blocked(
                execution.workflow_id,
                execution.slug,
                execution.step,
                what,
                wait.since,
                wait.line,
                reason,
            )
        )
        gate = None
    return found


def _activities(engine: Engine, execution: Execution) -> list[Blocked]:
    return [
        Blocked(
            execution.workflow_id,
            execution.slug,
            pending.record.step,
            f"the activity `{pending.definition.name}`",
            pending.record.at_s,
            pending.record.line,
            pending.never,
        )
        for pending in engine.activities.unanswered
        if pending.execution is execution
    ]


def _other(engine: Engine, execution: Execution) -> Blocked:
    open_children = [
        child.info.workflow_id for child in engine.workflows.open() if child.parent is execution
    ]
    what = f"its child {open_children[0]}" if open_children else "something nobody will do"
    line = suspended_line(engine, execution)
    return Blocked(
        execution.workflow_id, execution.slug, execution.step, what, engine.loop.time(), line
    )


def suspended_line(engine: Engine, execution: Execution) -> SourceLine | None:
    """Return the innermost line of bundle code at which the main coroutine is suspended."""
    line: SourceLine | None = None
    awaited: Any = execution.task.get_coro() if execution.task is not None else None
    while awaited is not None:
        frame = getattr(awaited, "cr_frame", None)
        if frame is not None:
            line = engine.recorder.line_of_frame(frame) or line
        awaited = getattr(awaited, "cr_await", None)
    return line
