"""Examines the runs of a bundle as thoroughly as it was asked to, and gathers what is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ntro_testkit.checks.examining import Wants, everything, examine
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.suppressing import unsuppressed
from ntro_testkit.verdict import Verdict

if TYPE_CHECKING:
    from ntro_testkit.twin.order import TwinOrder
    from ntro_testkit.twin.twin import Twin

SECOND_RUN, TWIN = "NTR710", "NTR709"


@dataclass(frozen=True, slots=True)
class Exploring:
    """How far the orders of events are explored, for each scenario; `seed` None is drawn."""

    seconds: float = 5.0
    schedules: int = 2000
    seed: int | None = None
    progress: Callable[[str, int], None] = lambda _scenario, _runs: None
    """Told the scenario and how many runs there have been."""


@dataclass(frozen=True, slots=True)
class AskedTwin:
    """A twin that is at work, and the order it was given for the bundle."""

    twin: Twin
    order: TwinOrder


@dataclass(frozen=True, slots=True)
class Thoroughness:
    """What is done beside the checks that are always made."""

    twin: AskedTwin | None = None
    crash: bool = False
    exploring: Exploring | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found; `notes` say what was done beyond it, or could not be."""

    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()


def examination_of(
    experiment: Experiment, wants: Wants = everything, how: Thoroughness | None = None
) -> Examination:
    """Ask everything that was asked for of a bundle, and nothing twice.

    Raises `BackendError` where crashes need a temporalio that is not there, `TwinError` when the
    twin died, `BundleError` and `MockError` as exploring does.
    """
    how = how or Thoroughness()
    notes: list[str] = []
    found = examine(experiment, wants)
    if experiment.happy.ended_well:
        more = [*_from_twin(experiment, how.twin, notes), *_from_crashes(experiment, how.crash)]
        found += unsuppressed(verdict for verdict in more if wants(verdict.code))
        found += _explored(experiment, how.exploring, found, wants, notes)
    return Examination(tuple(_told_once(found)), tuple(notes))


def _from_twin(
    experiment: Experiment, asked: AskedTwin | None, notes: list[str]
) -> Iterator[Verdict]:
    if asked is None:
        return
    from ntro_testkit.twin.hazards import suspect_called
    from ntro_testkit.twin.verdicts import twin_notes, twin_verdicts

    answer = asked.twin.answer(asked.order)
    notes += twin_notes(experiment, answer)
    called = [
        suspect_called(call.code, call.name, call.line)
        for examined in experiment.runs
        for call in examined.result.trace.hazards
    ]
    yield from twin_verdicts(experiment, answer, called)


def _from_crashes(experiment: Experiment, wanted: bool) -> Iterator[Verdict]:
    if wanted:
        from ntro_testkit.checks.reruns.crash import crash_verdicts

        yield from crash_verdicts(experiment)


def _explored(
    experiment: Experiment,
    how: Exploring | None,
    known: Sequence[Verdict],
    wants: Wants,
    notes: list[str],
) -> Iterator[Verdict]:
    """Explore each scenario that was run; yield what the checks have not said already."""
    if how is None:
        return
    from ntro_testkit.explore.exploring import explore

    said = list(known)
    for examined in experiment.runs:
        name = examined.scenario.name
        found = explore(
            experiment,
            examined.scenario,
            seconds=how.seconds,
            schedules=how.schedules,
            seed=how.seed,
            progress=partial(how.progress, name),
            known=said,
        )
        notes.append(f"explored {found.summary()}")
        new = [verdict for verdict in found.verdicts if wants(verdict.code)]
        said += new
        yield from new


def _told_once(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Leave out second runs that differ at a line where the twin differs: it says more of it."""
    verdicts = list(verdicts)
    twins = {verdict.line for verdict in verdicts if verdict.code == TWIN and verdict.line}
    yield from (each for each in verdicts if each.code != SECOND_RUN or each.line not in twins)
