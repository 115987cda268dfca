"""NTR709: what differs between the runs here and in the twin's process, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.checks.reruns.account import Account, account_of
from ntro_testkit.checks.reruns.differing import Difference, first_difference, side_by_side
from ntro_testkit.trace import SourceLine
from ntro_testkit.twin.answers import ElsewhereRun, ImportFault, TwinAnswer, TwinRun, scenario_text
from ntro_testkit.twin.hazards import Suspect, behind, suspects_in
from ntro_testkit.twin.worlds import Factor
from ntro_testkit.verdict import Verdict

CODE = "NTR709"

ANOTHER_PROCESS = "in another process"
EVERY_TIME = "every time it runs"

HELP = (
    "take time, ids and random numbers from `runbook`, sort what is a set, and read environment, "
    "files and host in an activity or from the input"
)

_IN_WORDS: dict[Factor, str] = {
    "clock": "at another time",
    "time zone": "in another time zone",
    "locale": "under another locale",
    "environment": "with other environment variables",
    "random numbers": "with other random numbers",
    "working directory": "in another working directory",
    "machine": "on another machine",
}


@dataclass(frozen=True, slots=True)
class _Parting:
    """Where a run here and one there part, and what was other there."""

    difference: Difference
    circumstances: str
    here: Account
    there: Account
    causes: tuple[Factor, ...] = ()
    world: str | None = None


def twin_verdicts(
    experiment: Experiment, answer: TwinAnswer, called: Sequence[Suspect] = ()
) -> Iterator[Verdict]:
    """Yield a verdict for each line at which runs part, and for imports that fail elsewhere.

    `called` are hazards that the runs were seen to call; the lint's are looked up where needed.
    """
    if answer.problem is not None:
        yield Verdict(
            code=CODE,
            message=f"another process cannot run the bundle: {answer.problem}",
            scenario=experiment.charged(),
            slug=experiment.definition.slug,
            help=HELP,
        )
    yield from _import_verdicts(experiment, answer.import_faults)
    runs = {run.scenario: run for run in answer.runs}
    suspects: Sequence[Suspect] | None = None
    seen: set[object] = set()
    for examined in experiment.runs:
        run = runs.get(examined.scenario.name)
        parting = None if run is None else _parting(examined, run)
        if parting is None:
            continue
        key = parting.difference.line or str(parting.difference)
        if key in seen:
            continue
        seen.add(key)
        if suspects is None:
            suspects = [*suspects_in(experiment.harness.workflow_cls), *called]
        yield _verdict(examined, parting, suspects)


def twin_notes(experiment: Experiment, answer: TwinAnswer) -> list[str]:
    """Return a sentence for each scenario that could not be compared, and why."""
    notes = [
        f"the twin cannot run the scenario `{name}`: it is in no `tests/scenarios.py`"
        for name in answer.missing
    ]
    here = {examined.scenario.name: examined.scenario for examined in experiment.runs}
    notes += [
        f"the scenario `{run.scenario}` is another one in another process, so its runs were not "
        f"compared: its values depend on time, chance or surroundings"
        for run in answer.runs
        if run.scenario in here and scenario_text(here[run.scenario]) != run.scenario_text
    ]
    return notes


def _parting(examined: Examined, run: TwinRun) -> _Parting | None:
    """Return where a run first differs: from the twin's in the same surroundings, or elsewhere."""
    if scenario_text(examined.scenario) != run.scenario_text:
        return None
    here = account_of(examined.result)
    difference = first_difference(here, run.account)
    if difference is None:
        return next(filter(None, (_elsewhere(here, each) for each in run.elsewhere)), None)
    if not run.steady:
        return _Parting(difference, EVERY_TIME, here, run.account)
    # Where we have what a factor leads to, it is that factor in which we differ from the twin.
    like_here = (each for each in run.elsewhere if first_difference(here, each.account) is None)
    causes = next((each.causes for each in like_here), ())
    return _Parting(difference, _circumstances(causes), here, run.account, causes)


def _elsewhere(here: Account, run: ElsewhereRun) -> _Parting | None:
    difference = first_difference(here, run.account)
    if difference is None:
        return None
    circumstances = _circumstances(run.causes, f"in {run.world}")
    return _Parting(difference, circumstances, here, run.account, run.causes, run.world)


def _circumstances(causes: Sequence[Factor], otherwise: str = ANOTHER_PROCESS) -> str:
    return " or ".join(_IN_WORDS[cause] for cause in causes) or otherwise


def _verdict(examined: Examined, parting: _Parting, suspects: Sequence[Suspect]) -> Verdict:
    difference = parting.difference
    evidence = [_seen(parting), *behind(difference.line, parting.causes, suspects)]
    return Verdict(
        code=CODE,
        message=f"{difference.where}{difference}, {parting.circumstances}",
        scenario=examined.scenario.name,
        slug=examined.result.slug,
        line=difference.line,
        help=HELP,
        evidence=tuple(evidence),
        comparison=side_by_side("here", parting.here, "twin", parting.there),
    )


def _seen(parting: _Parting) -> str:
    if parting.causes:
        each = "each of these" if len(parting.causes) > 1 else "this"
        return f"{each} alone makes the difference: {', '.join(parting.causes)}"
    if parting.world is not None:
        return f"nothing alone makes the difference, only all of {parting.world} together"
    if parting.circumstances == EVERY_TIME:
        return "two runs of the twin differ from each other too, in the same surroundings"
    return "the twin's surroundings were like ours; its hash seed and its memory were not"


def _import_verdicts(experiment: Experiment, faults: Iterable[ImportFault]) -> Iterator[Verdict]:
    seen: set[tuple[SourceLine | None, Factor]] = set()
    for fault in faults:
        if (fault.line, fault.factor) not in seen:
            seen.add((fault.line, fault.factor))
            yield Verdict(
                code=CODE,
                message=f"the bundle cannot be imported {_IN_WORDS[fault.factor]}: {fault.problem}",
                scenario=experiment.charged(),
                slug=experiment.definition.slug,
                line=fault.line,
                help=HELP,
            )
