"""Failed comparisons of runs say where they part."""

from __future__ import annotations

import dataclasses

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, RunResult, WorkflowHarness
from pytest_plugin.comparisons import explain
from tests.pytest_plugin.conftest import REVIEW, WRONG, Project


@pytest.fixture
def runs(project: Project) -> tuple[RunResult, RunResult]:
    with WorkflowHarness(project.bundle(**REVIEW)) as harness:
        return harness.run_sync(scenario=HAPPY), harness.run_sync(scenario=REJECT_ALL)


def explained(left: object, right: object) -> str:
    lines = explain("==", left, right, ())
    assert lines is not None
    assert len(lines) <= 8
    return "\n".join(lines)


def test_two_runs_part_at_their_first_different_record(runs: tuple[RunResult, RunResult]) -> None:
    text = explained(*runs)
    assert text.startswith("two runs differ: demo::happy and demo::reject_all")
    assert "first difference in steps, at index 2 (of 3 and 2):\n  left:  " in text
    assert "also different: gates, activities" in text


def test_two_traces_part_at_their_first_different_record(
    runs: tuple[RunResult, RunResult],
) -> None:
    happy, rejected = (run.trace for run in runs)
    rejected.steps_entered = happy.steps_entered
    text = explained(happy, rejected)
    assert "first difference in gates, at index 0 (of 1 and 1):" in text
    assert "verdict='approved'" in text
    assert "verdict='rejected'" in text


def test_runs_with_equal_traces_differ_in_named_fields(runs: tuple[RunResult, RunResult]) -> None:
    slower = dataclasses.replace(runs[0], duration_s=runs[0].duration_s + 1)
    text = explained(runs[0], slower)
    assert "the traces are equal" in text
    assert "duration_s" in text
    assert "left.trace == right.trace" in text


def test_coverages_say_what_only_one_reached(runs: tuple[RunResult, RunResult]) -> None:
    text = explained(runs[0].coverage, runs[1].coverage)
    assert "only left reached activity store_rows, decision demo/check=approved" in text
    assert "only right reached decision demo/check=rejected" in text


def test_lists_of_activity_calls_part_at_a_call(runs: tuple[RunResult, RunResult]) -> None:
    text = explained(runs[0].activities, runs[1].activities)
    assert "2 and 1 activity calls differ" in text
    assert "left:  store_rows in step `store`" in text
    assert "right: nothing more" in text


@pytest.mark.parametrize("left, right", [(1, 2), ("a", "b"), ([1], [2]), (None, {})])
def test_what_is_none_of_ours_is_left_to_pytest(left: object, right: object) -> None:
    assert explain("==", left, right, ()) is None
    assert explain("in", left, right, ()) is None


def test_a_status_is_explained_by_the_run_it_belongs_to(project: Project) -> None:
    project.bundle(**WRONG)
    source = """
import pytest

@pytest.mark.runbook("runbooks/demo")
def test_it(happy_run):
    assert happy_run.status == "completed"
"""
    project.file("test_demo.py", source)
    result = project.pytest("test_demo.py")
    result.stdout.fnmatch_lines(
        [
            "E*'task-failed' == 'completed'*",
            "E*demo::happy task-failed: KeyError: 'total'*",
            "E*--> *workflow.py:*, in run",
            "E*raise KeyError*",
        ]
    )


def test_comparisons_reach_the_tests(project: Project) -> None:
    project.bundle(**REVIEW)
    source = """
import pytest

@pytest.mark.runbook("runbooks/demo")
def test_it(happy_run, reject_run):
    assert happy_run.trace == reject_run.trace
"""
    project.file("test_demo.py", source)
    result = project.pytest("test_demo.py")
    result.stdout.fnmatch_lines(["E*two traces differ", "E*first difference in steps*"])
