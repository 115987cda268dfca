"""What is found out: times beside those of another tool, and goals."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.figures import Times


@dataclass(frozen=True, slots=True)
class Goal:
    """Ours at most so many seconds, or at most so many times the other's, or so much faster."""

    seconds: float | None = None
    at_most: float | None = None
    faster: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Our time for something and, measured in turns with it, that of another tool."""

    subject: str
    ours: Times
    other: str | None = None
    theirs: Times | None = None
    goal: Goal | None = None

    @property
    def ratio(self) -> float | None:
        """Ours / theirs: the median of the ratios of each pair of turns."""
        if self.theirs is None:
            return None
        pairs = zip(self.ours.seconds, self.theirs.seconds, strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)

    @property
    def meets_goal(self) -> bool | None:
        """Whether the goal was met; None when there is none."""
        goal, ratio = self.goal, self.ratio
        if goal is None:
            return None
        if goal.seconds is not None:
            return self.ours.median <= goal.seconds
        if ratio is None:
            return None
        if goal.at_most is not None:
            return ratio <= goal.at_most
        return goal.faster is None or 1 / ratio >= goal.faster


@dataclass(frozen=True, slots=True)
class Point:
    """One size on the curve."""

    bundles: int
    lines: int
    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Speed:
    """One measurement: what on, the rows or the curve, and what was left out and why."""

    title: str
    rows: tuple[Row, ...] = ()
    curve: tuple[Point, ...] = ()
    notes: tuple[str, ...] = ()


def growth(curve: tuple[Point, ...]) -> Iterator[float]:
    """Yield, for each step of the curve, time per line against that of the step before.

    1 is linear, 10 at ten times the size would be quadratic. What every process costs, however
    little it lints, is in both and makes small steps look better than linear.
    """
    for smaller, larger in itertools.pairwise(curve):
        yield (larger.seconds / larger.lines) / (smaller.seconds / smaller.lines)
