"""Explores a scenario: which orders of its events end badly, and the shortest of each kind."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ntro_testkit.checks.decisions import stale_approval
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.invariants import author_invariants
from ntro_testkit.checks.suppressing import unsuppressed
from ntro_testkit.explore.faults import Fault, faults
from ntro_testkit.explore.journal import Heard
from ntro_testkit.explore.repertoire import Bounds, Repertoire
from ntro_testkit.explore.search import Budget, Exhaustive, at_random
from ntro_testkit.explore.shrinking import shrink
from ntro_testkit.explore.walk import Walked, Walker
from ntro_testkit.explore.words import told
from ntro_testkit.invariants import Invariant
from ntro_testkit.quiet_logs import hushed
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.scenario_source import reproduction
from ntro_testkit.schedule import Happening
from ntro_testkit.trace import RunResult
from ntro_testkit.verdict import Verdict

SCHEDULES = 2_000
"""Runs that one exploration may take unless it is told otherwise."""

SECONDS = 5.0
"""Real seconds that one exploration may take unless it is told otherwise."""

SHARE_OF_CHANCE = 0.5
"""Of a budget that is too small for all schedules, so much is kept for schedules at random: the
others all lie near the usual order."""

MAX_FAULTS = 10
"""Faults that are shrunk and told; a bundle with more has enough to do."""

HELP = {
    "NTR702": stale_approval.HELP,
    "NTR712": "make the workflow ready for each event whenever it can come",
    "NTR713": "change the code where the invariant is right, the invariant where it is not",
}

Progress = Callable[[int], None]
"""Is told after each run how many there have been."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """What an exploration has found.

    Attributes:
        scenario: the name of the scenario whose events were reordered.
        tried: schedules that were run to their end.
        merged: runs that were equivalent to others, most of them stopped as soon as that showed.
        exhausted: whether these are all there are, within the bounds.
        seed: what the random part began with; None where there was none.
        seconds: real seconds it took, without the shrinking.
        verdicts: what is wrong, one for each fault.
        problem: why there was nothing to explore, or why what was found is not all there is.
    """

    scenario: str
    tried: int
    merged: int
    exhausted: bool
    seed: int | None
    seconds: float
    verdicts: tuple[Verdict, ...] = ()
    problem: str | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.verdicts and self.problem is None

    def summary(self) -> str:
        """Return what was done in one line."""
        if self.problem is not None:
            return f"{self.scenario}: {self.problem}"
        number = f"all {self.tried}" if self.exhausted else str(self.tried)
        chance = f", the last ones at random (seed {self.seed})" if self.seed is not None else ""
        return f"{self.scenario}: {number} schedules in {self.seconds:.1f} s{chance}"


@dataclass(frozen=True, slots=True)
class _Found:
    fault: Fault
    schedule: tuple[Happening, ...]


def explore(
    experiment: Experiment,
    scenario: Scenario = HAPPY,
    *,
    seconds: float = SECONDS,
    schedules: int = SCHEDULES,
    seed: int | None = None,
    progress: Progress | None = None,
    invariants: Sequence[Invariant] | None = None,
    bounds: Bounds | None = None,
    known: Collection[Verdict] = (),
) -> Exploration:
    """Try the orders in which the events of a scenario can come.

    All of them where `schedules` and `seconds` suffice, else half of that nearest to the usual
    order, and half at random from `seed`, which is drawn where none is given. The scenario's own
    schedule is left out. `invariants` are asked about every run that ends, those of the bundle's
    author where none are given. Verdicts are charged to the scenario, or to one that was run; what
    `known` ones say of the same line is not said again.

    Raises `BundleError` when the author's invariants cannot be imported, `MockError` when nothing
    can answer an activity.
    """
    usual_scenario = replace(scenario, schedule=())
    usual = experiment.run(usual_scenario)
    if not usual.ended_well:
        problem = f"it does not end well in the usual order: {usual.error or usual.status}"
        return Exploration(scenario.name, 0, 0, False, None, 0.0, problem=problem)
    if invariants is None:
        invariants = author_invariants(experiment)
    search = _Search(experiment, usual_scenario, usual, invariants, bounds or Bounds(), known)
    started = time.monotonic()
    with hushed():
        for number, walked in enumerate(search.walks(Budget(schedules, seconds), seed), start=1):
            search.note(walked)
            if progress is not None:
                progress(number)
    return Exploration(
        scenario=scenario.name,
        tried=search.tried,
        merged=search.merged,
        exhausted=search.exhausted,
        seed=search.seed,
        seconds=time.monotonic() - started,
        verdicts=tuple(unsuppressed(search.verdicts())),
        problem=search.problem,
    )


class _Search:
    """One exploration under way: what it has counted and found."""

    def __init__(
        self,
        experiment: Experiment,
        scenario: Scenario,
        usual: RunResult,
        invariants: Sequence[Invariant],
        bounds: Bounds,
        known: Collection[Verdict],
    ) -> None:
        self.tried = self.merged = 0
        self.exhausted = False
        self.seed: int | None = None
        self.problem: str | None = None
        self._experiment = experiment
        self._scenario = scenario
        self._usual = usual
        self._invariants = invariants
        self._known = {(verdict.code, verdict.line) for verdict in known if verdict.line}
        self._walker = Walker(experiment, scenario, Repertoire(usual, bounds))
        self._heard: set[Heard] = set()
        self._found: dict[tuple[str, str], _Found] = {}

    def walks(self, budget: Budget, seed: int | None) -> Iterator[Walked]:
        """Walk in order, then at random."""
        exhaustive = Exhaustive(self._walker)
        part = budget.part(1 - SHARE_OF_CHANCE)
        yield from exhaustive.walks(part)
        budget.spent += part.spent
        self.exhausted = exhaustive.done
        if not exhaustive.done:
            self.seed = secrets.randbelow(2**32) if seed is None else seed
            yield from at_random(self._walker, budget, self.seed)

    def note(self, walked: Walked) -> None:
        """Count a walk, and keep the first schedule of each fault it shows."""
        if walked.strayed:
            self.problem = "its runs are not the same every time, so no order can be tried again"
            return
        if walked.cut or walked.heard in self._heard:
            self.merged += 1
            return
        if walked.heard:
            self._heard.add(walked.heard)
        self.tried += 1
        for fault in faults(walked.run, self._usual, self._invariants):
            if len(self._found) < MAX_FAULTS and (fault.code, fault.line) not in self._known:
                self._found.setdefault(fault.key, _Found(fault, walked.happened))

    def verdicts(self) -> Iterator[Verdict]:
        """Yield a verdict for each fault, with the shortest schedule that shows it."""
        for number, found in enumerate(self._found.values(), start=1):
            name = f"{self._scenario.name}_{found.fault.code.lower()}_{number}"
            yield self._verdict(found, replace(self._scenario, name=name))

    def _verdict(self, found: _Found, named: Scenario) -> Verdict:
        """Shrink under the name the schedule gets: ids, and so payloads, depend on it."""
        key = found.fault.key

        def fault_of(schedule: Sequence[Happening]) -> Fault | None:
            run = self._experiment.run(replace(named, schedule=list(schedule)))
            shown = faults(run, self._usual, self._invariants)
            return next((fault for fault in shown if fault.key == key), None)

        if fault_of(found.schedule) is None:
            return self._told(found.fault, found.schedule, None)
        shortest = shrink(found.schedule, lambda schedule: fault_of(schedule) is not None)
        shown = fault_of(shortest)
        assert shown is not None
        return self._told(shown, shortest, replace(named, schedule=shortest))

    def _told(
        self, fault: Fault, schedule: Sequence[Happening], reproducing: Scenario | None
    ) -> Verdict:
        return Verdict(
            fault.code,
            fault.message,
            self._experiment.charged(self._scenario.name)
            if self._experiment.runs
            else self._scenario.name,
            slug=self._usual.slug,
            line=fault.line,
            help=HELP[fault.code],
            evidence=(*told(schedule), *fault.evidence),
            reproduce=reproduction(reproducing) if reproducing else None,
        )
