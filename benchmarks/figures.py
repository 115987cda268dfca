"""What a benchmark returns: plain data, which the printer turns into lines."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Times:
    """Real seconds of one thing, one entry per round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of all rounds."""
        return statistics.median(self.seconds)

    @property
    def least(self) -> float:
        """The fastest round: what the machine can do when nothing else runs."""
        return min(self.seconds)


@dataclass(frozen=True, slots=True)
class Goal:
    """What was promised.

    Our median at most `seconds`, a peer at least `times` slower, at most `added` seconds more than
    a floor, or at most `most` times as long as it.
    """

    seconds: float | None = None
    times: float | None = None
    added: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing of ours beside something else, both measured in turns.

    A `floor` does less than we do: the ratio says how much we add. A `peer` does the same work
    another way: the ratio says how much slower it is.
    """

    subject: str
    ours: Times
    other: str
    theirs: Times
    kind: Literal["floor", "peer"]
    goal: Goal | None = None

    @property
    def ratio(self) -> float:
        """The median of the ratios of each pair; above 1 means ours / floor or peer / ours."""
        pairs = zip(self.ours.seconds, self.theirs.seconds, strict=True)
        return statistics.median(
            ours / theirs if self.kind == "floor" else theirs / ours for ours, theirs in pairs
        )

    @property
    def added(self) -> float:
        """The median of what each turn of ours took longer than the other, in seconds."""
        pairs = zip(self.ours.seconds, self.theirs.seconds, strict=True)
        return statistics.median(ours - theirs for ours, theirs in pairs)

    @property
    def meets_goal(self) -> bool | None:
        """Whether the goal was met; None when there is none."""
        if self.goal is None:
            return None
        if self.goal.seconds is not None:
            return self.ours.median <= self.goal.seconds
        if self.goal.added is not None:
            return self.added <= self.goal.added
        if self.goal.most is not None:
            return self.ratio <= self.goal.most
        return self.goal.times is None or self.ratio >= self.goal.times


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a time that was taken apart."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Peak:
    """The most room something took, in memory or as a file, and what was promised, in bytes."""

    subject: str
    held: int
    at_most: int

    @property
    def meets_goal(self) -> bool:
        """Whether the goal was met."""
        return self.held <= self.at_most


@dataclass(frozen=True, slots=True)
class Section:
    """Everything one benchmark found out.

    `skipped` says why there is nothing; `shares` take one time apart, named by `shares_of`.
    """

    title: str
    comparisons: tuple[Comparison, ...] = ()
    shares_of: str = ""
    shares: tuple[Share, ...] = ()
    peaks: tuple[Peak, ...] = ()
    skipped: str | None = None
