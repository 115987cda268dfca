"""`ntro-testkit lint`: what it prints where, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import ntro_testkit
from lint_rules.report import FORMATS
from ntro_testkit.cli.terminal import in_colour
from tests.command_line import (
    CLEAN,
    DIRTY,
    REQUIREMENTS,
    assert_refused,
    bundle_with,
    command,
    workflow_of,
)

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "NTRO_TESTKIT_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_a_clean_bundle_gives_exit_code_zero(tmp_path: Path, capsys: Capture) -> None:
    done = command(capsys, "lint", bundle_with(tmp_path, CLEAN))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("clean: no findings in 1 bundle")


def test_findings_give_exit_code_one(tmp_path: Path, capsys: Capture) -> None:
    done = command(capsys, "lint", bundle_with(tmp_path, DIRTY))
    assert (done.code, done.err) == (1, "")
    assert "error[NTR101]" in done.out or "warning[NTR101]" in done.out
    assert "demo/templates/workflow.py:10:16" in done.out


def test_the_current_directory_is_linted_by_default(tmp_path: Path, capsys: Capture) -> None:
    bundle_with(tmp_path, DIRTY)
    assert "NTR101" in command(capsys, "lint").out


def test_a_runbook_that_is_given_brings_in_nothing_of_its_neighbours(
    tmp_path: Path, capsys: Capture
) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    assert command(capsys, "lint", bundle / "runbook.md").code == 0
    both = command(capsys, "lint", bundle / "runbook.md", workflow_of(bundle))
    assert both.code == 1


@pytest.mark.parametrize("output_format", FORMATS)
def test_every_format_tells_the_finding(
    tmp_path: Path, capsys: Capture, output_format: str
) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    done = command(capsys, "lint", bundle, "--output-format", output_format)
    assert (done.code, done.err) == (1, "")
    assert "NTR101" in done.out
    assert done.out.endswith("\n")
    if output_format in ("json", "sarif", "gitlab"):
        json.loads(done.out)
    if output_format == "junit":
        ElementTree.fromstring(done.out)


def test_json_has_the_edits_of_fixes(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    done = command(capsys, "lint", bundle, "--output-format", "json")
    [finding] = json.loads(done.out)["findings"]
    texts = {edit["text"] for edit in finding["fix"]["edits"]}
    assert "runbook.now().timestamp()" in texts
    assert {edit["path"] for edit in finding["fix"]["edits"]} == {finding["path"]}


def test_json_offers_no_fix_that_cannot_be_made(tmp_path: Path, capsys: Capture) -> None:
    shadowed = DIRTY.replace("return time.time()", "return clock()").replace(
        "@runbook.defn", "clock = time.time if runbook else None\n\n\n@runbook.defn"
    )
    done = command(
        capsys,
        "lint",
        bundle_with(tmp_path, shadowed),
        "--output-format",
        "json",
        "--select",
        "NTR101",
    )
    [finding] = json.loads(done.out)["findings"]
    assert finding["fix"] is None


def test_an_output_file_takes_the_report_from_stdout(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    file = tmp_path / "report.txt"
    done = command(capsys, "lint", bundle, "--output-file", file)
    assert (done.code, done.out, done.err) == (1, "", "")
    assert "[NTR101]" in file.read_text(encoding="utf-8")
    assert "\x1b" not in file.read_text(encoding="utf-8")


def test_exit_zero_prints_the_same_and_exits_with_zero(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    done = command(capsys, "lint", bundle, "--exit-zero")
    assert done.code == 0
    assert done.out == command(capsys, "lint", bundle).out
    assert_refused(command(capsys, "lint", "nowhere", "--exit-zero"), "nowhere")


MANY = """\
import time
import uuid

from ntro.workflow import NtroWorkflow, runbook
from .models import DemoContext

@runbook.defn
class DemoWorkflow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: DemoContext) -> str:
        print(time.time())
        return uuid.uuid4().hex
"""


@pytest.mark.parametrize(
    "arguments, codes",
    [
        ([], ["NTR101", "NTR104", "NTR116"]),
        (["--select", "NTR101,NTR104"], ["NTR101", "NTR104"]),
        (["--select", "NTR101", "--select", "uuid"], ["NTR101", "NTR104"]),
        (["--ignore", "NTR101", "--ignore", "output"], ["NTR104"]),
        (["--select", "NTR101", "--extend-select", "NTR116"], ["NTR101", "NTR116"]),
        (["--select", "NTR9"], []),
    ],
)
def test_rules_are_chosen_by_code_prefix_and_name(
    tmp_path: Path, capsys: Capture, arguments: list[str], codes: list[str]
) -> None:
    bundle = bundle_with(tmp_path, MANY)
    done = command(capsys, "lint", bundle, *arguments, "--output-format", "json")
    assert sorted(each["code"] for each in json.loads(done.out)["findings"]) == codes
    assert done.code == bool(codes)


def test_statistics_count_the_findings_of_each_rule(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, MANY)
    lines = command(capsys, "lint", bundle, "--statistics").out.splitlines()
    assert sum(line.startswith("1  NTR") for line in lines) == 3
    assert "1  NTR101" not in command(capsys, "lint", bundle).out


UNKNOWN = CLEAN.replace("return ", "return fxrates.lookup() or ").replace(
    "from ntro", "import fxrates\nfrom ntro"
)


def test_unknown_calls_are_listed_on_demand_and_errors_when_strict(
    tmp_path: Path, capsys: Capture
) -> None:
    bundle = bundle_with(tmp_path, UNKNOWN)
    (bundle / "templates/requirements.txt").write_text(f"{REQUIREMENTS}fxrates==1.0\n")
    assert "fxrates" not in command(capsys, "lint", bundle).out
    listed = command(capsys, "lint", bundle, "--show-unknown")
    assert (listed.code, "`fxrates.lookup`" in listed.out) == (0, True)
    strict = command(capsys, "lint", bundle, "--strict")
    assert (strict.code, "NTR904" in strict.out) == (1, True)


def test_the_configuration_is_read_replaced_or_left_alone(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    table = "[tool.ntro-testkit.lint]\nignore = ['wall-clock']\n"
    (tmp_path / "pyproject.toml").write_text(table)
    (tmp_path / "other.toml").write_text(table.replace("wall-clock", "uuid"))
    assert command(capsys, "lint", bundle).code == 0
    assert command(capsys, "lint", bundle, "--isolated").code == 1
    assert command(capsys, "lint", bundle, "--config", "other.toml").code == 1
    assert command(capsys, "lint", bundle, "--extend-select", "NTR101").code == 1


def test_every_fault_of_a_configuration_is_a_line(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.ntro-testkit.lint]\nselct = ['NTR101']\nignore = ['NTR1000']\n"
    )
    done = command(capsys, "lint")
    assert (done.code, done.out) == (2, "")
    selct, ignore = done.err.splitlines()
    assert selct.startswith("error: pyproject.toml:2: ")
    assert "`select`" in selct
    assert ignore.startswith("error: pyproject.toml:3: ")


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["nowhere/at/all"], ["no such file or directory", "nowhere/at/all"]),
        (["demo/templates/workflwo.py"], ["did you mean demo/templates/workflow.py"]),
        (["--output-format", "jsn"], ["--output-format", "`json`", "sarif"]),
        (["--select", "NTR1O1"], ["--select", "`NTR101`"]),
        (["--ignore", "wallclock"], ["--ignore", "`wall-clock`"]),
        (["--color", "allways"], ["--color", "`always`"]),
        (["--unsafe-fixes"], ["--fix", "--diff"]),
        (["--config", "nowhere.toml"], ["nowhere.toml"]),
        (["--config", "p.toml", "--isolated"], ["--config", "--isolated"]),
        (["--baseline", "nowhere.json"], ["nowhere.json", "--write-baseline"]),
        (["--baseline", "demo/runbook.md"], ["runbook.md", "JSON"]),
        (["--write-baseline", "no/where.json"], ["no/where.json"]),
        (["--write-baseline", "b.json", "--diff"], ["--write-baseline", "--diff"]),
        (["--output-file", "no/where.txt"], ["--output-file", "no/where.txt"]),
        (["-"], ["--stdin-filename"]),
        (["-", "demo", "--stdin-filename", "x.py"], ["`-`"]),
        (["demo", "--stdin-filename", "x.py"], ["--stdin-filename", "`-`"]),
        (["-", "--stdin-filename", "x.py", "--write-baseline", "b"], ["--write-baseline"]),
        (["--jobs", "0"], ["--jobs", "from 1"]),
        (["--jobs", "many"], ["--jobs", "many"]),
        (["--selct", "NTR101"], ["--selct", "`--select`"]),
        (["--select"], ["--select"]),
    ],
)
def test_wrong_use_is_one_line_that_says_what_to_do(
    tmp_path: Path, capsys: Capture, arguments: list[str], words: list[str]
) -> None:
    bundle_with(tmp_path, CLEAN)
    assert_refused(command(capsys, "lint", *arguments), *words)


def test_options_may_stand_between_paths(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    arguments = (bundle / "runbook.md", "--output-format", "concise", workflow_of(bundle))
    assert command(capsys, "lint", *arguments).out.startswith("demo/templates/workflow.py:10:16:")


def test_what_git_ignores_is_linted_on_demand(tmp_path: Path, capsys: Capture) -> None:
    bundle_with(tmp_path, DIRTY)
    (tmp_path / ".gitignore").write_text("demo/\n")
    assert command(capsys, "lint").code == 0
    assert command(capsys, "lint", "--no-respect-gitignore").code == 1


def test_show_files_and_show_settings_lint_nothing(tmp_path: Path, capsys: Capture) -> None:
    bundle_with(tmp_path, DIRTY)
    files = command(capsys, "lint", "--show-files")
    assert (files.code, files.err) == (0, "")
    assert "demo/templates/workflow.py" in files.out.splitlines()
    settings = command(capsys, "lint", "--show-settings", "--select", "NTR101", "--strict")
    assert settings.code == 0
    assert {'select = ["NTR101"]', "strict = true"} <= set(settings.out.splitlines())
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


@pytest.mark.parametrize(
    "when, to_terminal, environment, expected",
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_terminals_unless_somebody_says_otherwise(
    when: str, to_terminal: bool, environment: dict[str, str], expected: bool
) -> None:
    assert in_colour(when, to_terminal=to_terminal, environment=environment) is expected


def test_colours_are_printed_when_asked_for(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    assert "\x1b[" in command(capsys, "lint", bundle, "--color", "always").out
    assert "\x1b[" not in command(capsys, "lint", bundle).out


def test_help_names_every_option_with_examples(capsys: Capture) -> None:
    done = command(capsys, "lint", "--help")
    assert (done.code, done.err) == (0, "")
    for word in ("--select", "--unsafe-fixes", "--stdin-filename", "Examples:", "PATHS"):
        assert word in done.out


def test_lint_is_a_name_of_the_package(tmp_path: Path) -> None:
    [finding] = ntro_testkit.lint([bundle_with(tmp_path, DIRTY)]).findings
    assert finding.code == "NTR101"
