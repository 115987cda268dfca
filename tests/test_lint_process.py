"""`ntro-testkit lint` as a process: what it imports, pipes, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.lint_speed import trees
from ntro_testkit.cli import terminal
from tests.bundles import ROOT, cli, script
from tests.command_line import DIRTY, bundle_with

COLLECT = "lint_rules.facts.collect"
HEAVY = ("libcst", "pydantic", "yaml", "typer", "ntro", "temporalio", "rich", COLLECT)

IMPORTS = f"""
import sys
from ntro_testkit.cli.app import run
code = run(sys.argv[1:])
print(code, [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


def imports(*arguments: str | Path, cwd: Path) -> str:
    done = script(f"import sys\nsys.argv[1:] = {[*map(str, arguments)]!r}\n{IMPORTS}", cwd=cwd)
    return done.stderr.strip()


def test_a_run_on_cached_results_imports_nothing_heavy(tmp_path: Path) -> None:
    bundle = bundle_with(tmp_path, DIRTY)
    (tmp_path / "pyproject.toml").write_text("[tool.ntro-testkit.lint]\nselect = ['NTR1']\n")
    assert imports("lint", bundle, cwd=tmp_path) == f"1 ['yaml', '{COLLECT}']"
    assert imports("lint", bundle, cwd=tmp_path) == "1 []"


@pytest.mark.parametrize(
    "arguments, expected",
    [(["rule", "NTR101"], "0 []"), (["lint", "--help"], "0 []"), (["--help"], "0 []")],
    ids=["rule", "lint-help", "help"],
)
def test_what_needs_no_analysis_imports_nothing_heavy(
    tmp_path: Path, arguments: list[str], expected: str
) -> None:
    assert imports(*arguments, cwd=tmp_path) == expected


def test_a_reader_that_stops_reading_is_no_fault(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "ntro_testkit", "lint", bundle_with(tmp_path, DIRTY)],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_report_is_printed_whatever_the_terminal_can_show(tmp_path: Path) -> None:
    source = DIRTY.replace("return time.time()", "return time.time()  # für später")
    bundle = bundle_with(tmp_path, source)
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = cli("lint", bundle, env=ascii_only, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert r"f\xfcr sp\xe4ter" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="process groups are those of POSIX")
def test_ctrl_c_ends_all_processes_with_one_line(tmp_path: Path) -> None:
    trees.bundles(tmp_path, count=30, lines=2_000)
    process = subprocess.Popen(
        [sys.executable, "-m", "ntro_testkit", "lint", "--jobs", "2", "--cache-dir", "cache"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        start_new_session=True,
    )
    _wait_for(tmp_path / "cache" / "results", process)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "interrupted\n")
    assert not [*(tmp_path / "cache").rglob("*.tmp")]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def _wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert process.poll() is None, "it ended before it could be interrupted"
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("is_terminal, patience", [(True, 0.0), (True, 60.0), (False, 0.0)])
def test_progress_is_for_terminals_and_for_those_who_wait(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    is_terminal: bool,
    patience: float,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    monkeypatch.setattr(terminal, "_PATIENCE", patience)
    with terminal.progress() as show:
        show(1, 2)
    shown = "\r\x1b[Klinting 1/2 ...\r\x1b[K" if is_terminal and not patience else ""
    assert capsys.readouterr().err == shown
