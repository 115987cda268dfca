"""Recorded histories as tests, and the fixture `replay`."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("temporalio", reason="histories need temporalio")

from ntro_testkit.cli.app import run
from tests.pytest_plugin.conftest import ASKS_A_CHILD, COUNTER, Project


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep pytest from cutting the lines of its summary."""
    monkeypatch.setenv("COLUMNS", "400")


@pytest.fixture
def recorded(project: Project, capsys: pytest.CaptureFixture[str]) -> Path:
    """Write a bundle with its histories: happy, reject_all and two failures."""
    bundle = project.bundle("demo")
    assert run(["replay", "record", str(bundle)]) == 0
    capsys.readouterr()
    return bundle


def store_first(bundle: Path) -> None:
    """Edit the bundle so that it stores the rows before anybody has looked at them.

    It no longer drops early answers: as the review is late now, the recorded one would be.
    """
    file = bundle / "templates/workflow.py"
    source = file.read_text("utf-8")
    edited = source.replace("return await self._store()", "return stored").replace(
        "answer = await self._check()",
        "stored = await self._store()\n        answer = await self._check()",
    )
    edited = edited.replace(
        'if gate is not None and gate["kind"] == "interactive_review"', "if True"
    )
    assert edited != source
    file.write_text(edited, "utf-8")


def test_each_history_is_a_test_and_the_header_is_none(project: Project, recorded: Path) -> None:
    result = project.pytest("runbooks", "-v")
    result.assert_outcomes(passed=6)
    result.stdout.fnmatch_lines_random(
        [
            "runbooks/demo/runbook.md::happy PASSED*",
            "runbooks/demo/runbook.md::replay?failure-read_rows? PASSED*",
            "runbooks/demo/runbook.md::replay?failure-store_rows? PASSED*",
            "runbooks/demo/runbook.md::replay?happy? PASSED*",
            "runbooks/demo/runbook.md::replay?reject_all? PASSED*",
        ]
    )
    assert (recorded / "tests/histories/header.json").exists()
    assert "replay[header]" not in result.stdout.str()


def test_histories_are_selected_as_other_tests_are(project: Project, recorded: Path) -> None:
    project.pytest("-k", "replay").assert_outcomes(passed=4, deselected=2)
    project.pytest("--ntro-scenario=happy").assert_outcomes(passed=2)
    project.pytest("runbooks/demo/runbook.md::replay[happy]").assert_outcomes(passed=1)


def test_a_difference_fails_with_its_line_and_what_to_do(project: Project, recorded: Path) -> None:
    store_first(recorded)
    result = project.pytest("runbooks", "-k", "replay and happy")
    result.assert_outcomes(failed=1, deselected=5)
    result.stdout.fnmatch_lines(
        [
            "*_ demo::replay?happy? _*",
            "*workflow.py:*: NTR803 *",
            "*move it back behind the gate*",
            "reproduce: pytest 'runbooks/demo/runbook.md::replay[[]happy]'",
            "FAILED runbooks/demo/runbook.md::replay?happy? - *NTR803*",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_a_history_that_is_none_and_one_of_another_bundle_fail_in_one_line(
    project: Project, recorded: Path
) -> None:
    other = project.bundle("other", run="return 1")
    folder = other / "tests/histories"
    folder.mkdir(parents=True)
    (folder / "damaged.json").write_text('{"events": [')
    (folder / "strange.json").write_bytes((recorded / "tests/histories/happy.json").read_bytes())
    result = project.pytest("runbooks/other", "-k", "replay")
    result.assert_outcomes(failed=2, deselected=2)
    result.stdout.fnmatch_lines(
        [
            "FAILED *::replay?damaged? - *damaged.json: damaged JSON*",
            "FAILED *::replay?strange? - *DemoWorkflow*",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_without_temporalio_histories_are_skipped_with_what_to_install(
    project: Project, recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ntro_testkit.runtime.failures.HAS_TEMPORALIO", False)
    result = project.pytest("-k", "replay", "-rs")
    result.assert_outcomes(skipped=4, deselected=2)
    result.stdout.fnmatch_lines(
        ["*histories need temporalio: pip install 'ntro-testkit?temporal?'"]
    )


REPLAYS = """
import pytest
from pathlib import Path

pytestmark = pytest.mark.runbook("runbooks/demo")

def test_by_name(replay):
    assert not replay("happy").differences

@pytest.mark.parametrize("kind", [str, Path])
def test_by_path(replay, kind):
    assert not replay(kind("exports/march.json")).differences

@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_by_history(replay, workflow_harness, backend):
    result = workflow_harness(record_histories=True, backend=backend).run_sync()
    verdict = replay(result.histories[0])
    assert verdict.workflow_type == "DemoWorkflow"
    assert verdict.commands == 3
    assert not verdict.differences

def test_missing(replay):
    replay("hapy")
"""


def test_a_test_can_replay_by_name_by_path_and_what_it_ran(
    project: Project, recorded: Path
) -> None:
    exported = project.file("exports/march.json")
    exported.write_bytes((recorded / "tests/histories/happy.json").read_bytes())
    project.file("test_it.py", REPLAYS)
    result = project.pytest("test_it.py")
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(
        ["FAILED test_it.py::test_missing - *no history `hapy`: there is *"]
    )


def test_a_harness_takes_the_options_of_the_backend(project: Project) -> None:
    project.bundle("clock", run="import datetime\nreturn str(datetime.datetime.now())")
    project.file(
        "test_it.py",
        """
        def test_sandboxed(workflow_harness):
            harness = workflow_harness("runbooks/clock", backend="sdk", sandbox=True)
            assert harness.run_sync().status == "task-failed"

        def test_unknown(workflow_harness):
            workflow_harness("runbooks/clock", backend="skd")
        """,
    )
    result = project.pytest("test_it.py")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["FAILED test_it.py::test_unknown - Failed: no backend `skd`*"])


def test_the_history_of_a_child_replays_with_its_parents_bundle(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    parent, child = project.bundle("parent", **ASKS_A_CHILD), project.bundle("counter", **COUNTER)
    assert run(["replay", "record", str(parent), "--child", str(child)]) == 0
    capsys.readouterr()
    result = project.pytest("runbooks/parent", "-k", "replay", "-v")
    result.assert_outcomes(passed=4, deselected=2)
    result.stdout.fnmatch_lines(["*::replay?happy.counter-1? PASSED*"])
