"""Walks through all schedules, those nearest to the usual order first, then at random."""

from __future__ import annotations

import heapq
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from ntro_testkit.explore.walk import Trail, Walked, Walker


@dataclass(slots=True)
class Budget:
    """How many runs there may be, and how long they may take together, in real seconds."""

    schedules: int
    seconds: float
    spent: int = 0
    _started: float = field(default_factory=time.monotonic)

    def part(self, share: float) -> Budget:
        """Return a share of what is left, as a budget of its own."""
        schedules = int((self.schedules - self.spent) * share)
        elapsed = time.monotonic() - self._started
        return Budget(schedules, (self.seconds - elapsed) * share)

    def spend(self) -> bool:
        """Pay for one more run; False when nothing is left."""
        if self.spent >= self.schedules or time.monotonic() - self._started >= self.seconds:
            return False
        self.spent += 1
        return True


class Exhaustive:
    """Every schedule once, in the order of how often it departs from the usual one.

    The runs are made anew from their start. `done` says whether none is left.
    """

    def __init__(self, walker: Walker, *, merge: bool = True) -> None:
        self.done = False
        self._walker = walker
        self._merge = merge

    def walks(self, budget: Budget) -> Iterator[Walked]:
        """Walk until everything has been seen, or the budget is spent."""
        number = 0
        waiting: list[tuple[int, int, Trail]] = [(0, 0, ())]
        while waiting:
            if not budget.spend():
                return
            departures, _, trail = heapq.heappop(waiting)
            walked = self._walker.walk(trail, merge=self._merge)
            yield walked
            for branch in branches(walked, len(trail)):
                number += 1
                heapq.heappush(waiting, (departures + 1, number, branch))
        self.done = True


def branches(walked: Walked, given: int) -> Iterator[Trail]:
    """Return the trails that leave a walk after the part that was given to it.

    Every trail is a branch of exactly one walk: the one without its last departure.
    """
    for depth in range(given, len(walked.trail)):
        for choice in range(1, walked.widths[depth]):
            yield (*walked.trail[:depth], choice)


def at_random(walker: Walker, budget: Budget, seed: int) -> Iterator[Walked]:
    """Walk at random until the budget is spent; the same walks for the same seed.

    Half of the time the usual thing happens: a run in which everything is odd gets nowhere.
    """
    numbers = random.Random(seed)

    def lead(count: int) -> int:
        return 0 if numbers.random() < 0.5 else numbers.randrange(count)

    while budget.spend():
        yield walker.walk((), lead, merge=False)
