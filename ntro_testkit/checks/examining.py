"""Asks the checks about a bundle, and charges the runs with what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.checks.registry import CHECKS
from ntro_testkit.checks.suppressing import unsuppressed
from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.import_errors import BundleError
from ntro_testkit.mocks import MockError
from ntro_testkit.quiet_logs import hushed
from ntro_testkit.scenario import Scenario
from ntro_testkit.verdict import Verdict

Wants = Callable[[str], bool]
"""Tells whether verdicts of a code are reported."""


def everything(_code: str) -> bool:
    """Want every verdict."""
    return True


def run_all(
    harness: WorkflowHarness, scenarios: Iterable[Scenario], given: Mapping[str, Any]
) -> Experiment:
    """Run a harness through scenarios, for checks to go on from there.

    `given` are the arguments of each run (`input`, `timeout_s`); errors are those of `run`.
    """
    runs = [Examined(one, harness.run_sync(scenario=one, **given)) for one in scenarios]
    return Experiment(harness, runs, given)


def examine(
    experiment: Experiment, wants: Wants = everything, checks: Sequence[Check] = CHECKS
) -> list[Verdict]:
    """Return what the checks have to say, without what is suppressed in the bundle's code.

    Little is said of a bundle whose happy run does not end well: that run says it. A check that
    comes to an activity nobody can answer, or needs scenarios that cannot be imported, says so
    among the warnings of the first run.
    """
    found: list[Verdict] = []
    for check in checks:
        if any(map(wants, check.codes)) and (check.any_end or experiment.happy.ended_well):
            try:
                with hushed():
                    found += check.run(experiment)
            except (BundleError, MockError) as error:
                warnings = experiment.runs[0].result.trace.warnings
                warnings.append(f"not examined for {', '.join(check.codes)}: {error}")
    return list(unsuppressed(verdict for verdict in found if wants(verdict.code)))


def charge(experiment: Experiment, verdicts: Iterable[Verdict]) -> None:
    """Hand each verdict to the run it is charged to, which does not pass then."""
    by_name = {examined.scenario.name: examined.result for examined in experiment.runs}
    for verdict in verdicts:
        by_name[verdict.scenario].verdicts.append(verdict)
