"""`ntro-testkit lint`: source from stdin, the cache, the baseline."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.command_line import CLEAN, DIRTY, Done, bundle_with, command, workflow_of

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NTRO_TESTKIT_CACHE_DIR", raising=False)


class Stdin:
    """Lints with a text on stdin."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def lint(self, source: str, *arguments: str | Path) -> Done:
        stream = io.TextIOWrapper(io.BytesIO(source.encode()), encoding="utf-8")
        self._monkeypatch.setattr(sys, "stdin", stream)
        return command(self._capsys, "lint", *arguments)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Stdin:
    return Stdin(monkeypatch, capsys)


def test_stdin_stands_for_the_file_it_is_said_to_be(tmp_path: Path, stdin: Stdin) -> None:
    file = workflow_of(bundle_with(tmp_path, CLEAN))
    dirty = stdin.lint(DIRTY, "--stdin-filename", file, "-", "--output-format", "concise")
    assert dirty.code == 1
    assert dirty.out.startswith("demo/templates/workflow.py:10:16: NTR101 ")
    file.write_text(DIRTY)
    assert stdin.lint(CLEAN, "--stdin-filename", file, "-").code == 0
    assert file.read_text() == DIRTY


def test_the_path_of_stdin_may_be_left_out_and_its_file_need_not_exist(
    tmp_path: Path, stdin: Stdin
) -> None:
    bundle_with(tmp_path, CLEAN)
    done = stdin.lint(DIRTY, "--stdin-filename", "demo/templates/new.py")
    assert "demo/templates/new.py:10:16" in done.out


def test_the_source_is_shown_as_it_came_from_stdin(tmp_path: Path, stdin: Stdin) -> None:
    file = workflow_of(bundle_with(tmp_path, CLEAN))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    given = "../demo/templates/workflow.py"
    for arguments in ((file,), (given,)):
        done = stdin.lint(DIRTY, "-", "--stdin-filename", *arguments)
        assert "return time.time()" in done.out


def test_only_the_findings_of_the_file_itself_are_told(tmp_path: Path, stdin: Stdin) -> None:
    helper = "import time\n\n\ndef stamp() -> float:\n    return time.time()\n"
    caller = CLEAN.replace("runbook.now().timestamp()", "stamp()").replace(
        "from ntro", "from .helper import stamp\nfrom ntro"
    )
    bundle = bundle_with(tmp_path, caller, helper=helper)
    arguments = ("-", "--output-format", "json", "--stdin-filename")
    of_caller = stdin.lint(caller, *arguments, workflow_of(bundle))
    assert of_caller.code == 0
    assert json.loads(of_caller.out)["summary"]["errors"] == 0
    of_helper = stdin.lint(helper, *arguments, bundle / "templates" / "helper.py")
    assert of_helper.code == 1
    [finding] = json.loads(of_helper.out)["findings"]
    assert finding["path"] == "demo/templates/helper.py"


def test_a_source_that_does_not_parse_is_a_finding(tmp_path: Path, stdin: Stdin) -> None:
    file = workflow_of(bundle_with(tmp_path, CLEAN))
    done = stdin.lint("def :\n", "-", "--stdin-filename", file)
    assert (done.code, "NTR901" in done.out) == (1, True)


def test_results_are_kept_beside_the_configuration(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    (tmp_path / "pyproject.toml").write_text("[tool.ntro-testkit.lint]\n")
    first = command(capsys, "lint", bundle)
    assert [*(tmp_path / ".ntro_testkit_cache").glob("results/*/*.entry")]
    assert command(capsys, "lint", bundle) == first


def test_no_cache_keeps_nothing(tmp_path: Path, capsys: Capture) -> None:
    command(capsys, "lint", bundle_with(tmp_path, DIRTY), "--no-cache")
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_the_place_of_the_cache_is_the_option_else_the_variable_else_the_configuration(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = bundle_with(tmp_path, CLEAN)
    (tmp_path / "pyproject.toml").write_text("[tool.ntro-testkit.lint]\ncache-dir = 'three'\n")
    command(capsys, "lint", bundle)
    monkeypatch.setenv("NTRO_TESTKIT_CACHE_DIR", str(tmp_path / "two"))
    command(capsys, "lint", bundle)
    command(capsys, "lint", bundle, "--cache-dir", "one")
    made = [name for name in ("one", "two", "three") if (tmp_path / name / "results").is_dir()]
    assert made == ["one", "two", "three"]
    assert not (tmp_path / ".ntro_testkit_cache").exists()


def test_a_cache_that_cannot_be_written_is_a_warning(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    (tmp_path / "file").write_text("")
    done = command(capsys, "lint", bundle, "--cache-dir", "file")
    assert done.code == 1
    [line] = done.err.splitlines()
    assert line.startswith("warning: cache ")


def test_a_baseline_silences_what_it_has_and_nothing_new(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    written = command(capsys, "lint", bundle, "--write-baseline", "known.json")
    assert (written.code, written.out) == (0, "")
    assert written.err == "wrote 1 finding to known.json\n"
    known = command(capsys, "lint", bundle, "--baseline", "known.json")
    assert (known.code, known.err) == (0, "")
    assert "1 baselined" in known.out
    file = workflow_of(bundle)
    file.write_text(DIRTY.replace("return ", "print('more')\n        return "))
    more = command(capsys, "lint", bundle, "--baseline", "known.json", "--output-format", "json")
    assert [each["code"] for each in json.loads(more.out)["findings"]] == ["NTR116"]


def test_a_baseline_of_the_configuration_counts_and_is_written_whole(
    tmp_path: Path, capsys: Capture
) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    command(capsys, "lint", bundle, "--write-baseline", "known.json")
    (tmp_path / "pyproject.toml").write_text("[tool.ntro-testkit.lint]\nbaseline = 'known.json'\n")
    assert command(capsys, "lint", bundle).code == 0
    again = command(capsys, "lint", bundle, "--write-baseline", "known.json")
    assert again.err == "wrote 1 finding to known.json\n"


def test_entries_that_match_nothing_any_more_are_counted(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, DIRTY.replace("return ", "print('a')\n        return "))
    command(capsys, "lint", bundle, "--write-baseline", "known.json")
    workflow_of(bundle).write_text(DIRTY)
    arguments = ("--baseline", "known.json")
    done = command(capsys, "lint", bundle, *arguments)
    assert done.code == 0
    assert done.err.startswith("1 entry matches nothing any more: write known.json anew")
    for unjudged in (["--ignore", "NTR116"], [bundle / "templates" / "models.py"]):
        paths = [bundle] if "--ignore" in unjudged else []
        assert command(capsys, "lint", *paths, *unjudged, *arguments).err == ""
