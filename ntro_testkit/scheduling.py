"""Lets the happenings of a scenario's schedule happen."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from ntro_testkit.answers import note_answer
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.run_options import Turn
from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    Happening,
    SignalArrives,
    StandInEnds,
    TimerFires,
)


class Scheduling:
    """Follows the schedule of one run."""

    def __init__(self, schedule: Sequence[Happening]) -> None:
        self._rest = deque(schedule)

    def choose(self, engine: Engine) -> Turn:
        """Let the next one happen if it can, else leave the turn to the engine's own order."""
        if not self._rest:
            return Turn.DEFAULT
        turn = happen(engine, self._rest[0])
        if turn is not Turn.DEFAULT:
            self._rest.popleft()
        return turn

    def left_over(self, scenario: str) -> list[str]:
        """Return a sentence for each happening that was never possible."""
        return [
            f"scenario `{scenario}` schedules {happening}, which never could happen"
            for happening in self._rest
        ]


def happen(engine: Engine, happening: Happening) -> Turn:
    """Let something happen to a run; `DEFAULT` when it cannot happen now."""
    match happening:
        case SignalArrives(name, payload, workflow):
            done = _signal(engine, workflow, name, payload)
        case ActivityCompletes(activity, place):
            done = engine.activities.answer_named(activity, place)
        case AgentAnswers():
            done = engine.options.agent.act(engine)
        case StandInEnds():
            done = engine.children.end_next_stand_in()
        case TimerFires():
            return Turn.CLOCK if engine.loop.has_timers() else Turn.DEFAULT
    return Turn.TAKEN if done else Turn.DEFAULT


def _signal(engine: Engine, workflow: str, name: str, payload: object) -> bool:
    root = engine.workflows.root.workflow_id
    workflow_id = f"{root}:{workflow}" if workflow else root
    if workflow and engine.workflows.find(workflow_id) is None:
        return False
    note_answer(engine, workflow_id, name, payload)
    engine.workflows.signal(workflow_id, name, payload)
    return True
