"""One test per scenario: the `scenario` fixture and its marker."""

from __future__ import annotations

import pytest

from tests.pytest_plugin.conftest import REVIEW, Project

AUTHORS = """
from ntro_testkit import Scenario

TWICE = Scenario("rejected_once", decisions={"check": ["rejected"]})
"""

HEAD = """
import pytest
from ntro_testkit import HAPPY, REJECT_ALL, Scenario

"""

RUNS = """
def test_demo(workflow_harness, scenario):
    assert workflow_harness().run_sync(scenario=scenario).status == "completed"
"""

BUNDLE = '@pytest.mark.runbook("../runbooks/demo")'


def ids(project: Project, source: str) -> list[str]:
    """Collect a test and return its ids."""
    project.file("tests/test_demo.py", HEAD + source)
    result = project.pytest("tests", "--collect-only", "-q")
    assert result.ret == pytest.ExitCode.OK, result.stdout.str()
    return [line.partition("[")[2].rstrip("]") for line in result.outlines if "::" in line]


def test_both_built_in_scenarios_run_by_default(project: Project) -> None:
    project.bundle()
    assert ids(project, BUNDLE + RUNS) == ["happy", "reject_all"]
    project.pytest("tests").assert_outcomes(passed=2)


def test_scenarios_are_given_as_objects_and_as_names(project: Project) -> None:
    project.bundle(**REVIEW, files={"tests/scenarios.py": AUTHORS})
    marks = f'{BUNDLE}\n@pytest.mark.scenarios("rejected_once", HAPPY, Scenario("mine"), "happy")'
    assert ids(project, marks + RUNS)[:3] == ["rejected_once", "happy0", "mine"]
    project.pytest("tests").assert_outcomes(passed=4)


def test_built_in_names_need_no_bundle(project: Project) -> None:
    source = '@pytest.mark.scenarios("reject_all")\ndef test_it(scenario):\n'
    source += "    assert scenario is REJECT_ALL\n"
    assert ids(project, source) == ["reject_all"]
    project.pytest("tests").assert_outcomes(passed=1)


def test_the_closest_marker_counts(project: Project) -> None:
    source = '@pytest.mark.scenarios("reject_all")\nclass TestIt:\n'
    source += '    @pytest.mark.scenarios("happy")\n    def test_it(self, scenario): ...\n'
    assert ids(project, source) == ["happy"]


def test_it_can_be_crossed_with_other_parameters(project: Project) -> None:
    source = '@pytest.mark.scenarios("happy", "reject_all")\n'
    source += '@pytest.mark.parametrize("n", [1, 2])\ndef test_it(scenario, n): ...\n'
    assert len(ids(project, source)) == 4


def test_a_test_may_parametrize_the_fixture_itself(project: Project) -> None:
    source = '@pytest.mark.parametrize("scenario", [1, 2, 3])\ndef test_it(scenario):\n'
    source += "    assert scenario in (1, 2, 3)\n"
    assert ids(project, source) == ["1", "2", "3"]
    project.pytest("tests").assert_outcomes(passed=3)


def test_a_fixture_of_that_name_of_the_users_own_is_left_alone(project: Project) -> None:
    source = '@pytest.fixture\ndef scenario():\n    return "theirs"\n\n'
    source += 'def test_it(scenario):\n    assert scenario == "theirs"\n'
    project.file("tests/test_demo.py", HEAD + source)
    project.pytest("tests").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "mark, problem",
    [
        (
            'scenarios("hapy")',
            "tests/test_demo.py::test_demo: no scenario `hapy` in *scenarios.py; did you mean "
            "`happy`? (available: happy, reject_all, rejected_once)",
        ),
        ("scenarios()", "*takes Scenario objects or names, at least one"),
        ("scenarios(3)", "*3 is neither a Scenario nor a name"),
    ],
)
def test_a_wrong_marker_is_one_line(project: Project, mark: str, problem: str) -> None:
    project.bundle(**REVIEW, files={"tests/scenarios.py": AUTHORS})
    project.file("tests/test_demo.py", f"{HEAD}{BUNDLE}\n@pytest.mark.{mark}{RUNS}")
    result = project.pytest("tests")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([problem])
    assert "Traceback" not in result.stdout.str()
    assert "parametrizing.py" not in result.stdout.str()


def test_a_name_without_a_bundle_says_where_it_was_looked_for(project: Project) -> None:
    project.file("tests/test_demo.py", f'{HEAD}\n@pytest.mark.scenarios("late"){RUNS}')
    result = project.pytest("tests")
    result.stdout.fnmatch_lines(
        ["*no scenario `late` is built in, and no `runbook` marker says which bundle has it*"]
    )
