"""Times things in turns (A B A B ...), so that a machine that slows down slows both down."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from benchmarks.figures import Times

Timed = Callable[[], float]
"""Does a thing once and returns the seconds it took."""


def in_turns(timed: Sequence[Timed], rounds: int, warm_up: int = 0) -> list[Times]:
    """Do every thing once per round, in the order given, and return the times of each."""
    for _ in range(warm_up):
        for do in timed:
            do()
    seconds: list[list[float]] = [[] for _ in timed]
    for _ in range(rounds):
        for kept, do in zip(seconds, timed, strict=True):
            kept.append(do())
    return [Times(tuple(kept)) for kept in seconds]


def stopwatch(call: Callable[[], object]) -> Timed:
    """Return `call`, timed."""

    def timed() -> float:
        started = time.perf_counter()
        call()
        return time.perf_counter() - started

    return timed


def warm(call: Callable[[], object], times: int = 20) -> Timed:
    """Return `call`, done several times per turn, of which the median counts.

    What is timed in milliseconds is slower right after something else has filled the caches.
    """
    once = stopwatch(call)

    def several() -> float:
        return Times(tuple(once() for _ in range(times))).median

    return several
