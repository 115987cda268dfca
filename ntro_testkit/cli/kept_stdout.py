"""Keeps stdout for the report while a bundle runs, whatever it prints."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator


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
