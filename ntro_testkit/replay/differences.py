"""Grades what was found while a history was replayed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntro_testkit.history.history import Event
from ntro_testkit.replay import advice
from ntro_testkit.replay.commands import Issued, said, told
from ntro_testkit.replay.contents import changes
from ntro_testkit.replay.matching import Mismatch
from ntro_testkit.replay.verdict import Difference
from ntro_testkit.replay.workflow_tasks import WorkflowTask, attributes_of
from ntro_testkit.trace import SourceLine


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a workflow stood at the end of a task: its step, and the gate that was open."""

    step: str | None = None
    gate: str | None = None


def breaking(mismatch: Mismatch, task: WorkflowTask, standing: Standing) -> Difference:
    """Return the difference Temporal raises as TMPRL1100."""
    issued = mismatch.issued
    return Difference(
        code="NTR801",
        message=f"workflow task {task.number}: {mismatch.why}",
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
    issued: Issued,
    event: Event | None,
    between: Sequence[WorkflowTask],
    standings: Sequence[Standing],
) -> Difference:
    """Return the difference of a command that came out of an earlier workflow task.

    `event` is the one that took it, None where the history ends before. `between` are the tasks
    after the one it came out of, up to the recorded one; `standings` where the workflow stood
    before each of them.
    """
    signals = [name for task in between for name in _signals(task)]
    gates = [standing for standing in standings if standing.gate is not None]
    across = bool(signals) or (event is None and bool(gates))
    before = f"before {_quoted(signals)}" if signals else "before anything else happened"
    if across and gates:
        at = gates[0]
        where = f" of step `{at.step}`" if at.step else ""
        before = f"before gate `{at.gate}`{where} is answered" + (
            f" by {_quoted(signals)}" if signals else ""
        )
    recorded = f"in workflow task {between[-1].number}" if event is not None else "not at all"
    return Difference(
        code="NTR803" if across else "NTR804",
        message=(
            f"{said(issued)} now comes {before}, in workflow task {issued.task}; the history has "
            f"it {recorded}"
        ),
        task=issued.task,
        event_id=int(event["eventId"]) if event is not None else None,
        step=issued.step,
        line=issued.line,
        had=f"{told(event)} {recorded}" if event is not None else "nothing",
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


def _signals(task: WorkflowTask) -> list[str]:
    return [
        str(attributes_of(event).get("signalName", ""))
        for event in task.came
        if event["eventType"] == "EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED"
    ]


def _quoted(signals: Sequence[str]) -> str:
    names = [f"`{name}`" for name in dict.fromkeys(signals)]
    return f"signal {names[0]}" if len(names) == 1 else f"signals {', '.join(names)}"
