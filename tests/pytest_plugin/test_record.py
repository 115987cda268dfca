"""`pytest --ntro-record`: writes histories as `replay record` does, and only when it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("temporalio", reason="histories need temporalio")

from ntro_testkit.cli.app import run
from tests.pytest_plugin.conftest import ASKS_A_CHILD, COUNTER, REVIEW, Project

AUTHORS = "from ntro_testkit import Scenario\n\nOWN = Scenario('own', approve_reviews=False)\n"


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep pytest from cutting the lines of its summary."""
    monkeypatch.setenv("COLUMNS", "400")


def files(bundle: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (bundle / "tests/histories").iterdir()}


def test_a_bundle_is_recorded_as_the_command_does_it(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    parent, child = project.bundle("parent", **ASKS_A_CHILD), project.bundle("counter", **COUNTER)
    assert run(["replay", "record", str(parent), "--child", str(child)]) == 0
    by_command = files(parent)
    for file in (parent / "tests/histories").iterdir():
        file.unlink()
    capsys.readouterr()
    result = project.pytest("--ntro-record", "runbooks/parent", "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        [
            "runbooks/parent/runbook.md::record PASSED*",
            "*= ntro histories =*",
            "parent  5 written",
            "          written happy.json",
            "          written happy.counter-1.json",
        ]
    )
    assert files(parent) == by_command


def test_what_is_told_is_what_changed(project: Project) -> None:
    bundle = project.bundle(**REVIEW, files={"tests/scenarios.py": AUTHORS})
    project.pytest("--ntro-record")
    (bundle / "tests/scenarios.py").unlink()
    (bundle / "tests/histories/happy.json").write_text("{}")
    result = project.pytest("--ntro-record", "-v")
    result.assert_outcomes(passed=3)
    assert "replay[" not in result.stdout.str()
    result.stdout.fnmatch_lines(
        [
            "demo  1 removed, 3 unchanged, 2 written",
            "        written happy.json",
            "        removed own.json",
            "        written header.json",
        ]
    )


def test_nothing_is_written_without_the_option(project: Project) -> None:
    bundle = project.bundle()
    project.pytest("runbooks").assert_outcomes(passed=2)
    assert not (bundle / "tests").exists()
    project.pytest("--ntro-record")
    (bundle / "tests/histories/happy.json").write_text("{}")
    before = files(bundle)
    result = project.pytest("runbooks")
    result.assert_outcomes(passed=5, failed=1)
    assert "ntro histories" not in result.stdout.str()
    assert files(bundle) == before


def test_a_scenario_that_cannot_be_recorded_fails_and_keeps_its_history(project: Project) -> None:
    bundle = project.bundle()
    project.pytest("--ntro-record")
    workflow = bundle / "templates/workflow.py"
    workflow.write_text(workflow.read_text().replace("return await self._store()", "return nobody"))
    before = files(bundle)
    result = project.pytest("--ntro-record", "-k", "record")
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines(
        [
            "FAILED runbooks/demo/runbook.md::record - cannot be recorded: happy: task-failed: "
            "NameError*",
        ]
    )
    assert files(bundle)["happy.json"] == before["happy.json"]


def test_one_scenario_is_recorded_and_the_others_are_left(project: Project) -> None:
    bundle = project.bundle()
    project.bundle("other", files={"tests/scenarios.py": AUTHORS}, **REVIEW)
    project.pytest("--ntro-record", "runbooks/demo")
    before = files(bundle)
    result = project.pytest("--ntro-record", "--ntro-scenario=own")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["other  2 written"])
    assert files(bundle) == before
    assert set(files(bundle.parent / "other")) == {"own.json", "header.json"}


def test_a_damaged_header_is_told_in_one_line(project: Project) -> None:
    bundle = project.bundle()
    folder = bundle / "tests/histories"
    folder.mkdir(parents=True)
    (folder / "header.json").write_text("[]")
    result = project.pytest("--ntro-record", "-k", "record")
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines(["no bundle was recorded", "FAILED *::record - *header.json*"])
    assert "Traceback" not in result.stdout.str()


def test_without_temporalio_it_fails_with_what_to_install(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.bundle()
    monkeypatch.setattr("ntro_testkit.runtime.failures.HAS_TEMPORALIO", False)
    result = project.pytest("--ntro-record", "-k", "record")
    result.assert_outcomes(failed=1, deselected=2)
    result.stdout.fnmatch_lines(["FAILED *::record - histories need temporalio: pip install *"])


def test_workers_of_xdist_tell_the_controller(project: Project) -> None:
    pytest.importorskip("xdist")
    for slug in ("one", "two"):
        project.bundle(slug)
    result = project.pytest_apart("--ntro-record", "-n", "2", "-k", "record")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*= ntro histories =*", "one  5 written", "two  5 written"])
