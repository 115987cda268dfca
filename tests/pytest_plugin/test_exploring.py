"""Tests marked `runbook_explore` fail where an order of events harms their bundle."""

from __future__ import annotations

import pytest

from tests.bundles import ANSWERS_AT_REVIEWS
from tests.pytest_plugin.conftest import REVIEW, Project

HEAD = """
import pytest

pytestmark = pytest.mark.runbook("../runbooks/demo")
"""

MARKED = """
@pytest.mark.runbook_explore(schedules=200, seed=3)
def test_orders():
    pass
"""


def write(project: Project, source: str, *, guarded: bool = False) -> None:
    members = REVIEW["members"]
    if not guarded:
        members = members.replace(ANSWERS_AT_REVIEWS, "")
    project.bundle(**{**REVIEW, "members": members})
    project.file("tests/test_demo.py", HEAD + source)


def test_a_marked_test_fails_with_a_scenario_to_paste(project: Project) -> None:
    write(project, MARKED)
    result = project.pytest("tests")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "happy: all * schedules in * s",
            "error?NTR702? stale-approval: the gate `check` is opened by an answer *",
            "*--> *workflow.py:*, in _check",
            "*1. signal `user_action` arrives: *",
            "*= do: take an answer only while a gate is open*",
            "*= reproduce: add this to tests/scenarios.py",
            "*HAPPY_NTR702_1 = Scenario(",
        ]
    )


def test_a_marked_test_of_a_sound_bundle_passes(project: Project) -> None:
    write(project, MARKED, guarded=True)
    project.pytest("tests").assert_outcomes(passed=1)


def test_a_marked_test_runs_its_own_body_too(project: Project) -> None:
    write(project, MARKED.replace("pass", "assert 1 == 2"), guarded=True)
    result = project.pytest("tests")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2*"])


def test_a_test_that_takes_the_exploration_judges_for_itself(project: Project) -> None:
    write(
        project,
        """
@pytest.mark.runbook_explore(schedules=3, seed=3, scenario="reject_all")
def test_orders(exploration):
    assert exploration.scenario == "reject_all"
    assert exploration.tried == 3
    assert exploration.seed == 3


def test_defaults(exploration):
    assert exploration.exhausted
    assert [verdict.code for verdict in exploration.verdicts] == ["NTR702"]
""",
    )
    project.pytest("tests").assert_outcomes(passed=2)


def test_the_seed_is_printed_where_chance_found_it(project: Project) -> None:
    write(project, MARKED.replace("200", "4"))
    result = project.pytest("tests")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["happy: * schedules in *at random (seed 3)"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("100", "takes schedules=, seconds=, seed=, scenario=; got 1 positional"),
        ("runs=100", "takes schedules=, seconds=, seed=, scenario=; got `runs`"),
        ("schedules=-1", "schedules cannot be -1"),
        ("seed='x'", "seed cannot be 'x'"),
        ("scenario='hapy'", "no scenario `hapy`*; did you mean `happy`?*"),
    ],
)
def test_a_marker_that_cannot_be_meant_is_told(project: Project, arguments: str, said: str) -> None:
    write(project, MARKED.replace("schedules=200, seed=3", arguments))
    result = project.pytest("tests")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{said}"])


def test_the_marker_is_registered(project: Project) -> None:
    result = project.pytest("--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.runbook_explore(schedules=2000, *"])
