"""The commands that are timed, ours and the peers', each as a whole process."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import cores
from benchmarks.processes import Finished, ProcessFailedError, python, run
from benchmarks.rounds import Timed

LIMIT_S = 3600.0
FINDINGS = (0, 1)
"""Exit codes of linters that did their work: nothing found, something found."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another tool with its default rules, on all cores; `module` is what a process runs.

    ruff is no Python process, and starting one for it would flatter us.
    """

    name: str
    module: str
    arguments: tuple[str, ...]

    @property
    def is_installed(self) -> bool:
        """Whether it can be measured."""
        if self.module == "ruff":
            return _ruff() is not None
        return importlib.util.find_spec(self.module) is not None

    def command(self) -> list[str]:
        """Return the command that looks at the current directory."""
        if self.module == "ruff":
            return [str(_ruff()), *self.arguments]
        return python("-m", self.module, *self.arguments)


FLAKE8 = Peer("flake8", "flake8", ("--isolated", "-j", "auto", "."))
FIXIT = Peer("Fixit", "fixit", ("lint", "."))
RUFF = Peer(
    "ruff", "ruff", ("check", "--isolated", "--no-cache", "--output-format", "concise", ".")
)
PARSER = Peer(
    f"libcst's parser alone, {cores()} processes",
    "benchmarks.lint_speed.parse_only",
    (".", str(cores())),
)
"""The floor: we parse the same files and do more."""


@dataclass(frozen=True, slots=True)
class Peak:
    """A run, and the memory of its largest process in bytes."""

    seconds: float
    memory: int


def lint(*options: str) -> list[str]:
    """Return our command; its output is as short as that of the peers."""
    return python("-m", "ntro_testkit", "lint", ".", "--output-format", "concise", *options)


def _ruff() -> str | None:
    return shutil.which("ruff", path=sysconfig.get_path("scripts")) or shutil.which("ruff")


def timed(command: Sequence[str], directory: Path, *, finds: str = "") -> Timed:
    """Return a command, timed in a directory; `finds` must stand in what it prints.

    It raises `ProcessFailedError` when the command did not do its work.
    """

    def once() -> float:
        finished = run(command, directory=directory, limit_s=LIMIT_S)
        _check(command, finished.returncode, finished.errors)
        if finds not in finished.output:
            raise ProcessFailedError(f"no {finds} in the output of: {' '.join(command)}")
        return finished.seconds

    return once


def peak(command: Sequence[str], directory: Path) -> Peak:
    """Run a command once and return how large it became."""
    watched = python("-m", "benchmarks.lint_speed.peak_memory", *command)
    finished: Finished = run(watched, directory=directory, limit_s=LIMIT_S)
    _check(watched, finished.returncode, finished.errors)
    result = json.loads(finished.output)
    _check(command, result["returncode"], result["errors"])
    return Peak(result["seconds"], result["peak"])


def _check(command: Sequence[str], returncode: int, errors: str) -> None:
    if returncode not in FINDINGS:
        raise ProcessFailedError(
            f"exit code {returncode} of: {' '.join(command)}: {errors.strip()[-500:]}"
        )
