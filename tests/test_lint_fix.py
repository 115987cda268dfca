"""`ntro-testkit lint --fix`, `--unsafe-fixes` and `--diff`."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import CLEAN, DIRTY, bundle_with, command, workflow_of

Capture = pytest.CaptureFixture[str]

HEAD = """\
from ntro.workflow import NtroWorkflow, runbook
from .models import DemoContext

@runbook.defn
class DemoWorkflow(NtroWorkflow):
    @runbook.run
    async def run(self, ctx: DemoContext) -> object:
"""

UNSAFE = HEAD.replace("from ntro", "import datetime\n\nfrom ntro", 1) + (
    "        return datetime.datetime.now().isoformat()\n"
)
SLEEPS = HEAD.replace("from ntro", "import time\n\nfrom ntro", 1) + (
    "        time.sleep(5)\n        return None\n"
)
REFUSED = HEAD + "        print('a', 'b')\n        print('plain')\n        return None\n"


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_fix_makes_the_safe_fixes_and_reports_what_remains(tmp_path: Path, capsys: Capture) -> None:
    file = workflow_of(bundle_with(tmp_path, DIRTY))
    done = command(capsys, "lint", "--fix")
    assert file.read_text() == CLEAN
    assert done.code == 0
    assert done.out.startswith("clean: ")
    fixed, note = done.err.splitlines()
    assert fixed == "fixed 1 finding in 1 file"
    assert note == "note: a value that changes may change a branch of a run in flight"
    assert command(capsys, "lint", "--fix").err == ""


def test_what_was_fixed_is_not_known_as_it_was_before(tmp_path: Path, capsys: Capture) -> None:
    file = workflow_of(bundle_with(tmp_path, DIRTY))
    assert command(capsys, "lint").code == 1
    command(capsys, "lint", "--fix")
    assert command(capsys, "lint").code == 0
    file.write_text(DIRTY)
    assert command(capsys, "lint").code == 1


def test_unsafe_fixes_are_made_only_when_asked_for(tmp_path: Path, capsys: Capture) -> None:
    file = workflow_of(bundle_with(tmp_path, UNSAFE))
    safe = command(capsys, "lint", "--fix")
    assert (safe.code, safe.err, file.read_text()) == (1, "", UNSAFE)
    assert "1 fixable with --fix --unsafe-fixes" in safe.out
    unsafe = command(capsys, "lint", "--fix", "--unsafe-fixes")
    assert (unsafe.code, "runbook.now().isoformat()" in file.read_text()) == (0, True)


def test_a_fix_that_changes_commands_says_so_once(tmp_path: Path, capsys: Capture) -> None:
    bundle_with(tmp_path, SLEEPS + "        time.sleep(6)\n")
    done = command(capsys, "lint", "--fix", "--unsafe-fixes")
    assert done.err.count("changes the command sequence of runs in flight") == 1
    assert "may change a branch" not in done.err


def test_a_fix_that_is_refused_is_said_and_not_offered_again(
    tmp_path: Path, capsys: Capture
) -> None:
    file = workflow_of(bundle_with(tmp_path, REFUSED))
    done = command(capsys, "lint", "--fix")
    assert "runbook.logger.info('plain')" in file.read_text()
    refused, fixed = done.err.splitlines()
    assert refused.startswith("not applied: demo/templates/workflow.py:8:9: NTR116: it has more")
    assert fixed == "fixed 1 finding in 1 file"
    assert (done.code, "fixable" in done.out) == (1, False)


@pytest.mark.parametrize("arguments", [["--ignore", "NTR101"], ["--select", "NTR104"]])
def test_findings_that_are_not_selected_are_not_fixed(
    tmp_path: Path, capsys: Capture, arguments: list[str]
) -> None:
    file = workflow_of(bundle_with(tmp_path, DIRTY))
    assert command(capsys, "lint", "--fix", *arguments).code == 0
    assert file.read_text() == DIRTY


def test_suppressed_and_baselined_findings_are_not_fixed(tmp_path: Path, capsys: Capture) -> None:
    suppressed = DIRTY.replace("time.time()", "time.time()  # noqa: NTR101 -- it is a drill")
    file = workflow_of(bundle_with(tmp_path, suppressed))
    assert command(capsys, "lint", "--fix").code == 0
    assert file.read_text() == suppressed
    file.write_text(DIRTY)
    command(capsys, "lint", "--write-baseline", "known.json")
    assert command(capsys, "lint", "--fix", "--baseline", "known.json").code == 0
    assert file.read_text() == DIRTY


def test_a_suppression_that_suppresses_nothing_is_removed(tmp_path: Path, capsys: Capture) -> None:
    idle = CLEAN.replace(".timestamp()", ".timestamp()  # noqa: NTR101 -- it was a drill")
    file = workflow_of(bundle_with(tmp_path, idle))
    assert command(capsys, "lint", "--fix").err == "fixed 1 finding in 1 file\n"
    assert file.read_text() == CLEAN


HELPER = "import time\n\n\ndef stamp() -> float:\n    return time.time()\n"
CALLER = CLEAN.replace("runbook.now().timestamp()", "stamp()").replace(
    "from ntro", "from .helper import stamp\nfrom ntro"
)


def test_only_files_that_were_given_are_changed(tmp_path: Path, capsys: Capture) -> None:
    bundle = bundle_with(tmp_path, CALLER, helper=HELPER)
    helper = bundle / "templates" / "helper.py"
    done = command(capsys, "lint", workflow_of(bundle), "--fix")
    assert (done.code, helper.read_text()) == (1, HELPER)
    assert "helper.py:5:12: NTR101: its file is not among the paths given" in done.err
    assert command(capsys, "lint", bundle, "--fix").code == 0
    assert "runbook.now()" in helper.read_text()


def test_an_import_stays_while_another_module_takes_its_name(
    tmp_path: Path, capsys: Capture
) -> None:
    taker = "from .helper import time\n\n\ndef wait() -> None:\n    time.sleep(1)\n"
    bundle = bundle_with(tmp_path, CALLER, helper=HELPER, taker=taker)
    assert command(capsys, "lint", bundle, "--fix").code == 0
    fixed = (bundle / "templates" / "helper.py").read_text()
    assert "import time\n" in fixed
    assert "time.time()" not in fixed


def test_diff_shows_what_fix_would_change_and_changes_nothing(
    tmp_path: Path, capsys: Capture
) -> None:
    file = workflow_of(bundle_with(tmp_path, DIRTY))
    done = command(capsys, "lint", "--diff")
    assert (done.code, file.read_text()) == (1, DIRTY)
    assert done.err.startswith("would fix 1 finding in 1 file\n")
    subprocess.run(["git", "apply"], input=done.out, text=True, check=True, timeout=20)
    assert file.read_text() == CLEAN
    nothing = command(capsys, "lint", "--diff")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "")


def test_diff_counts_before_fix_and_takes_unsafe_fixes(tmp_path: Path, capsys: Capture) -> None:
    file = workflow_of(bundle_with(tmp_path, UNSAFE))
    assert command(capsys, "lint", "--diff", "--fix").out == ""
    done = command(capsys, "lint", "--diff", "--fix", "--unsafe-fixes", "--exit-zero")
    assert (done.code, file.read_text()) == (0, UNSAFE)
    assert "+        return runbook.now().isoformat()" in done.out


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_stdin_is_fixed_to_stdout_and_to_nothing_else(
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    newline: str,
    mark: str,
) -> None:
    from ntro_testkit.cli.app import run

    file = workflow_of(bundle_with(tmp_path, DIRTY))

    def fixed(source: str) -> tuple[int, str]:
        data = (mark + source).replace("\n", newline).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        code = run(["lint", "--fix", "--stdin-filename", str(file), "-"])
        return code, capsysbinary.readouterr().out.decode()

    assert fixed(DIRTY) == (0, (mark + CLEAN).replace("\n", newline))
    assert fixed(CLEAN) == (0, (mark + CLEAN).replace("\n", newline))
    assert fixed("def :\n") == (1, (mark + "def :\n").replace("\n", newline))
    assert file.read_text() == DIRTY


def test_a_file_that_cannot_be_written_is_said_and_still_reported(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workflow_of(bundle_with(tmp_path, DIRTY))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("lint_rules.fixes.files.write_atomically", refuse)
    done = command(capsys, "lint", "--fix")
    assert done.code == 2
    assert "error: demo/templates/workflow.py cannot be written" in done.err
    assert "NTR101" in done.out
    assert file.read_text() == DIRTY
