"""A crash after every workflow task of the small bundle, against the same run without."""

from __future__ import annotations

from importlib.util import find_spec

from benchmarks.figures import Comparison, Section
from benchmarks.processes import ProcessFailedError
from benchmarks.rounds import in_turns, warm
from benchmarks.samples import SMALL, small_input
from ntro_testkit import HAPPY, WorkflowHarness
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.checks.reruns.crash import crash_verdicts
from ntro_testkit.loading import load_bundle

TITLE = "a crash after every workflow task"


def measure(quick: bool) -> Section:
    """Time the check, which makes two runs without crashes and one with, and a run."""
    if find_spec("temporalio") is None:
        return Section(TITLE, skipped="temporalio is not installed (extra `dev`)")
    given = {"input": small_input()}
    with WorkflowHarness(load_bundle(SMALL).workflow_class, backend="sdk") as harness:
        runs = [Examined(HAPPY, harness.run_sync(scenario=HAPPY, **given))]
        experiment = Experiment(harness, runs, given)

        def check() -> None:
            found = list(crash_verdicts(experiment))
            if found:
                raise ProcessFailedError(f"a sound bundle does not survive: {found}")

        checked, run = in_turns(
            [
                warm(check, times=5),
                warm(lambda: harness.run_sync(scenario=HAPPY, **given), times=5),
            ],
            rounds=3 if quick else 30,
            warm_up=1,
        )
    return Section(
        TITLE,
        (Comparison("the check of happy, 3 runs", checked, "a run on `sdk`", run, "floor"),),
    )
