"""A line on the terminal that says that work is under way, and is wiped afterwards."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def progress_line(doing: str) -> Iterator[None]:
    """Show a line while something goes on; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    print(doing, end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
