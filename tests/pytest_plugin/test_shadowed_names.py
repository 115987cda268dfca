"""A user's own folder `lint_rules` or `pytest_plugin` beside the tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bundles import ROOT
from tests.pytest_plugin.conftest import Project

USES_THE_KIT = """
from ntro_testkit import HAPPY, WorkflowHarness

def test_kit():
    with WorkflowHarness("runbooks/demo") as harness:
        assert harness.run_sync(scenario=HAPPY).status == "completed"
"""
USES_A_FIXTURE = """
def test_kit(workflow_harness):
    assert workflow_harness("runbooks/demo").run_sync().status == "completed"
"""
USES_THEIR_OWN = """
import {name}

def test_own():
    assert {name}.MINE == 1
"""
NO_KIT = "def test_nothing(): ...\n"

PYTEST = pytest.param(Project.pytest_apart, id="pytest")
PYTHON_M_PYTEST = pytest.param(Project.python_m_pytest, id="python -m pytest")
RUNNERS = pytest.mark.parametrize("start", [PYTEST, PYTHON_M_PYTEST])
MODES = pytest.mark.parametrize("mode", ["prepend", "importlib"])

Start = Callable[..., pytest.RunResult]


@pytest.fixture
def theirs(project: Project) -> Project:
    """A project with a bundle and a package `lint_rules` of the user's own."""
    project.bundle()
    project.file("lint_rules/__init__.py", "MINE = 1\n")
    project.file("lint_rules/house.py")
    return project


KEEP_OFF = ", or keep it off sys.path: `pytest --import-mode=importlib` (not `python -m pytest`)"


def assert_stopped(
    result: pytest.RunResult, project: Project, name: str = "lint_rules", way_out: str = KEEP_OFF
) -> None:
    """One line on stderr names both paths and the way out, exit code 4, nothing else happened."""
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    [line] = [line for line in result.errlines if line.strip()]
    assert line == (
        f"ERROR: ntro-testkit: {project.path / name} hides the kit's own package "
        f"{ROOT / 'lint_rules'}: rename it{way_out}"
    )
    assert "Traceback" not in result.stdout.str()
    assert "ERRORS" not in result.stdout.str()


@RUNNERS
@MODES
@pytest.mark.parametrize("kit", [USES_THE_KIT, USES_A_FIXTURE], ids=["import", "fixture"])
def test_a_folder_pytest_plugin_and_the_kit_do_not_meet(
    project: Project, start: Start, mode: str, kit: str
) -> None:
    project.bundle()
    project.file("pytest_plugin/__init__.py", "MINE = 1\n")
    project.file("conftest.py", f"import sys\nsys.path.insert(0, {str(project.path)!r})\n")
    project.file("test_own.py", USES_THEIR_OWN.format(name="pytest_plugin"))
    project.file("test_kit.py", kit)
    start(project, f"--import-mode={mode}").assert_outcomes(passed=4)


@RUNNERS
@MODES
def test_tests_inside_a_folder_pytest_plugin_work(
    project: Project, start: Start, mode: str
) -> None:
    project.bundle()
    project.file("pytest_plugin/__init__.py")
    project.file("pytest_plugin/test_kit.py", USES_THE_KIT)
    start(project, f"--import-mode={mode}").assert_outcomes(passed=3)


@MODES
@pytest.mark.parametrize("kit", [USES_THE_KIT, USES_A_FIXTURE, ""], ids=["import", "fixture", "-"])
def test_python_m_pytest_stops_in_one_line(theirs: Project, mode: str, kit: str) -> None:
    theirs.file("test_kit.py", kit)
    assert_stopped(theirs.python_m_pytest(f"--import-mode={mode}"), theirs)


def test_a_fixture_alone_stops_the_session_before_any_test_runs(theirs: Project) -> None:
    theirs.file("test_kit.py", f"{NO_KIT}{USES_A_FIXTURE}")
    result = theirs.python_m_pytest("test_kit.py")
    assert_stopped(result, theirs)
    assert "test_kit.py" not in result.stdout.str()


def test_a_module_instead_of_a_folder_is_seen_too(project: Project) -> None:
    project.bundle()
    project.file("lint_rules.py", "MINE = 1\n")
    assert_stopped(project.python_m_pytest(), project, "lint_rules.py")


def test_a_conftest_that_puts_the_folder_on_the_path_is_seen(theirs: Project) -> None:
    theirs.file("conftest.py")
    theirs.file("test_kit.py", USES_THE_KIT)
    assert_stopped(theirs.pytest_apart(), theirs)


def test_a_conftest_that_uses_the_kit_itself_is_stopped_in_one_line(theirs: Project) -> None:
    theirs.file("conftest.py", "from ntro_testkit import WorkflowHarness\n")
    theirs.file("test_it.py", NO_KIT)
    assert_stopped(theirs.pytest_apart(), theirs)


def test_a_folder_that_comes_onto_the_path_later_is_seen(project: Project) -> None:
    project.bundle()
    project.file("a/test_kit.py", USES_THE_KIT)
    own = project.file("b/lint_rules/__init__.py", "MINE = 1\n").parent
    project.file("b/test_own.py", USES_THEIR_OWN.format(name="lint_rules"))
    result = project.pytest_apart("a", "b")
    assert_stopped(result, project, str(own.relative_to(project.path)))


@pytest.mark.parametrize("order", [["lint_rules", "z"], ["z", "lint_rules"]])
def test_tests_inside_a_folder_lint_rules_are_seen(theirs: Project, order: list[str]) -> None:
    theirs.file("lint_rules/test_own.py", NO_KIT)
    theirs.file("z/test_kit.py", USES_THE_KIT)
    assert_stopped(theirs.pytest_apart(*order), theirs)


def test_tests_inside_it_imported_by_their_path_are_seen(theirs: Project) -> None:
    theirs.file("lint_rules/test_own.py", USES_THEIR_OWN.format(name="lint_rules"))
    theirs.file("z/test_kit.py", USES_THE_KIT)
    result = theirs.pytest_apart("--import-mode=importlib", "lint_rules", "z")
    assert_stopped(result, theirs, way_out="")


@RUNNERS
@MODES
def test_without_a_test_of_the_kit_the_users_folder_is_the_users(
    theirs: Project, start: Start, mode: str
) -> None:
    theirs.file("conftest.py", f"import sys\nsys.path.insert(0, {str(theirs.path)!r})\n")
    theirs.file("test_own.py", USES_THEIR_OWN.format(name="lint_rules"))
    start(theirs, f"--import-mode={mode}", "test_own.py").assert_outcomes(passed=1)


def test_pytest_alone_with_tests_in_a_folder_of_their_own_works(theirs: Project) -> None:
    theirs.file("tests/test_kit.py", USES_THE_KIT)
    theirs.pytest_apart().assert_outcomes(passed=3)


def test_the_way_out_leads_out(theirs: Project) -> None:
    theirs.file("conftest.py")
    theirs.file("test_kit.py", USES_THE_KIT)
    theirs.pytest_apart("--import-mode=importlib").assert_outcomes(passed=3)


@RUNNERS
def test_a_folder_that_is_no_package_is_in_nobodys_way(project: Project, start: Start) -> None:
    project.bundle()
    project.file("lint_rules/house.yaml", "rules: []\n")
    project.file("test_kit.py", USES_THE_KIT)
    start(project).assert_outcomes(passed=3)


@RUNNERS
def test_workers_of_xdist_stop_too(theirs: Project, start: Start) -> None:
    theirs.file("conftest.py")
    theirs.file("test_kit.py", USES_THE_KIT)
    assert_stopped(start(theirs, "-n2"), theirs)
