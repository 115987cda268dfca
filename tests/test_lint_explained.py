"""`ntro-testkit lint --explain-bundle`: what it prints where, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bundles import ROOT
from tests.command_line import CLEAN, assert_refused, bundle_with, command, workflow_of
from tests.lint_rules.outline import mermaid_grammar

Capture = pytest.CaptureFixture[str]
PETTY_CASH = ROOT / "fixtures/runbooks/petty-cash"


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("output_format", [(), ("--output-format", "text")])
def test_a_table_is_printed_for_people(output_format: tuple[str, ...], capsys: Capture) -> None:
    done = command(capsys, "lint", "--explain-bundle", PETTY_CASH, *output_format)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("petty-cash 0.1.0  (")
    assert "\x1b[" not in done.out
    for word in ("PettyCashWorkflow", "petty_cash.read_slip", "document_submitted", "2d"):
        assert word in done.out


def test_colours_are_printed_when_asked_for(capsys: Capture) -> None:
    done = command(capsys, "lint", "--explain-bundle", PETTY_CASH, "--color", "always")
    assert "\x1b[" in done.out


def test_json_is_data(capsys: Capture) -> None:
    done = command(capsys, "lint", "--explain-bundle", PETTY_CASH, "--output-format", "json")
    assert (done.code, done.err) == (0, "")
    [bundle] = json.loads(done.out)["bundles"]
    assert bundle["bundle"] == "petty-cash"
    assert [step["name"] for step in bundle["classes"][0]["steps"]] == ["upload", "review", "post"]


def test_mermaid_is_a_chart(capsys: Capture) -> None:
    done = command(capsys, "lint", "--explain-bundle", PETTY_CASH, "--output-format", "mermaid")
    assert (done.code, done.err) == (0, "")
    assert mermaid_grammar.read(done.out).frames == {"w0": "petty-cash: PettyCashWorkflow"}


def test_it_can_be_written_to_a_file(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "chart.mmd"
    arguments = ("--output-format", "mermaid", "--output-file", file)
    done = command(capsys, "lint", "--explain-bundle", PETTY_CASH, *arguments)
    assert (done.code, done.out) == (0, "")
    assert file.read_text("utf-8").startswith("flowchart TD\n")


def test_the_current_directory_is_explained_by_default(tmp_path: Path, capsys: Capture) -> None:
    bundle_with(tmp_path, CLEAN)
    done = command(capsys, "lint", "--explain-bundle")
    assert (done.code, done.err) == (0, "")
    assert "class DemoWorkflow  templates/workflow.py" in done.out


def test_a_bundle_that_cannot_be_parsed_is_explained_as_far_as_it_goes(
    tmp_path: Path, capsys: Capture
) -> None:
    bundle = bundle_with(tmp_path, "class Demo(:\n")
    done = command(capsys, "lint", "--explain-bundle", bundle)
    assert (done.code, done.err) == (0, "")
    assert "Notes" in done.out
    assert "demo/templates/workflow.py:1: " in done.out


def test_findings_do_not_matter(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, CLEAN.replace("runbook.now()", "__import__('time').time()"))
    assert command(capsys, "lint", "--explain-bundle", bundle).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_nothing_found_is_said(tmp_path: Path, capsys: Capture) -> None:
    done = command(capsys, "lint", "--explain-bundle", tmp_path)
    assert (done.code, done.out) == (0, "no bundle was found\n")


@pytest.mark.parametrize("output_format", ["concise", "sarif", "github", "gitlab", "junit"])
def test_a_format_for_findings_is_refused(output_format: str, capsys: Capture) -> None:
    done = command(capsys, "lint", "--explain-bundle", "--output-format", output_format)
    assert_refused(done, f"no format `{output_format}`", "full, text, json, mermaid")


def test_a_misspelt_format_is_refused_with_the_nearest(capsys: Capture) -> None:
    done = command(capsys, "lint", "--explain-bundle", "--output-format", "mermade")
    assert_refused(done, "did you mean `mermaid`?")


@pytest.mark.parametrize("output_format", ["mermaid", "text"])
def test_a_format_for_bundles_needs_the_option(output_format: str, capsys: Capture) -> None:
    done = command(capsys, "lint", "--output-format", output_format)
    assert_refused(done, "--explain-bundle")


@pytest.mark.parametrize(
    "option", [("--fix",), ("--diff",), ("--write-baseline", "b"), ("--show-files",)]
)
def test_what_does_something_else_is_refused(option: tuple[str, ...], capsys: Capture) -> None:
    assert_refused(command(capsys, "lint", "--explain-bundle", *option), "only prints", option[0])


def test_a_path_that_does_not_exist_is_wrong_use(capsys: Capture) -> None:
    assert_refused(command(capsys, "lint", "--explain-bundle", "petty-cush"), "petty-cush")


def test_stdin_stands_for_the_file_it_is_named_after(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = bundle_with(tmp_path, CLEAN)
    edited = CLEAN.replace("async def run", "async def ignored(self): ...\n    async def run")

    class Stdin:
        class buffer:
            @staticmethod
            def read() -> bytes:
                return edited.replace("DemoWorkflow", "EditedWorkflow").encode()

    monkeypatch.setattr("sys.stdin", Stdin)
    arguments = ("--stdin-filename", workflow_of(bundle), "-")
    done = command(capsys, "lint", "--explain-bundle", *arguments)
    assert done.code == 0
    assert "class EditedWorkflow" in done.out
