"""What could happen to a run next, and runs that follow a schedule and stop where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.run_options import Turn
from ntro_testkit.scenario import Scenario
from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    Happening,
    SignalArrives,
    StandInEnds,
    TimerFires,
)
from ntro_testkit.scheduling import happen
from ntro_testkit.trace import RunResult


@dataclass(frozen=True, slots=True)
class Played:
    """A run that followed a schedule.

    Attributes:
        run: what it did; `stuck` where it was stopped.
        happened: the part of the schedule that could happen, all of it where nothing was wrong.
        possible: what could have happened next, the engine's own choice first; empty when the run
            was over.
    """

    run: RunResult
    happened: tuple[Happening, ...]
    possible: tuple[Happening, ...]

    @property
    def over(self) -> bool:
        """Whether the run ended by itself."""
        return not self.possible


def possible(engine: Engine, signals: Iterable[SignalArrives] = ()) -> list[Happening]:
    """Return what could happen at a quiescence, the engine's own choice first.

    These are the answers of activities, the agent's next deed, a stand-in's end, the next timer,
    and then those of `signals` whose workflow is running. The list is empty when the run is stuck.
    """
    found: list[Happening] = [*_completions(engine)]
    if engine.options.agent.could_act(engine):
        found.append(AgentAnswers())
    if engine.children.has_stand_in():
        found.append(StandInEnds())
    if engine.loop.has_timers():
        found.append(TimerFires())
    return [*found, *(signal for signal in signals if _is_running(engine, signal))]


def play(
    experiment: Experiment,
    scenario: Scenario,
    schedule: Sequence[Happening],
    signals: Sequence[SignalArrives] = (),
) -> Played:
    """Let a schedule happen, one after the other, and stop there.

    `scenario` says what people decide and upload; its own schedule is left out. `signals` are
    those to be listed as possible at the stop. Stops early at a happening that cannot happen.
    """
    player = _Player(schedule, signals)
    run = experiment.run(replace(scenario, schedule=()), choose=player.choose)
    return Played(run, tuple(schedule[: player.position]), tuple(player.possible))


class _Player:
    def __init__(self, schedule: Sequence[Happening], signals: Sequence[SignalArrives]) -> None:
        self.position = 0
        self.possible: list[Happening] = []
        self._schedule = schedule
        self._signals = signals

    def choose(self, engine: Engine) -> Turn:
        if self.position < len(self._schedule):
            turn = happen(engine, self._schedule[self.position])
            if turn is not Turn.DEFAULT:
                self.position += 1
                return turn
        self.possible = possible(engine, self._signals)
        # A run that nothing can wake ends by itself, and says what it waits for.
        return Turn.STOP if self.possible else Turn.DEFAULT


def _completions(engine: Engine) -> Iterable[ActivityCompletes]:
    places: dict[str, int] = {}
    for pending in engine.activities.waiting():
        name = pending.definition.name
        place = places.get(name, 0)
        places[name] = place + 1
        yield ActivityCompletes(name, place)


def _is_running(engine: Engine, signal: SignalArrives) -> bool:
    root = engine.workflows.root.workflow_id
    workflow_id = f"{root}:{signal.workflow}" if signal.workflow else root
    return engine.workflows.find(workflow_id) is not None
