"""Counts what a replay check has found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ntro_testkit.replay.verdict import GRADES, ReplayVerdict


@dataclass(slots=True)
class Summary:
    """The counts of a run so far; `unreadable` histories are in no other count."""

    histories: int = 0
    tasks: int = 0
    unreadable: int = 0
    differing: int = 0
    differences: Counter[str] = field(default_factory=Counter)

    def add(self, verdict: ReplayVerdict) -> None:
        """Count a history that was checked."""
        self.histories += 1
        self.tasks += verdict.tasks
        self.differing += bool(verdict.differences)
        self.differences.update(difference.grade for difference in verdict.differences)

    def by_grade(self) -> Mapping[str, int]:
        """Return how many differences there are of each grade, the worst first."""
        return {grade: self.differences[grade] for grade in dict.fromkeys(GRADES.values())}
