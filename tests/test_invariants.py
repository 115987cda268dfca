"""What an author says always holds: marked, found, and asked about runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, BundleError, RunResult, WorkflowHarness, invariant
from ntro_testkit.checks.examining import charge, examine
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.invariants import broken, load_author_invariants
from ntro_testkit.verdict import Verdict
from tests.bundles import line_of
from tests.conftest import BundleFactory

SCENARIOS = """
from ntro_testkit import Scenario, invariant

LATE = Scenario("late")

@invariant
def ends_soon(run):
    return run.virtual_duration_s < 60

def not_marked(run):
    return False

@invariant
def is_not_rejected(run):
    return "it is rejected" if run.result == "rejected" else None

also_known_as = ends_soon
"""

ASKS = """
answer = await self.wait_for_action(payload={})
return answer["type"]
"""


def verdicts(directory: Path) -> tuple[list[Verdict], list[Examined]]:
    with WorkflowHarness(directory) as harness:
        runs = [Examined(each, harness.run_sync(scenario=each)) for each in (HAPPY, REJECT_ALL)]
        experiment = Experiment(harness, runs)
        found = examine(experiment, lambda code: code == "NTR713")
        charge(experiment, found)
    return found, runs


def holds(function: Any) -> list[str]:
    run = RunResult("happy", "id", "completed", result=7)
    return [each.reason for each in broken(run, [function])]


def test_a_marked_function_stays_what_it_is() -> None:
    def positive(run: RunResult) -> bool:
        return bool(run.result > 0)

    assert invariant(positive) is positive


@pytest.mark.parametrize("answer", [True, None])
def test_true_and_nothing_mean_that_it_holds(answer: bool | None) -> None:
    assert holds(lambda _: answer) == []


@pytest.mark.parametrize(
    ("answer", "reason"), [(False, "it returned False"), ("seven is odd", "seven is odd")]
)
def test_false_and_a_sentence_mean_that_it_does_not(answer: bool | str, reason: str) -> None:
    assert holds(lambda _: answer) == [reason]


def test_a_failed_assertion_means_that_it_does_not() -> None:
    def even(run: RunResult) -> None:
        assert run.result % 2 == 0, f"{run.result} is odd\nand long"

    def silent(run: RunResult) -> None:
        assert not run.result

    assert holds(even) == ["7 is odd"]
    assert holds(silent)[0].startswith("its assertion failed") or "assert not 7" in holds(silent)[0]


def test_an_invariant_that_raises_does_not_hold_and_says_so() -> None:
    def wrong(run: RunResult) -> bool:
        return bool(run.result["total"])

    assert holds(wrong) == ["it raised TypeError: 'int' object is not subscriptable"]


def test_the_marked_functions_of_the_scenarios_are_found_once(bundle: BundleFactory) -> None:
    directory = bundle(files={"tests/scenarios.py": SCENARIOS})
    names = [getattr(each, "__name__", "") for each in load_author_invariants(directory)]
    assert names == ["ends_soon", "is_not_rejected"]


def test_a_bundle_without_scenarios_has_no_invariants(bundle: BundleFactory) -> None:
    assert load_author_invariants(bundle()) == []


def test_scenarios_that_cannot_be_imported_are_told(bundle: BundleFactory) -> None:
    directory = bundle(files={"tests/scenarios.py": "import nothing_like_this"})
    with pytest.raises(BundleError, match=r"scenarios\.py:1: ModuleNotFoundError"):
        load_author_invariants(directory)


def test_every_run_that_was_asked_for_is_judged(bundle: BundleFactory) -> None:
    directory = bundle(run=ASKS, files={"tests/scenarios.py": SCENARIOS})
    [verdict], [happy, rejected] = verdicts(directory)
    assert verdict.code == "NTR713"
    assert verdict.message == "`is_not_rejected` does not hold: it is rejected"
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "def is_not_rejected", "tests/scenarios.py") - 1
    assert happy.result.passed
    assert rejected.result.verdicts == [verdict]


def test_an_invariant_is_silenced_where_it_stands(bundle: BundleFactory) -> None:
    said = SCENARIOS.replace(
        "@invariant\ndef is_not", "@invariant  # noqa: NTR713 -- under discussion\ndef is_not"
    )
    assert verdicts(bundle(run=ASKS, files={"tests/scenarios.py": said}))[0] == []


def test_invariants_that_hold_are_silent(bundle: BundleFactory) -> None:
    found, runs = verdicts(bundle(run="return 1", files={"tests/scenarios.py": SCENARIOS}))
    assert found == []
    assert all(examined.result.passed for examined in runs)
