"""Puts runs of a bundle under examination, asks a check, and runs what its verdict prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ntro_testkit import HAPPY, REJECT_ALL, RunResult, Scenario, WorkflowHarness
from ntro_testkit.author_scenarios import SCENARIOS_FILE, load_author_scenarios
from ntro_testkit.checks.check import Check
from ntro_testkit.checks.examining import charge, examine, run_all
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.verdict import Verdict
from tests.bundles import run

BUILT_IN = (HAPPY, REJECT_ALL)


def experiment(bundle: Path, *scenarios: Scenario, **options: Any) -> Experiment:
    """Run a bundle through scenarios, HAPPY where none is given; `options` go to the harness."""
    return run_all(WorkflowHarness(bundle, **options), scenarios or (HAPPY,), {})


def verdicts(check: Check, bundle: Path, *scenarios: Scenario, **options: Any) -> list[Verdict]:
    """Return what a check says of a bundle, both built-in scenarios where none is given.

    Without what the bundle's author has silenced; its happy run has to end well.
    """
    made = experiment(bundle, *(scenarios or BUILT_IN), **options)
    with made.harness:
        assert made.happy.ended_well, made.happy.summary()
        found = examine(made, checks=[check])
    charge(made, found)
    assert all(not each.result.passed for each in made.runs if each.result.verdicts)
    return found


def rerun(verdict: Verdict, bundle: Path, **options: Any) -> RunResult:
    """Run the scenario that a verdict prints, pasted as the bundle's only one."""
    assert verdict.reproduce is not None
    file = bundle / SCENARIOS_FILE
    file.parent.mkdir(exist_ok=True)
    file.write_text(verdict.reproduce, encoding="utf-8")
    [scenario] = load_author_scenarios(bundle).values()
    return run(bundle, scenario, **options)
