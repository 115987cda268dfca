"""How often Python looks for circular garbage in a process that is ours alone."""

from __future__ import annotations

import gc

ALLOCATIONS = 100_000
"""Objects that may be added before the youngest are looked at; Python's own number is 700."""

GENERATIONS = 20
"""Passes over younger objects before older ones are looked at; Python's own number is 10."""


def collect_seldom() -> None:
    """Let garbage lie longer.

    Importing the SDK and temporalio makes a hundred passes over objects that stay, and a run takes
    its circles apart by itself: the passes are a fifth of a command, and free next to nothing.
    """
    gc.set_threshold(ALLOCATIONS, GENERATIONS, GENERATIONS)
