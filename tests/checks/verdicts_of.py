"""Asks one check about a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ntro_testkit import HAPPY, REJECT_ALL, Scenario, WorkflowHarness
from ntro_testkit.checks.check import Check
from ntro_testkit.checks.examining import examine
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.verdict import Verdict

BUILT_IN = (HAPPY, REJECT_ALL)


def experiment_of(
    bundle: Path,
    scenarios: Sequence[Scenario] = BUILT_IN,
    *,
    children: Sequence[Any] = (),
    **options: Any,
) -> Experiment:
    """Return an experiment with the runs of some scenarios; `options` go to the harness."""
    harness = WorkflowHarness(bundle, child_workflows=children, **options)
    runs = [Examined(scenario, harness.run_sync(scenario=scenario)) for scenario in scenarios]
    return Experiment(harness, runs)


def verdicts_of(check: Check, bundle: Path, *scenarios: Scenario, **options: Any) -> list[Verdict]:
    """Return what a check says about a bundle whose happy run ends well."""
    experiment = experiment_of(bundle, scenarios or BUILT_IN, **options)
    assert experiment.happy.ended_well, experiment.happy.error
    return examine(experiment, checks=[check])
