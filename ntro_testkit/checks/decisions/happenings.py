"""Writes down what happens in a run, so that something else can be made to happen in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.run_options import Turn
from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    Happening,
    StandInEnds,
    TimerFires,
)
from ntro_testkit.scheduling import happen
from ntro_testkit.trace import Gate


@dataclass(frozen=True, slots=True)
class Moment:
    """A quiescence: what has happened before it, the root's open gate, how many had opened."""

    before: int
    gate: Gate | None
    gates: int


@dataclass(slots=True)
class Chronicle:
    """Chooses what the engine would, and writes it down.

    `happenings` as the schedule of a scenario leads to the same run, event by event; `moments` are
    the quiescences they happened at.
    """

    happenings: list[Happening] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

    def choose(self, engine: Engine) -> Turn:
        """Let the next event happen in the engine's own order."""
        root = engine.workflows.root
        own = [gate for gate in engine.recorder.trace.gates if gate.workflow_id == root.workflow_id]
        gate = engine.recorder.open_gate(root)
        self.moments.append(Moment(len(self.happenings), gate, len(own)))
        for happening in _in_order(engine):
            turn = happen(engine, happening)
            if turn is not Turn.DEFAULT:
                self.happenings.append(happening)
                return turn
        return Turn.DEFAULT


def _in_order(engine: Engine) -> Iterator[Happening]:
    """Yield what can happen, in the order of `Engine`."""
    waiting = engine.activities.waiting()
    if waiting:
        yield ActivityCompletes(waiting[0].definition.name)
    yield AgentAnswers()
    yield StandInEnds()
    yield TimerFires()
