"""Runs a bundle and asks one check about it."""

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


def verdicts(
    bundle: Path, check: Check, scenarios: Sequence[Scenario] = BUILT_IN, **options: Any
) -> list[Verdict]:
    """Return what a check says of a bundle; every option goes to the harness."""
    with WorkflowHarness(bundle, **options) as harness:
        runs = [Examined(each, harness.run_sync(scenario=each)) for each in scenarios]
        experiment = Experiment(harness, runs)
        assert experiment.happy.ended_well, experiment.happy.summary()
        return examine(experiment, checks=[check])
