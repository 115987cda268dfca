"""What is too deep to be read, and a stack that is the same wherever the reading is asked for.

Python parses more than the walk can read: the walk recurses, and Python allows 1,000 frames. How
many of them are left depends on the caller, and the facts must not. So the rare text that does not
fit is read once more on the stack of a new thread, which has no caller.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MAX_CHAIN = 1000
"""Links of a chain that is read in a loop, a sum or `elif`: readers of the facts may recurse."""

Result = TypeVar("Result")


class TooDeepError(Exception):
    """A chain on this line has too many links."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def on_a_fresh_stack(work: Callable[[], Result]) -> Result:
    """Do some work in a thread of its own; raises RecursionError if it does not fit there too."""
    # Nearly no run comes here, and the import is a long one.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()
