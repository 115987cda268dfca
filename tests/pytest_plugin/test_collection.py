"""`pytest runbooks/` runs bundles that have no test code."""

from __future__ import annotations

import pytest

from tests.pytest_plugin.conftest import ASKS_A_CHILD, COUNTER, REVIEW, WRONG, Project

AUTHORS = """
from ntro_testkit import Scenario

TWICE = Scenario("rejected_twice", decisions={"check": ["rejected"]})
"""


def test_a_bundle_is_collected_as_its_scenarios(project: Project) -> None:
    project.bundle("nav-monthly")
    result = project.pytest("runbooks", "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            "runbooks/nav-monthly/runbook.md::happy PASSED*",
            "runbooks/nav-monthly/runbook.md::reject_all PASSED*",
        ]
    )


def test_node_ids_are_in_posix_form_of_the_file_and_can_be_given_back(project: Project) -> None:
    project.bundle("nav-monthly")
    result = project.pytest("runbooks/nav-monthly/runbook.md::reject_all")
    result.assert_outcomes(passed=1)


def test_a_keyword_selects_a_bundle_or_a_scenario(project: Project) -> None:
    project.bundle("nav-monthly")
    project.bundle("other")
    project.pytest("-k", "nav-monthly").assert_outcomes(passed=2, deselected=2)
    project.pytest("-k", "happy").assert_outcomes(passed=2, deselected=2)


def test_the_authors_scenarios_are_collected_too(project: Project) -> None:
    project.bundle(**REVIEW, files={"tests/scenarios.py": AUTHORS})
    result = project.pytest("runbooks", "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*/runbook.md::rejected_twice PASSED*"])


def test_one_scenario_can_be_asked_for(project: Project) -> None:
    project.bundle(**REVIEW, files={"tests/scenarios.py": AUTHORS})
    project.bundle("other")
    result = project.pytest("--ntro-scenario=reject_all", "--ntro-scenario", "rejected_twice", "-v")
    result.assert_outcomes(passed=3)
    assert "::happy" not in result.stdout.str()


def test_scenarios_can_be_asked_for_in_the_ini_file(project: Project) -> None:
    project.bundle()
    project.file("pytest.ini", "[pytest]\nntro_scenario = happy\n")
    project.pytest().assert_outcomes(passed=1)
    project.pytest("--ntro-scenario=reject_all", "--ntro-scenario=happy").assert_outcomes(passed=2)


def test_a_scenario_that_no_bundle_has_is_a_usage_error(project: Project) -> None:
    project.bundle()
    result = project.pytest("--ntro-scenario", "reject_al")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "ERROR: --ntro-scenario: no scenario `reject_al` in any collected runbook; did you "
            "mean `reject_all`? (available: happy, reject_all)"
        ]
    )


def test_nothing_is_collected_when_the_ini_file_says_so(project: Project) -> None:
    project.bundle()
    project.file("pytest.ini", "[pytest]\nntro_collect = false\n")
    assert project.pytest().ret == pytest.ExitCode.NO_TESTS_COLLECTED
    project.pytest("--ntro-collect").assert_outcomes(passed=2)


def test_nothing_is_collected_when_the_command_line_says_so(project: Project) -> None:
    project.bundle()
    assert project.pytest("--no-ntro-collect").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_runbook_for_operators_is_not_a_bundle(project: Project) -> None:
    project.file("docs/runbook.md", "# What to do when the database is down\n")
    project.file("deploy/runbook.md", "# Rollback\n")
    project.file("deploy/templates/pod.yaml", "kind: Pod\n")
    assert project.pytest().ret == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize(
    "broken, problem",
    [
        ({"templates/workflow.py": None}, "*demo: no `templates/workflow.py`*"),
        (
            {"templates/activities.py": "import absent_package\n"},
            "*activities.py:1: package `absent_package` is not installed*",
        ),
        ({"templates/models.py": "class Rows(:\n"}, "*models.py:1: syntax error: *"),
        (
            {"templates/activities.py": "1 / 0\n"},
            "*activities.py:1: ZeroDivisionError at import: *",
        ),
    ],
    ids=["no workflow", "missing package", "syntax error", "exception"],
)
def test_a_bundle_that_cannot_be_loaded_is_one_failing_test_with_one_line(
    project: Project, broken: dict[str, str | None], problem: str
) -> None:
    project.bundle(**REVIEW, files=broken)
    project.bundle("sound")
    result = project.pytest("runbooks")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*demo::load*", problem])
    assert "importlib" not in result.stdout.str()
    assert "pytest_plugin" not in result.stdout.str()


def test_scenarios_that_cannot_be_imported_fail_beside_the_built_in_ones(project: Project) -> None:
    project.bundle(**REVIEW, files={"tests/scenarios.py": "1 / 0\n"})
    result = project.pytest("runbooks")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*demo::scenarios*", "*scenarios.py:1: ZeroDivisionError*"])


def test_children_are_found_among_the_sibling_bundles(project: Project) -> None:
    project.bundle("parent", **ASKS_A_CHILD)
    project.bundle("counter", **COUNTER)
    project.pytest("runbooks/parent").assert_outcomes(passed=2)


def test_children_are_found_in_the_runbook_paths(project: Project) -> None:
    project.bundle("parent", **ASKS_A_CHILD)
    project.bundle("counter", folder="shared/runbooks", **COUNTER)
    project.pytest("runbooks").assert_outcomes(failed=2)
    project.pytest("runbooks", "--ntro-runbook-path=shared/runbooks").assert_outcomes(passed=2)
    project.file("pytest.ini", "[pytest]\nntro_runbook_paths = shared/runbooks/counter\n")
    project.pytest("runbooks").assert_outcomes(passed=2)


def test_a_runbook_path_that_is_not_there_is_a_usage_error(project: Project) -> None:
    result = project.pytest("--ntro-runbook-path=shared")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: ntro_runbook_paths*: no such directory: */shared"])


def test_a_child_that_cannot_be_loaded_fails_its_parent_in_one_line(project: Project) -> None:
    project.bundle("parent", **ASKS_A_CHILD)
    project.bundle("counter", **COUNTER, activities="1 / 0\n")
    result = project.pytest("runbooks/parent")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        ["*counter/templates/activities.py:*: ZeroDivisionError at import*"]
    )


def test_a_version_of_a_bundle_is_a_bundle_of_its_own(project: Project) -> None:
    project.bundle("nav", **REVIEW)
    project.bundle("nav", directory="nav@0.0.9", **WRONG)
    result = project.pytest("runbooks", "-v")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        ["runbooks/nav/runbook.md::happy PASSED*", "runbooks/nav@0.0.9/runbook.md::happy FAILED*"]
    )


@pytest.mark.parametrize(
    "body, happy, reject_all",
    [
        ("raise KeyError('total')", "failed", "failed"),
        ("await asyncio.get_running_loop().create_future()", "failed", "failed"),
        ("raise WorkflowError('no rows')", "failed", "failed"),
        (
            "if (await self.wait_for_action(payload={}))['type'] == 'rejected':\n"
            "    raise WorkflowError('rejected')",
            "passed",
            "passed",
        ),
    ],
    ids=["task-failed", "stuck", "failed unprovoked", "failed on a rejection"],
)
def test_only_a_provoked_workflow_failure_passes(
    project: Project, body: str, happy: str, reject_all: str
) -> None:
    project.bundle(run=body)
    result = project.pytest("runbooks", "-v", "--ntro-ignore=NTR7")
    result.stdout.fnmatch_lines(
        [f"*::happy {happy.upper()}*", f"*::reject_all {reject_all.upper()}*"]
    )


GATE_NOBODY_CAN_ANSWER = """
@runbook.step(name="bank", title="Bank")
async def _bank(self):
    await self.await_signal_with_action(
        predicate=lambda: False,
        action={"kind": "submit_files", "reason": "No file is asked for", "args": {}},
        timeout=timedelta(hours=2),
    )
"""
LATE = """
from ntro_testkit import Scenario

LATE = Scenario("late", timeouts={"bank"})
"""
NO_ROWS = """
from ntro_testkit import Scenario

NO_ROWS = Scenario("no_rows", activity_failures={"read_rows": ValueError("no rows")})
"""


def test_a_gate_that_times_out_fails_happy_and_passes_where_the_scenario_says_so(
    project: Project,
) -> None:
    project.bundle(
        run="await self._bank()", members=GATE_NOBODY_CAN_ANSWER, files={"tests/scenarios.py": LATE}
    )
    result = project.pytest("runbooks", "-v")
    result.stdout.fnmatch_lines(["*::happy FAILED*", "*::late PASSED*"])


def test_an_activity_that_the_scenario_fails_may_fail_the_workflow(project: Project) -> None:
    project.bundle(**REVIEW, files={"tests/scenarios.py": NO_ROWS})
    project.pytest("runbooks", "--ntro-scenario=no_rows").assert_outcomes(passed=1)


def test_a_manifest_without_frontmatter_does_not_stop_the_session(project: Project) -> None:
    project.bundle(**REVIEW, files={"runbook.md": "no frontmatter\n"})
    project.bundle("sound")
    result = project.pytest("runbooks")
    assert result.ret in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
    assert result.parseoutcomes()["passed"] >= 2
