"""One run through the tree of schedules: along a given trail, then wherever it is led."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.explore.journal import Heard, Journal, Pasts
from ntro_testkit.explore.repertoire import Repertoire
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.run_options import Turn
from ntro_testkit.scenario import Scenario
from ntro_testkit.schedule import AgentAnswers, Happening
from ntro_testkit.scheduling import happen
from ntro_testkit.trace import RunResult

Trail = tuple[int, ...]
"""Which of the possible happenings was taken at each quiescence; 0 is the engine's own choice."""

Lead = Callable[[int], int]
"""Takes one of so many happenings."""


def first(_count: int) -> int:
    """Take the one that the engine would."""
    return 0


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a walk has led.

    Attributes:
        run: what the run did.
        happened: everything that happened, in order.
        trail: the same as choices.
        widths: how many choices there were at each quiescence.
        heard: the history of each workflow; two walks with the same are equivalent. Empty where the
            engine tells of no events.
        cut: it came where another walk had been, and was stopped.
        strayed: its trail could not be followed, as the run is not the same every time.
    """

    run: RunResult
    happened: tuple[Happening, ...]
    trail: Trail
    widths: tuple[int, ...]
    heard: Heard
    cut: bool
    strayed: bool

    @property
    def whole(self) -> bool:
        """Whether the run got to its end."""
        return not self.cut and not self.strayed


class Walker:
    """Walks through the schedules of a scenario; remembers which states it has been in."""

    def __init__(self, experiment: Experiment, scenario: Scenario, repertoire: Repertoire) -> None:
        self._experiment = experiment
        self._scenario = scenario
        self._repertoire = repertoire
        self._pasts = Pasts()
        self._visited: set[Hashable] = set()

    def walk(self, trail: Trail, lead: Lead = first, *, merge: bool = True) -> Walked:
        """Follow a trail, then `lead`; `merge` stops the run in a state that was visited."""
        visited = self._visited if merge else None
        steps = _Steps(self._repertoire, trail, lead, Journal(self._pasts), visited)
        run = self._experiment.run(
            self._scenario, choose=steps.choose, recording=steps.journal, snapshots=False
        )
        return Walked(
            run,
            tuple(steps.happened),
            tuple(steps.trail),
            tuple(steps.widths),
            steps.journal.present,
            steps.cut,
            steps.strayed,
        )


class _Steps:
    """Chooses what comes next in one run."""

    def __init__(
        self,
        repertoire: Repertoire,
        trail: Trail,
        lead: Lead,
        journal: Journal,
        visited: set[Hashable] | None,
    ) -> None:
        self.happened: list[Happening] = []
        self.trail: list[int] = []
        self.widths: list[int] = []
        self.cut = self.strayed = False
        self.journal = journal
        self._repertoire = repertoire
        self._left = repertoire.everything
        self._given = trail
        self._lead = lead
        self._visited = visited

    def choose(self, engine: Engine) -> Turn:
        self.journal.clock = engine.loop.time
        options = self._repertoire.next(engine, self._left)
        if not options:
            return Turn.DEFAULT
        depth = len(self.trail)
        if depth < len(self._given):
            choice = self._given[depth]
            if choice >= len(options):
                self.strayed = True
                return Turn.STOP
        elif self._was_here(engine):
            self.cut = True
            return Turn.STOP
        else:
            choice = self._lead(len(options))
        happening, self._left = options[choice]
        self.trail.append(choice)
        self.widths.append(len(options))
        self.happened.append(happening)
        self.journal.sender = "agent" if isinstance(happening, AgentAnswers) else "schedule"
        return happen(engine, happening)

    def _was_here(self, engine: Engine) -> bool:
        """Tell whether a run has been in this state before, and note that one has been now.

        A state is what every workflow has heard, and what nobody has told them yet: activities that
        wait, the clock, deeds of the agent without effect, and what the schedule may still hold.
        Where the engine tells of no events, no two states are the same.
        """
        present = self.journal.present
        if self._visited is None or not present:
            return False
        waiting = frozenset(
            (pending.execution.workflow_id, pending.activity_id)
            for pending in engine.activities.waiting()
        )
        signals = len(engine.recorder.trace.signals)
        state = (present, waiting, engine.loop.time(), signals, self._left)
        if state in self._visited:
            return True
        self._visited.add(state)
        return False
