"""NTR710: the same scenario twice in one process is the same run."""

from __future__ import annotations

from collections.abc import Iterator

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.checks.reruns.account import account_of
from ntro_testkit.checks.reruns.differing import first_difference, side_by_side
from ntro_testkit.trace import SourceLine
from ntro_testkit.verdict import Verdict

AGAIN = ("second", "third")
"""What every scenario is run as, after it has been run: some things differ only now and then."""

HELP = (
    "keep what a run knows on `self`, set in `__init__`, never in a module or on a class; take "
    "ids, times and random numbers from `runbook`"
)


def second_run_verdicts(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each line at which a scenario is another run when it runs again."""
    seen: set[tuple[SourceLine | None, str]] = set()
    for examined in experiment.runs:
        verdict = _verdict(experiment, examined)
        if verdict is None:
            continue
        place = (verdict.line, "" if verdict.line else verdict.message)
        if place not in seen:
            seen.add(place)
            yield verdict


def _verdict(experiment: Experiment, examined: Examined) -> Verdict | None:
    first = account_of(examined.result)
    for ordinal in AGAIN:
        other = account_of(experiment.run(examined.scenario))
        difference = first_difference(first, other)
        if difference is not None:
            return Verdict(
                code="NTR710",
                message=(
                    f"{difference.where}the {ordinal} run in one process is another: {difference}"
                ),
                scenario=examined.scenario.name,
                slug=examined.result.slug,
                line=difference.line,
                help=HELP,
                comparison=side_by_side("first run", first, f"{ordinal} run", other),
            )
    return None


CHECK = Check(codes=("NTR710",), run=second_run_verdicts)
