"""Short ways to ask one check about a bundle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ntro_testkit import HAPPY, REJECT_ALL, RunResult, Scenario, WorkflowHarness
from ntro_testkit import schedule as happenings
from ntro_testkit.checks.check import Check
from ntro_testkit.checks.examining import charge, examine
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.verdict import Verdict


@contextmanager
def experiment(
    bundle: Path,
    *scenarios: Scenario,
    children: Sequence[Any] = (),
    **options: Any,
) -> Iterator[Experiment]:
    """Make an experiment of a bundle that has run the built-in scenarios, or these."""
    with WorkflowHarness(bundle, child_workflows=children, **options) as harness:
        runs = [
            Examined(scenario, harness.run_sync(scenario=scenario))
            for scenario in scenarios or (HAPPY, REJECT_ALL)
        ]
        yield Experiment(harness, runs)


def verdicts(check: Check, bundle: Path, *scenarios: Scenario, **options: Any) -> list[Verdict]:
    """Return what a check says of a bundle, without what the bundle's author has silenced."""
    with experiment(bundle, *scenarios, **options) as made:
        assert made.happy.ended_well, made.happy.summary()
        found = examine(made, checks=[check])
        charge(made, found)
        assert all(not each.result.passed for each in made.runs if each.result.verdicts)
        return found


def pasted(source: str) -> Scenario:
    """Return the scenario that a verdict prints, as an author's file would make it."""
    made: Scenario = eval(source, {"Scenario": Scenario, **vars(happenings)})
    return made


def rerun(source: str | None, bundle: Path, **options: Any) -> RunResult:
    """Run the scenario that a verdict prints."""
    assert source is not None
    with WorkflowHarness(bundle, **options) as harness:
        return harness.run_sync(scenario=pasted(source))
