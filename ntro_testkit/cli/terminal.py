"""What a command sends to the streams: the report, colours where they show, progress."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lint_rules.engine import Progress

WHEN = ("auto", "always", "never")
"""The values of `--color`."""

_PATIENCE = 0.5
"""Seconds after which somebody wants to see that work is under way."""

_BETWEEN = 0.1


def in_colour(when: str, *, to_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Tell whether to print in colour; `--color` counts before the variables."""
    if when != "auto":
        return when == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return to_terminal and environment.get("TERM") != "dumb"


def print_report(text: str, *, encoding: str | None = None) -> None:
    """Write text to stdout as it is; what its encoding does not have is written as an escape.

    `encoding` is that of a format which names its own. Whoever stops reading is no fault.
    """
    print_bytes(text.encode(encoding or sys.stdout.encoding, "backslashreplace"))


def print_bytes(data: bytes) -> None:
    """Write bytes to stdout; whoever stops reading is no fault."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes once more at its end, and would complain.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def say(line: str) -> None:
    """Write a line to stderr, where everything goes that is not the report."""
    print(line, file=sys.stderr)


@contextlib.contextmanager
def stdout_kept_for_the_report() -> Iterator[None]:
    """Send what a bundle prints to stderr, so that stdout is the report and nothing else.

    Below Python too: a C library, or a process a real activity starts, writes to descriptor 1.
    """
    sys.stdout.flush()
    try:
        stdout = sys.stdout.fileno()
        kept = os.dup(stdout)
    except OSError:
        with contextlib.redirect_stdout(sys.stderr):
            yield
        return
    os.dup2(sys.stderr.fileno(), stdout)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, stdout)
        os.close(kept)


@contextlib.contextmanager
def progress(doing: str = "linting") -> Iterator[Progress]:
    """Give what shows progress on a terminal if it takes long; it is wiped afterwards.

    Nobody may know yet how many there are: that is 0.
    """
    shown = False
    next_time = time.monotonic() + _PATIENCE
    on_terminal = sys.stderr.isatty()

    def show(done: int, all_: int) -> None:
        nonlocal shown, next_time
        now = time.monotonic()
        if on_terminal and now >= next_time:
            shown, next_time = True, now + _BETWEEN
            of_all = f"/{all_}" if all_ else ""
            print(f"\r\x1b[K{doing} {done}{of_all} ...", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
