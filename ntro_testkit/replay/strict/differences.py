"""Grades what was found while a history was replayed."""

from __future__ import annotations

from collections.abc import Sequence

from ntro_testkit.history.history import Event
from ntro_testkit.replay.strict import advice
from ntro_testkit.replay.strict.commands import Issued, said, told
from ntro_testkit.replay.strict.contents import changes
from ntro_testkit.replay.strict.gates import Standing
from ntro_testkit.replay.strict.matching import Mismatch
from ntro_testkit.replay.strict.workflow_tasks import WorkflowTask, attributes_of
from ntro_testkit.replay.verdict import Difference
from ntro_testkit.trace import SourceLine


def breaking(
    mismatch: Mismatch, task: WorkflowTask, standing: Standing, unheard: Sequence[str]
) -> Difference:
    """Return the difference Temporal raises as TMPRL1100.

    `unheard` are the signals so far that today's class declares no handler for.
    """
    issued = mismatch.issued
    hint = f"; nothing handles {_quoted(unheard)} any more" if unheard else ""
    return Difference(
        code="NTR801",
        message=f"workflow task {task.number}: {mismatch.why}{hint}",
        task=issued.task if issued is not None else task.number,
        event_id=int(mismatch.event["eventId"]),
        step=issued.step if issued is not None else standing.step,
        line=issued.line if issued is not None else None,
        had=told(mismatch.event),
        now=said(issued) if issued is not None else "nothing",
        advice=advice.for_breaking(issued),
    )


def task_failure(
    task: WorkflowTask, error: str, line: SourceLine | None, step: str | None
) -> Difference:
    """Return the difference of an exception that fails the workflow task."""
    return Difference(
        code="NTR802",
        message=f"workflow task {task.number} fails: {error}",
        task=task.number,
        event_id=task.started_event_id,
        step=step,
        line=line,
        had="commands" if task.recorded else "no failure",
        now=error,
        advice=advice.for_task_failure(),
    )


def moved(
    issued: Issued, event: Event, between: Sequence[WorkflowTask], standings: Sequence[Standing]
) -> Difference:
    """Return the difference of a command that came out of an earlier workflow task than `event`.

    `between` are the tasks after the one it came out of, up to the recorded one; `standings` where
    the workflow stood before each of them, and then the gates it has come to since.
    """
    signals = [name for task in between for name in signals_of(task)]
    answered = [each for each in standings if each.signal in signals]
    before = f"before {_quoted(signals)}{_gate(answered or standings)}" if signals else "earlier"
    recorded = between[-1].number
    return Difference(
        code="NTR803" if signals else "NTR804",
        message=(
            f"{said(issued)} now comes {before}: in workflow task {issued.task}, recorded in "
            f"{recorded}"
        ),
        task=issued.task,
        event_id=int(event["eventId"]),
        step=issued.step,
        line=issued.line,
        had=f"{told(event)} in workflow task {recorded}",
        now=f"{said(issued)} in workflow task {issued.task}",
        advice=advice.for_gate(issued) if signals else advice.for_moved(issued),
    )


def added(issued: Issued, standings: Sequence[Standing], *, awaits_signal: bool) -> Difference:
    """Return the difference of a command that a history in flight has not, at its end or before.

    `awaits_signal` says that the run can be waiting for nothing but a signal.
    """
    across = awaits_signal or any(standing.gate is not None for standing in standings)
    where = f"while the run waits for a signal{_gate(standings)}" if across else "at once"
    return Difference(
        code="NTR803" if across else "NTR804",
        message=(
            f"{said(issued)} now comes {where}: in workflow task {issued.task}, where the history "
            f"has nothing"
        ),
        task=issued.task,
        event_id=None,
        step=issued.step,
        line=issued.line,
        had="nothing",
        now=f"{said(issued)} in workflow task {issued.task}",
        advice=advice.for_gate(issued) if across else advice.for_moved(issued),
    )


def contents(issued: Issued, event: Event, run_timeout: int) -> Difference | None:
    """Return the difference of what a command holds, None when it is the same.

    Raises `ValueError` and its like for a damaged event.
    """
    found = changes(issued, attributes_of(event), run_timeout)
    if not found:
        return None
    return Difference(
        code="NTR805",
        message=f"{said(issued)}: {'; '.join(found)}",
        task=issued.task,
        event_id=int(event["eventId"]),
        step=issued.step,
        line=issued.line,
        had=told(event),
        now="; ".join(found),
        advice=advice.for_contents(),
    )


def signals_of(task: WorkflowTask) -> list[str]:
    """Return the names of the signals that woke the workflow for a task."""
    return [
        str(attributes_of(event).get("signalName", ""))
        for event in task.came
        if event["eventType"] == "EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED"
    ]


def _gate(standings: Sequence[Standing]) -> str:
    found = next((standing for standing in standings if standing.gate is not None), None)
    if found is None:
        return ""
    step = f" of step `{found.step}`" if found.step else ""
    return f" (gate `{found.gate}`{step})"


def _quoted(signals: Sequence[str]) -> str:
    names = [f"`{name}`" for name in dict.fromkeys(signals)]
    return f"signal {names[0]}" if len(names) == 1 else f"signals {', '.join(names)}"
