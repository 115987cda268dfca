"""Child processes that leave nothing behind, whatever happens to us or to them."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
"""The repository, from which `python -m benchmarks...` works whether it is installed or not."""


class ProcessFailedError(RuntimeError):
    """A child process did not do what it was started for."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A process that has ended, and the wall time of its whole life."""

    seconds: float
    returncode: int
    output: str
    errors: str


def python(*arguments: str) -> list[str]:
    """Return the command line of a Python process like ours."""
    return [sys.executable, *arguments]


def run(command: Sequence[str], *, directory: Path = ROOT, limit_s: float = 120.0) -> Finished:
    """Run a command to its end; what it started and left running is killed.

    Raises `ProcessFailedError` when it takes longer than `limit_s`. The exit code is the caller's
    to judge.
    """
    started = time.perf_counter()
    process = _start(command, directory, stdin=subprocess.DEVNULL)
    try:
        output, errors = process.communicate(timeout=limit_s)
        seconds = time.perf_counter() - started
    except subprocess.TimeoutExpired as error:
        raise ProcessFailedError(f"no end after {limit_s:g} s: {' '.join(command)}") from error
    finally:
        kill(process)
    return Finished(seconds, process.returncode, output, errors)


class Conversation:
    """A process that answers each line on its stdin with one line on its stdout."""

    def __init__(self, command: Sequence[str], *, limit_s: float = 60.0) -> None:
        self._command = command
        self._limit_s = limit_s
        self._process = _start(command, ROOT, stdin=subprocess.PIPE, keep_errors=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, line: str) -> str:
        """Send a line and return the answer.

        Raises `ProcessFailedError` when there is none within the limit.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        alarm = threading.Timer(self._limit_s, kill, [self._process])
        alarm.start()
        try:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            alarm.cancel()
        if not answer:
            raise ProcessFailedError(f"no answer to {line!r} from: {' '.join(self._command)}")
        return str(answer).strip()

    def close(self) -> None:
        """Let the process end by itself, then make sure of it; its exit code says nothing (D23)."""
        try:
            with contextlib.suppress(subprocess.TimeoutExpired, BrokenPipeError):
                self._process.communicate(timeout=10)
        finally:
            kill(self._process)


def kill(process: subprocess.Popen[str]) -> None:
    """Kill a process and all it started, which share its session."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _environment() -> dict[str, str]:
    """Return an environment in which modules are compiled once, as for an installed package."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found = [str(ROOT), kept.get("PYTHONPATH", "")]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(filter(None, found)),
        "PYTHONPYCACHEPREFIX": _compiled().name,
    }


@functools.cache
def _compiled() -> tempfile.TemporaryDirectory[str]:
    """Return where compiled modules are kept while the benchmarks run: not among the sources."""
    return tempfile.TemporaryDirectory(prefix="benchmarks-")


def _start(
    command: Sequence[str], directory: Path, stdin: int, *, keep_errors: bool = True
) -> subprocess.Popen[str]:
    """Start a process in a session of its own, so that Ctrl-C reaches us alone and we end it."""
    return subprocess.Popen(
        command,
        cwd=directory,
        env=_environment(),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if keep_errors else subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
