"""What can go wrong when today's code takes a run over, beside what its history shows."""

from __future__ import annotations

from ntro_testkit.history.history import History
from ntro_testkit.replay.against.states import Point
from ntro_testkit.replay.strict import advice
from ntro_testkit.replay.verdict import Difference
from ntro_testkit.runtime.sdk.engine import SdkEngine
from ntro_testkit.trace import RunResult

_ENDS = {"completed": "completes", "failed": "fails", "stuck": "gets stuck"}
"""Status -> what a run does that ends so."""


def gone_type(history: History, point: Point) -> Difference:
    """Return the difference of a run whose workflow type no bundle of today has."""
    name = history.workflow_type
    return Difference(
        code="NTR802",
        message=f"no workflow class has the type `{name}` any more: no worker takes its tasks",
        task=point.task,
        event_id=1,
        step=None,
        line=None,
        had=f"workflow `{name}`",
        now="nothing",
        advice=advice.for_gone_type(),
    )


def missing_child(error: str, point: Point) -> Difference:
    """Return the difference of a run that now starts a child nobody plays."""
    said = error.removeprefix(": ")
    return Difference(
        code="NTR802",
        message=f"today's code cannot be followed: {said}",
        task=point.task,
        event_id=None,
        step=None,
        line=None,
        had="no such child",
        now=said,
        advice=advice.for_missing_child(),
    )


def other_end(old: RunResult, now: RunResult, engine: SdkEngine) -> Difference | None:
    """Return the difference of a run that ends worse than it did; None when it does not.

    Whoever completes has ended well; a failure is as good an end only where the old code failed.
    """
    if now.status == "completed" or now.status == old.status:
        return None
    root = engine.workflows.root
    fails_task = now.status == "task-failed"
    does = "fails its workflow task" if fails_task else _ENDS[now.status]
    error = (now.error or "").replace(f" at {now.line}", "")
    unsent = _unsent(engine) if now.status == "stuck" else ""
    return Difference(
        code="NTR802" if fails_task else "NTR806",
        message=f"taken over by today's code, the run {does}{unsent}: {error}",
        task=root.workflow_tasks,
        event_id=None,
        step=root.step,
        line=now.line,
        had=f"the run {_ENDS[old.status]}",
        now=f"the run {does}",
        advice=advice.for_task_failure() if fails_task else advice.for_other_end(),
    )


def _unsent(engine: SdkEngine) -> str:
    """Say that the code waits for what a server has not been asked for."""
    if not any(execution.held for execution in engine.workflows.open_here()):
        return ""
    return " (what it asks for goes out with its next workflow task, and nothing brings one)"
