"""What the author says always holds (NTR713), asked about every run that was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.invariants import Broken, Invariant, broken, load_author_invariants
from ntro_testkit.trace import RunResult
from ntro_testkit.verdict import Verdict

HELP = "change the code where the invariant is right, the invariant where it is not"


def author_invariants(experiment: Experiment) -> list[Invariant]:
    """Return the invariants of a bundle; none where a class is run that was not loaded from one.

    Raises `BundleError` when the author's scenarios cannot be imported.
    """
    loaded = vars(experiment.harness.workflow_cls).get("__ntro_testkit_bundle__")
    return load_author_invariants(loaded.bundle.directory) if loaded is not None else []


def broken_invariant(
    run: RunResult, found: Broken, scenario: str, evidence: tuple[str, ...] = ()
) -> Verdict:
    """Return the verdict on a run of which an invariant does not hold."""
    return Verdict(
        "NTR713",
        f"`{found.name}` does not hold: {found.reason}",
        scenario,
        slug=run.slug,
        line=found.line,
        help=HELP,
        evidence=evidence,
    )


def _run(experiment: Experiment) -> Iterator[Verdict]:
    invariants = author_invariants(experiment)
    for examined in experiment.runs:
        for found in broken(examined.result, invariants):
            yield broken_invariant(examined.result, found, examined.scenario.name)


CHECK = Check(codes=("NTR713",), run=_run)
