"""What a failing run prints: its trace and the bundle's line, not our frames."""

from __future__ import annotations

import pytest

from tests.bundles import line_of
from tests.pytest_plugin.conftest import ASKS_A_CHILD, WRONG, Project

OUR_FRAMES = ("pytest_plugin/", "harness.py", "engine.py", "Traceback")

MARKED = """
import pytest

pytestmark = pytest.mark.runbook("runbooks/demo")
"""


def assert_no_frames(result: pytest.RunResult) -> None:
    for frame in OUR_FRAMES:
        assert frame not in result.stdout.str()


def test_a_collected_scenario_prints_its_trace_and_the_failing_line(project: Project) -> None:
    bundle = project.bundle(**WRONG)
    result = project.pytest("runbooks/demo/runbook.md::happy")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*_ demo::happy _*",
            "task-failed: KeyError: 'total'*",
            "*happy*",
            f"*--> *workflow.py:{line_of(bundle, 'raise KeyError')}, in run",
            "*raise KeyError*",
            "*activities:",
            "*read_rows('2026-03') -> *(fake)",
            "reproduce: pytest runbooks/demo/runbook.md::happy",
            "FAILED runbooks/demo/runbook.md::happy*",
        ]
    )
    assert_no_frames(result)


def test_a_stuck_run_says_who_waits_for_what(project: Project) -> None:
    project.bundle("demo", **ASKS_A_CHILD)
    result = project.pytest("runbooks/demo/runbook.md::happy")
    result.stdout.fnmatch_lines(
        ["stuck: child workflow slug not registered: counter*", "*run_child_workflow*"]
    )
    assert_no_frames(result)


def test_gates_and_decisions_are_printed(project: Project) -> None:
    project.bundle(
        members="""
        @runbook.step(name="check", title="Check")
        async def _check(self):
            return await self.wait_for_action(payload={}, reason="Look")
        """,
        run="await self._check()\nraise KeyError",
    )
    result = project.pytest("runbooks/demo/runbook.md::reject_all")
    result.stdout.fnmatch_lines(["*review*demo*check*rejected*"])


def test_a_failing_test_function_shows_the_runs_it_made(project: Project) -> None:
    project.bundle(**WRONG)
    source = "def test_it(happy_run):\n    assert happy_run.result == 'stored'\n"
    project.file("test_demo.py", MARKED + source)
    result = project.pytest("test_demo.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*assert None == 'stored'*", "*- ntro run demo::happy -*", "*task-failed: KeyError*"]
    )
    assert_no_frames(result)


def test_a_passing_test_function_shows_nothing(project: Project) -> None:
    project.bundle()
    project.file("test_demo.py", MARKED + "def test_it(happy_run): ...\n")
    result = project.pytest("test_demo.py", "-rA")
    assert "ntro run" not in result.stdout.str()


def test_runs_of_a_fixture_show_when_its_setup_fails(project: Project) -> None:
    project.bundle(**WRONG)
    source = "@pytest.fixture\ndef stored(happy_run):\n    assert happy_run.result\n\n"
    project.file("test_demo.py", f"{MARKED}{source}def test_it(stored): ...\n")
    result = project.pytest("test_demo.py")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*- ntro run demo::happy -*"])


def test_only_the_last_of_very_many_activities_are_shown(project: Project) -> None:
    project.bundle(
        run="for n in range(200):\n    await do(step, n)\nraise KeyError",
        activities="@activity.defn\nasync def step(n: int) -> int: ...\n",
    )
    result = project.pytest("runbooks/demo/runbook.md::happy")
    result.stdout.fnmatch_lines(["*170 earlier ones are not shown*", "*step(170)*", "*step(199)*"])
    assert "step(169)" not in result.stdout.str()


def test_an_activity_without_a_mock_is_one_line_with_a_stub(project: Project) -> None:
    project.bundle(run="await do(step)", activities="@activity.defn\nasync def step(): ...\n")
    result = project.pytest("runbooks/demo/runbook.md::happy")
    result.stdout.fnmatch_lines(["*activity `step` has no return annotation*mocks={'step': *"])
    assert_no_frames(result)


def test_junit_reports_carry_the_trace(project: Project) -> None:
    project.bundle(**WRONG)
    project.pytest("runbooks/demo/runbook.md::happy", "--junitxml=junit.xml")
    report = (project.path / "junit.xml").read_text(encoding="utf-8")
    assert "task-failed: KeyError" in report
    assert 'name="happy"' in report
