"""A line on the terminal that says that work is under way, and is wiped afterwards."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

_BETWEEN = 0.1
"""Seconds between two changes of the line."""


@contextlib.contextmanager
def progress_line(doing: str) -> Iterator[Callable[[str], None]]:
    """Show a line while something goes on; nothing where stderr is no terminal.

    Gives what puts another line in its place.
    """
    # The stream there is now: what is going on may redirect it.
    terminal = sys.stderr
    if not terminal.isatty():
        yield lambda _line: None
        return
    next_time = 0.0

    def show(line: str) -> None:
        nonlocal next_time
        now = time.monotonic()
        if now >= next_time:
            next_time = now + _BETWEEN
            print(f"\r\x1b[K{line}", end="", file=terminal, flush=True)

    show(doing)
    try:
        yield show
    finally:
        print("\r\x1b[K", end="", file=terminal, flush=True)
