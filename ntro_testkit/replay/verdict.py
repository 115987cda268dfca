"""What a check says about one history, as plain frozen data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ntro_testkit.history.history import History
from ntro_testkit.trace import SourceLine

GRADES = {
    "NTR801": "breaking",
    "NTR802": "breaking",
    "NTR803": "moved across a gate",
    "NTR804": "moved",
    "NTR805": "contents",
    "NTR806": "breaking",
}
"""Code -> how bad it is; the last is known of runs that go on with today's code alone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a history and what today's code does with it.

    `task` is the workflow task today's code was in (from 1), `event_id` the event of the history it
    is about, None where the history has none. `step` and `line` belong to today's command. `had`
    and `now` say in words what the history holds and what the code does; `advice` what to do.
    """

    code: str
    message: str
    task: int
    event_id: int | None
    step: str | None
    line: SourceLine | None
    had: str
    now: str
    advice: str

    @property
    def grade(self) -> str:
        """One of the values of `GRADES`."""
        return GRADES[self.code]


@dataclass(frozen=True, slots=True)
class ReplayVerdict:
    """What was found in one history; no difference means that today's code does the same.

    `source` is where the history was read from; `tasks` and `commands` count what was replayed.
    """

    source: str
    workflow_id: str
    run_id: str
    workflow_type: str
    tasks: int
    commands: int
    differences: tuple[Difference, ...] = ()

    @property
    def breaking(self) -> bool:
        """Whether a worker with today's code could not go on with this run."""
        return any(difference.grade == "breaking" for difference in self.differences)


Check = Callable[[History], ReplayVerdict]
"""A check of one history; raises `HistoryError` where it cannot tell."""
