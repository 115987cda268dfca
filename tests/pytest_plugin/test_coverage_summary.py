"""The terminal summary: what the tests reached of each bundle, from one process or from many."""

from __future__ import annotations

import pytest

from tests.pytest_plugin.conftest import ASKS_A_CHILD, REVIEW, Project

HALF = """
import pytest

@pytest.mark.runbook("runbooks/demo")
def test_it(reject_run): ...
"""


def test_steps_and_decisions_are_counted_per_bundle(project: Project) -> None:
    project.bundle("demo")
    project.bundle("other-one", run="return 1")
    result = project.pytest("runbooks")
    result.stdout.fnmatch_lines(
        [
            "*= ntro coverage =*",
            "demo       steps 3/3, decisions 2/2",
            "other-one  no steps",
        ]
    )
    assert "missed" not in result.stdout.str()


def test_what_no_test_reached_is_named(project: Project) -> None:
    project.bundle()
    project.file("test_demo.py", HALF)
    result = project.pytest("test_demo.py")
    result.stdout.fnmatch_lines(
        [
            "demo  steps 2/3, decisions 1/2",
            "        missed steps: store",
            "        missed decisions: check=approved",
        ]
    )


def test_runs_of_tests_and_of_collected_scenarios_add_up(project: Project) -> None:
    project.bundle()
    project.file("test_demo.py", HALF)
    result = project.pytest("test_demo.py", "runbooks/demo/runbook.md::happy")
    result.stdout.fnmatch_lines(["demo  steps 3/3, decisions 2/2"])


def test_a_childs_gates_count_for_the_child(project: Project) -> None:
    project.bundle("parent", run=ASKS_A_CHILD["run"].replace("counter", "demo"))
    project.bundle("demo", **{**REVIEW, "takes": "ctx: dict[str, Any]"})
    result = project.pytest("runbooks/demo/runbook.md::reject_all", "runbooks/parent")
    result.stdout.fnmatch_lines(["demo    steps 2/3, decisions 2/2", "parent  no steps"])


def test_two_versions_have_a_line_each(project: Project) -> None:
    project.bundle("demo")
    project.bundle("demo", directory="demo@0.0.9", **REVIEW)
    result = project.pytest("runbooks")
    result.stdout.fnmatch_lines(["demo        steps 3/3*", "demo@0.0.9  steps 3/3*"])


def test_there_is_no_summary_without_runs(project: Project) -> None:
    project.file("test_demo.py", "def test_it(): ...\n")
    assert "ntro coverage" not in project.pytest().stdout.str()


def test_workers_of_xdist_add_up_in_the_controller(project: Project) -> None:
    project.bundle()
    project.file("test_demo.py", HALF)
    result = project.pytest_apart("-n2", "-W", "error", "test_demo.py", "runbooks")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["demo  steps 3/3, decisions 2/2"])


def test_workers_of_xdist_send_whole_traces_of_failures(project: Project) -> None:
    project.bundle(run="raise KeyError('total')")
    result = project.pytest_apart("-n2", "runbooks")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*_ demo::happy _*", "*task-failed: KeyError: 'total'*"])


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_wrong_scenario_name_stops_the_session(project: Project, workers: str) -> None:
    project.bundle()
    result = project.pytest_apart(f"-n{workers}", "--ntro-scenario=hapy")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --ntro-scenario: no scenario `hapy` *"])
