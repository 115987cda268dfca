"""What the plugin costs a run that has nothing to do with ntro, and when it forces the runtime."""

from __future__ import annotations

import re

import pytest

from tests.pytest_plugin.conftest import Project

HEAVY = ("ntro", "temporalio", "libcst", "pydantic", "yaml", "lint_rules", "ntro_testkit.harness")

LISTS_IMPORTS = f"""
import sys

def pytest_sessionfinish():
    found = [name for name in {HEAVY!r} if name in sys.modules]
    print("\\nimported:", ", ".join(found) or "nothing")
"""


def test_a_run_without_ntro_tests_imports_nothing_of_it(project: Project) -> None:
    project.file("conftest.py", LISTS_IMPORTS)
    project.file("docs/runbook.md", "# For operators\n")
    project.file("test_it.py", "def test_it():\n    assert [1] == [1]\n")
    result = project.pytest_apart("-s")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["imported: nothing"])


def test_a_failing_comparison_of_anything_else_imports_nothing_of_it(project: Project) -> None:
    project.file("conftest.py", LISTS_IMPORTS)
    project.file("test_it.py", "def test_it():\n    assert 'failed' == 'completed'\n")
    result = project.pytest_apart("-s")
    result.stdout.fnmatch_lines(["imported: nothing"])


def test_nothing_is_imported_for_bundles_that_are_not_collected(project: Project) -> None:
    project.bundle()
    project.file("conftest.py", LISTS_IMPORTS)
    project.pytest_apart("-s", "--no-ntro-collect").stdout.fnmatch_lines(["imported: nothing"])


def test_the_import_time_of_the_plugin_can_be_read_from_python(project: Project) -> None:
    project.file("test_it.py", "def test_it(): ...\n")
    result = project.python("-X", "importtime", "-P", "-m", "pytest", "-q")
    line = r"import time: +(\d+) \| +\d+ \| +(?:ntro_testkit|lint_rules)"
    microseconds = [int(match[1]) for match in re.finditer(line, result.stderr.str())]
    assert 5 <= len(microseconds) <= 15, "one line per module of the plugin"


BOUND = """
from ntro.workflow import NtroWorkflow, WorkflowError, runbook
from ntro.workflow.runtime import get_runtime

def test_bound():
    assert get_runtime().name == "ntro-testkit"
    assert hasattr(NtroWorkflow.user_action, "__ntro_testkit_signal__")
"""


@pytest.mark.parametrize("host", [None, "localhost:7233", ""])
@pytest.mark.parametrize("mode", ["prepend", "append", "importlib"])
def test_the_sdk_is_bound_right_however_it_is_imported(
    project: Project, monkeypatch: pytest.MonkeyPatch, host: str | None, mode: str
) -> None:
    if host is not None:
        monkeypatch.setenv("TEMPORAL_HOST", host)
    project.bundle()
    project.file("test_it.py", BOUND)
    project.pytest_apart(f"--import-mode={mode}", "-W", "error").assert_outcomes(passed=3)


def test_a_conftest_may_import_the_sdk_first(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_HOST", "localhost:7233")
    project.bundle()
    project.file("conftest.py", "from ntro.workflow import runbook\nimport ntro.workflow._base\n")
    project.file("test_it.py", BOUND)
    project.pytest_apart("-W", "error").assert_outcomes(passed=3)


def test_the_plugin_can_be_switched_off(project: Project) -> None:
    project.bundle()
    result = project.pytest_apart("-p", "no:ntro_testkit")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize("arguments", [["-p", "no:randomly"], ["-p", "no:terminal"], ["-n0"]])
def test_it_works_beside_other_switches(project: Project, arguments: list[str]) -> None:
    project.bundle()
    assert project.pytest_apart(*arguments).ret == pytest.ExitCode.OK


def test_it_can_be_loaded_by_name_when_plugins_are_not(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    project.bundle()
    result = project.pytest_apart("-p", "ntro_testkit", "runbooks")
    result.assert_outcomes(passed=2)
