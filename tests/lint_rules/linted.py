"""Short ways to write a project and to lint it."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent, indent
from types import FrameType
from typing import Any

from lint_rules.config.settings import Settings
from lint_rules.engine import Run, lint, run
from lint_rules.finding import Finding, Report

NOWHERE = Path("/nowhere/at/all")
"""Where texts lie that are linted without a disk."""

DETERMINISM = ("NTR1", "NTR9")
"""The rules that are on here unless others are selected: most texts are no whole bundles."""

HEAD = """\
import asyncio, os, random, time, uuid
from datetime import datetime
from functools import partial
from importlib import import_module
from operator import attrgetter

from temporalio import activity, workflow

"""


def flow(body: str, around: str = "", name: str = "Flow") -> str:
    """Return a module with a workflow that runs `body`; `around` stands before the class."""
    return (
        f"{HEAD}{dedent(around)}\n@workflow.defn\nclass {name}:\n"
        "    @workflow.run\n    async def run(self, given):\n"
        + indent(dedent(body).strip("\n"), " " * 8)
        + "\n"
    )


def bundle(slug: str, body: str, around: str = "", **templates: str) -> dict[str, str]:
    """Return the files of a bundle whose workflow runs `body`."""
    return {
        f"{slug}/runbook.md": f"---\nslug: {slug}\n---\n",
        f"{slug}/templates/__init__.py": "",
        f"{slug}/templates/requirements.txt": "ntro[workflow]==0.1.2\n",
        f"{slug}/templates/workflow.py": flow(body, around),
        **{f"{slug}/templates/{name}.py": dedent(text) for name, text in templates.items()},
    }


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a directory."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def lint_tree(root: Path, files: Mapping[str, str | bytes], *given: str, **settings: Any) -> Report:
    """Write files and lint them, or only those that are given."""
    write(root, files)
    chosen = Settings(root, **{"select": DETERMINISM, **settings})
    return lint([root / name for name in given or (".",)], chosen, jobs=1)


def lint_texts(files: Mapping[str, str | bytes], **settings: Any) -> Report:
    """Lint texts that lie nowhere."""
    overlay = {
        NOWHERE / name: text if isinstance(text, bytes) else text.encode()
        for name, text in files.items()
    }
    how = Run(jobs=1, overlay=overlay)
    chosen = Settings(NOWHERE, **{"select": DETERMINISM, **settings})
    return run(list(overlay), chosen, how).report


def spots(report: Report) -> list[str]:
    """Return where which code was found: `helper.py:3 NTR101`."""
    return [f"{Path(f.place.path).name}:{f.place.line} {f.code}" for f in report.findings]


def single(report: Report, code: str | None = None) -> Finding:
    """Return the only finding, or the only one with a code."""
    [found] = [f for f in report.findings if code in (None, f.code)]
    return found


class TookTooLongError(Exception):
    """Something did not end in the time it was given."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `TookTooLongError` when the body computes for longer, or waits twenty times as long.

    A machine that has other things to do makes nobody slow.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise TookTooLongError(f"not done in {seconds} s")

    timers = {
        signal.SIGPROF: (signal.ITIMER_PROF, seconds),
        signal.SIGALRM: (signal.ITIMER_REAL, 20 * seconds),
    }
    before = {number: signal.signal(number, interrupt) for number in timers}
    for timer, limit in timers.values():
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for timer, _ in timers.values():
            signal.setitimer(timer, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
