"""The command as a process: help, pipes, terminals."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.bundles import ROOT, cli, script
from tests.conftest import BundleFactory
from tests.test_cli import REVIEW


def test_help_and_version_go_to_stdout() -> None:
    for arguments in (["--help"], ["test", "--help"], ["--version"]):
        done = cli(*arguments)
        assert done.returncode == 0
        assert done.stdout
        assert done.stderr == ""


def test_help_is_answered_without_importing_the_sdk() -> None:
    done = script(
        "import sys\nsys.argv = ['ntro-testkit', 'test', '--help']\n"
        "from ntro_testkit.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('ntro', 'temporalio', 'libcst') if m in sys.modules], file=sys.stderr)"
    )
    assert done.stderr.strip() == "[]"


def test_output_into_a_closed_pipe_is_no_traceback(bundle: BundleFactory) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "ntro_testkit", "test", str(bundle(**REVIEW))],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert "Traceback" not in done.stderr


def test_the_report_is_printed_on_a_terminal_that_knows_ascii_only(bundle: BundleFactory) -> None:
    done = cli(
        "test",
        bundle(**REVIEW),
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
    )
    assert done.returncode == 0, done.stdout
    assert "Traceback" not in done.stderr
    assert "summary: 2 passed" in done.stdout
