"""The line a method of a bundle is declared at, where an author looks and suppresses."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from ntro_testkit.trace import SourceLine


def declared_at(function: Callable[..., Any]) -> SourceLine | None:
    """Return the line of the `def`, below any decorators; None where there is none to be read."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None:
        return None
    try:
        lines, first = inspect.getsourcelines(code)
    except OSError:
        return None
    for number, line in enumerate(lines, start=first):
        if line.lstrip().startswith(("def ", "async def ")):
            return SourceLine(code.co_filename, number, code.co_name)
    return None
