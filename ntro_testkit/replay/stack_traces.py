"""Reads the stack traces that temporalio puts into failures: which line of the bundle was it?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ntro_testkit.trace import SourceLine

_FRAME = re.compile(r'File "(?P<path>[^"\n]+)", line (?P<line>\d+), in (?P<function>\S+)')


def lines_of(stack_trace: str) -> Iterator[SourceLine]:
    """Yield the lines of a stack trace as Python prints it, the innermost one last."""
    for frame in _FRAME.finditer(stack_trace):
        yield SourceLine(frame["path"], int(frame["line"]), frame["function"])


def innermost_line(stack_trace: str, code_roots: tuple[str, ...]) -> SourceLine | None:
    """Return the innermost line below one of these path prefixes; None when there is none."""
    found = None
    for line in lines_of(stack_trace):
        if line.path.startswith(code_roots):
            found = line
    return found
