"""What the guard saw becomes verdicts, with the lint's codes, words and severities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ntro_testkit import HAPPY, REJECT_ALL, WorkflowHarness
from ntro_testkit.checks.experiment import Examined
from ntro_testkit.checks.hazards import hazard_verdicts
from ntro_testkit.checks.suppressing import unsuppressed
from ntro_testkit.verdict import Verdict
from tests.bundles import line_of

Bundle = Callable[..., Path]


def verdicts(made: Path) -> list[Verdict]:
    with WorkflowHarness(made) as harness:
        scenarios = (HAPPY, REJECT_ALL)
        runs = [Examined(each, harness.run_sync(scenario=each)) for each in scenarios]
    return list(hazard_verdicts(runs))


def test_a_hazard_is_told_once_with_the_runs_that_showed_it(bundle: Bundle) -> None:
    made = bundle(run="import time\nfor _ in range(2):\n    time.time()  # here")
    [verdict] = verdicts(made)
    assert (verdict.code, verdict.name, verdict.scenario) == ("NTR101", "wall-clock", "happy")
    assert verdict.message == "`time.time()` was called by workflow code"
    assert verdict.help == "runbook.now().timestamp()"
    assert verdict.line is not None
    assert verdict.line.line == line_of(made, "# here")
    assert verdict.slug == "demo"
    assert verdict.evidence == ("scenario `happy`: 2 times", "scenario `reject_all`: 2 times")


def test_severities_are_the_lints(bundle: Bundle) -> None:
    made = bundle(run="import os, time\nos.listdir()\nprint(time.time())\n'A' in os.environ")
    assert [(each.code, each.severity) for each in verdicts(made)] == [
        ("NTR106", "error"),
        ("NTR101", "warning"),
        ("NTR116", "info"),
        ("NTR105", "warning"),
    ]


def test_a_line_that_silences_the_lint_silences_the_verdict(bundle: Bundle) -> None:
    made = bundle(run="import time\ntime.time()  # noqa: NTR101 -- for the log\ntime.time()")
    [left] = unsuppressed(verdicts(made))
    assert left.line is not None
    assert left.line.line == line_of(made, "noqa") + 1


def test_there_is_nothing_to_say_of_a_clean_run(bundle: Bundle) -> None:
    assert verdicts(bundle(run="return str(runbook.now())")) == []
