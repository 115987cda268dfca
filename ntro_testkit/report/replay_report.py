"""What a replay check found, written as it comes: a corpus may be larger than memory.

A format is three functions of plain data: what begins a report, what is said of one history, and
what ends it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

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


class Format(NamedTuple):
    """How a report is written; every text ends with a line break or is empty.

    `verdict` is given whether something has been said before, `unreadable` the one line about a
    history that could not be checked.
    """

    verdict: Callable[[ReplayVerdict, bool], str]
    unreadable: Callable[[str, bool], str]
    end: Callable[[Summary], str]
    begin: Callable[[], str] = str
    for_people: bool = True


def format_of(name: str) -> Format:
    """Return one of `FORMATS`; raises `KeyError` for another."""
    return FORMATS[name]()


def _full() -> Format:
    from ntro_testkit.report import replay_text

    return Format(replay_text.full, replay_text.unreadable, replay_text.end)


def _concise() -> Format:
    from ntro_testkit.report import replay_text

    return Format(replay_text.concise, replay_text.unreadable, replay_text.end)


def _json() -> Format:
    from ntro_testkit.report import replay_json

    return Format(
        replay_json.verdict, replay_json.unreadable, replay_json.end, replay_json.begin, False
    )


def _junit() -> Format:
    from ntro_testkit.report import replay_junit

    return Format(
        replay_junit.verdict, replay_junit.unreadable, replay_junit.end, replay_junit.begin, False
    )


FORMATS: Mapping[str, Callable[[], Format]] = {
    "full": _full,
    "concise": _concise,
    "json": _json,
    "junit": _junit,
}
