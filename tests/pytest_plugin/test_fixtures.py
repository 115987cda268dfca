"""The fixtures: a bundle by marker, a harness by call, runs by name."""

from __future__ import annotations

import pytest

from tests.pytest_plugin.conftest import ASKS_A_CHILD, COUNTER, REVIEW, Project

MARKED = """
import pytest
from ntro_testkit import HAPPY, REJECT_ALL, Scenario, StandIn

pytestmark = pytest.mark.runbook("../runbooks/demo")
"""


def write_tests(project: Project, source: str, head: str = MARKED) -> None:
    project.file("tests/test_demo.py", head + source)


def test_fixtures_are_documented_with_an_example(project: Project) -> None:
    result = project.pytest("--fixtures", "-v")
    for name, about in {
        "workflow_harness": "    Make a WorkflowHarness, closed for you when the test is over:",
        "runbook": "    Return the bundle named by `@pytest.mark.runbook(path, *",
        "scenario": "    Run the test once per scenario: *",
        "happy_run": "    Return the RunResult of the marked bundle's run in which everything *",
        "reject_run": "    Return the RunResult of the marked bundle's run in which every review *",
    }.items():
        result.stdout.fnmatch_lines([f"{name} -- *fixtures.py:*", about, "*@pytest.mark.runbook(*"])


def test_markers_are_registered_with_their_signature(project: Project) -> None:
    result = project.pytest("--markers")
    result.stdout.fnmatch_lines(
        ["@pytest.mark.runbook(path, children=*", "@pytest.mark.scenarios(*scenarios)*"]
    )


def test_options_are_documented_with_an_example(project: Project) -> None:
    text = "".join(project.pytest("--help").stdout.str().split())
    for said in (
        "--ntro-scenario=NAME",
        "Example: --ntro-scenario reject_all",
        "--no-ntro-collect",
        "--ntro-runbook-path=DIR",
        "ntro_collect (bool)",
        "ntro_scenario (args)",
        "ntro_runbook_paths (paths)",
    ):
        assert said.replace(" ", "") in text


def test_the_runbook_fixture_is_the_marked_bundle(project: Project) -> None:
    project.bundle(models="class Rows(BaseModel):\n    count: int\n")
    write_tests(
        project,
        """
def test_demo(runbook):
    assert runbook.slug == "demo"
    assert runbook.workflow_class.__name__ == "DemoWorkflow"
    assert runbook.bundle.frontmatter["name"] == "Demo"
    assert [activity.__name__ for activity in runbook.activities] == []
    assert runbook.children == ()
    assert runbook.module("models").Rows(count=1).count == 1
""",
    )
    project.pytest("tests").assert_outcomes(passed=1)


def test_a_path_is_relative_to_the_rootdir_too(project: Project) -> None:
    project.bundle()
    write_tests(
        project,
        '@pytest.mark.runbook("runbooks/demo")\n'
        "def test_demo(runbook):\n    assert runbook.slug == 'demo'\n",
    )
    project.pytest("tests").assert_outcomes(passed=1)


def test_the_built_in_runs_are_fixtures(project: Project) -> None:
    project.bundle()
    write_tests(
        project,
        """
def test_happy(happy_run):
    assert happy_run.status == "completed"
    assert [call.name for call in happy_run.activities] == ["read_rows", "store_rows"]

def test_reject(reject_run):
    assert reject_run.result == "rejected"
""",
    )
    project.pytest("tests").assert_outcomes(passed=2)


def test_the_marker_takes_mocks_and_input(project: Project) -> None:
    project.bundle(
        takes="ctx: dict[str, str]",
        run="return [ctx['period'], await do(read_rows)]",
        activities="@activity.defn\nasync def read_rows() -> list[str]: ...\n",
    )
    write_tests(
        project,
        """
@pytest.mark.runbook(
    "../runbooks/demo", mocks={"read_rows": lambda: ["a"]}, input={"period": "2026-03"}
)
class TestDemo:
    def test_run(self, happy_run):
        assert happy_run.result == ["2026-03", ["a"]]

    def test_harness(self, workflow_harness):
        harness = workflow_harness(mocks={"read_rows": lambda: ["b"]})
        assert harness.run_sync(scenario=HAPPY).result == ["2026-03", ["b"]]
        assert harness.run_sync(input={"period": "later"}).result == ["later", ["b"]]
""",
    )
    project.pytest("tests").assert_outcomes(passed=2)


def test_a_harness_is_made_from_a_path_a_class_or_the_marker(project: Project) -> None:
    project.bundle()
    write_tests(
        project,
        """
def test_demo(workflow_harness, runbook):
    for workflow in (None, "../runbooks/demo", runbook.workflow_class):
        result = workflow_harness(workflow, mocks={"store_rows": "stored"}).run_sync()
        assert result.result == "stored"
""",
    )
    project.pytest("tests").assert_outcomes(passed=1)


def test_harnesses_of_many_tests_leave_one_watching_thread(project: Project) -> None:
    project.bundle()
    write_tests(
        project,
        """
import threading

def watching():
    return [thread for thread in threading.enumerate() if "watchdog" in thread.name]

def test_demo(workflow_harness):
    for _ in range(3):
        workflow_harness().run_sync()
    assert len(watching()) == 1

def test_after(workflow_harness):
    before = watching()
    workflow_harness().run_sync()
    assert watching() == before
    assert all(not watcher.on_duty for watcher in before)
""",
    )
    project.pytest("tests").assert_outcomes(passed=2)


def test_children_are_the_siblings_unless_the_test_says_otherwise(project: Project) -> None:
    project.bundle("demo", **ASKS_A_CHILD)
    project.bundle("counter", **COUNTER)
    project.bundle("bystander")
    write_tests(
        project,
        """
def test_siblings(runbook, happy_run):
    assert [child.__name__ for child in runbook.children] == ["CounterWorkflow"]
    assert happy_run.result == {"n": 1}

@pytest.mark.runbook("../runbooks/demo", children=[StandIn("counter", happy=7)])
def test_a_stand_in(happy_run):
    assert happy_run.result == 7

@pytest.mark.runbook("../runbooks/demo", children=["../runbooks/counter"])
def test_a_path(happy_run):
    assert happy_run.result == {"n": 1}

@pytest.mark.runbook("../runbooks/demo", children=[])
def test_none(happy_run):
    assert happy_run.status == "stuck"
    assert "counter" in happy_run.error

def test_by_call(workflow_harness):
    harness = workflow_harness("../runbooks/demo", children=[StandIn("counter", happy=8)])
    assert harness.run_sync().result == 8
""",
    )
    project.pytest("tests").assert_outcomes(passed=5)


def test_a_bundle_is_loaded_once_per_session_and_anew_when_asked_or_changed(
    project: Project,
) -> None:
    project.bundle()
    write_tests(
        project,
        """
from pathlib import Path
import ntro_testkit.loading

CLASSES = []

def test_first(runbook):
    CLASSES.append(runbook.workflow_class)

def test_shared(runbook, workflow_harness):
    assert runbook.workflow_class is CLASSES[0]
    assert workflow_harness().workflow_cls is CLASSES[0]

def test_fresh(workflow_harness):
    assert workflow_harness("../runbooks/demo", fresh=True).workflow_cls is not CLASSES[0]

def test_changed(request, workflow_harness):
    models = request.path.parent.parent / "runbooks/demo/templates/models.py"
    models.write_text(models.read_text() + "CHANGED = True")
    assert workflow_harness().workflow_cls is not CLASSES[0]
""",
    )
    project.pytest("tests").assert_outcomes(passed=4)


def test_runs_of_a_shared_bundle_share_nothing_else(project: Project) -> None:
    project.bundle(**REVIEW)
    write_tests(
        project,
        """
@pytest.mark.parametrize("mock", ["a", "b"])
def test_demo(workflow_harness, mock):
    result = workflow_harness(mocks={"store_rows": [mock]}).run_sync()
    assert result.result == mock
    assert len(result.activities) == 2
""",
    )
    project.pytest("tests").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    "mark, problem",
    [
        ('runbook("../runbooks/absent")', "*no bundle `../runbooks/absent`: neither *absent nor *"),
        ("runbook()", "*takes one path and children=, mocks=, input=; got 0 positional*"),
        ('runbook("x", mock={})', "*takes one path and children=, mocks=, input=; got `mock`*"),
        ('runbook("x", children="y")', "*children must be a list, got 'y'*"),
        (
            'runbook("../runbooks/demo", mocks={"read_row": 1})',
            "*no activity `read_row` is registered; did you mean `read_rows`?*",
        ),
    ],
)
def test_a_wrong_marker_is_one_line(project: Project, mark: str, problem: str) -> None:
    project.bundle()
    write_tests(project, f"@pytest.mark.{mark}\ndef test_demo(happy_run): ...\n")
    result = project.pytest("tests")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([problem])
    for frame in ("fixtures.py:", "runbooks.py:", "mocks.py:", "Traceback"):
        assert frame not in result.stdout.str()


def test_a_fixture_without_a_bundle_says_how_to_name_one(project: Project) -> None:
    write_tests(project, "def test_demo(happy_run): ...\n", head="")
    result = project.pytest("tests")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*which bundle? mark the test, * with @pytest.mark.runbook(*"])


def test_a_wrong_mock_in_a_test_is_one_line(project: Project) -> None:
    project.bundle()
    write_tests(project, "def test_demo(workflow_harness):\n    workflow_harness(mocks={'x': 1})\n")
    result = project.pytest("tests")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*no activity `x` is registered*"])
    assert "mocks.py:" not in result.stdout.str()


def test_a_bundle_that_cannot_be_loaded_is_one_line(project: Project) -> None:
    project.bundle(activities="1 / 0\n")
    write_tests(project, "def test_demo(runbook): ...\n")
    result = project.pytest("tests")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*activities.py:*: ZeroDivisionError at import: division by zero"])
    assert "Traceback" not in result.stdout.str()
