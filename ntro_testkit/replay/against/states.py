"""Runs in flight: where each stands, and what today's code makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ntro_testkit.history.history import History
from ntro_testkit.replay.verdict import Difference
from ntro_testkit.runtime.sdk.engine import SdkEngine
from ntro_testkit.runtime.sdk.execution import SdkExecution


@dataclass(frozen=True, slots=True)
class Point:
    """A run in flight, at a quiescence: `number` counts those of its run, from 1.

    `task` is the workflow task of the root that was the last to end, `where` says in words what the
    run waits for. `histories` are those of the executions that are open, the root's first.
    """

    number: int
    task: int
    where: str
    histories: tuple[History, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What today's code makes of a run in flight; no difference means that it goes on unharmed."""

    number: int
    task: int
    where: str
    differences: tuple[Difference, ...]

    @property
    def broken(self) -> bool:
        """Whether the run could not go on, or would come to another end."""
        return any(difference.grade == "breaking" for difference in self.differences)


@dataclass(frozen=True, slots=True)
class Flights:
    """All the states of one scenario's run with the old code."""

    scenario: str
    states: tuple[State, ...]

    def differences(self) -> list[Difference]:
        """Return each difference once, in order of the states that show it."""
        return list(dict.fromkeys(each for state in self.states for each in state.differences))

    def showing(self, difference: Difference) -> list[State]:
        """Return the states that show a difference."""
        return [state for state in self.states if difference in state.differences]


def point_of(engine: SdkEngine, number: int) -> Point:
    """Return where a run stands; called at a quiescence."""
    open_ = {execution.info.run_id for execution in engine.workflows.open_here()}
    root = engine.workflows.root
    return Point(
        number=number,
        task=root.workflow_tasks,
        where=_waiting(engine, engine.workflows.open_here(), root.workflow_id),
        histories=tuple(each for each in engine.histories() if each.run_id in open_),
    )


def _waiting(engine: SdkEngine, open_: Sequence[SdkExecution], workflow_id: str) -> str:
    """Say what an execution waits for: a person first, then what it has asked for."""
    execution = next(each for each in open_ if each.workflow_id == workflow_id)
    gate = engine.recorder.open_gate(execution)
    if gate is not None:
        step = f" of step `{gate.step}`" if gate.step else ""
        return f"waiting at gate `{gate.kind}`{step}"
    activities = engine.activities.awaited_by(execution)
    if activities:
        return f"waiting for {_listed('activity', activities)}"
    children = engine.children.awaited_by(execution)
    if children:
        running = [each for each in open_ if each.parent is execution]
        inner = f", {_waiting(engine, open_, running[0].workflow_id)}" if running else ""
        return f"waiting for {_listed('child', children)}{inner}"
    if engine.recorder.has_open_timer(execution):
        return "waiting for a timer"
    return f"waiting in step `{execution.step}`" if execution.step else "waiting"


def _listed(what: str, names: Sequence[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{what} `{names[0]}`{more}"
