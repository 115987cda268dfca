"""Where two accounts of runs part, in words."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import Any

from ntro_testkit.checks.comparing import differing_rows
from ntro_testkit.checks.reruns.account import END, Account, Deed
from ntro_testkit.trace import SourceLine
from ntro_testkit.verdict import Comparison

_LONGEST = 60
"""Characters of a value that are shown in a message; the comparison has all of it."""

_NOUNS = {
    "schedule_activity": "activity",
    "schedule_local_activity": "local activity",
    "start_child_workflow": "child",
    "start_timer": "timer",
    "cancel_timer": "the end of timer",
    "complete_workflow": "the result of",
    "fail_workflow": "the failure of",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """The first deed in which two runs differ; None where one of them did nothing more."""

    had: Deed | None
    now: Deed | None

    @property
    def deed(self) -> Deed:
        """The deed to look at: what the other run does, unless it is only missing there."""
        deed = self.now if self.now is not None and self.now.line is not None else self.had
        found = deed or self.now
        assert found is not None, "a difference has at least one side"
        return found

    @property
    def line(self) -> SourceLine | None:
        """The source line of the command."""
        return self.deed.line

    @property
    def step(self) -> str | None:
        """The step the command belongs to."""
        return self.deed.step

    @property
    def where(self) -> str:
        """The beginning of a sentence about it, which names the step."""
        return f"step `{self.step}`: " if self.step else ""

    @property
    def only_contents(self) -> bool:
        """Whether it is the same command, with other contents."""
        had, now = self.had, self.now
        return had is not None and now is not None and had.key[:-1] == now.key[:-1]

    def __str__(self) -> str:
        """Say what differs, as the end of a sentence: `activity `x` has args[0] "2", not "1"."""
        had, now = self.had, self.now
        if had is None or now is None:
            return f"{_named(now)} in place of {_named(had)}"
        if self.only_contents:
            path, was, is_now = _first_change(had.carried, now.carried)
            return f"{_named(now)} has {path} {_short(is_now)}, not {_short(was)}"
        if had.key[2:] == now.key[2:] and had.workflow_id == now.workflow_id:
            return f"{_named(now)} comes in workflow task {now.task}, not {had.task}"
        return f"{_named(now)} in place of {_named(had)}"


def first_difference(left: Account, right: Account) -> Difference | None:
    """Return where two accounts part.

    None when they do not, and when the workflow had been given another answer before: what it makes
    of that is not its fault.
    """
    for place, (had, now) in enumerate(itertools.zip_longest(left.deeds, right.deeds)):
        if had is None or now is None or had.key != now.key:
            answers = (_answers_before(account, place) for account in (left, right))
            return Difference(had, now) if next(answers) == next(answers) else None
    return None


def side_by_side(left_title: str, left: Account, right_title: str, right: Account) -> Comparison:
    """Return two accounts side by side, without what is the same in both."""
    rows = tuple(differing_rows(_lines(left), _lines(right)))
    return Comparison(left_title, right_title, rows)


def _answers_before(account: Account, place: int) -> list[str]:
    return [answer.text for answer in account.answers if answer.deed < place]


def _lines(account: Account) -> list[str]:
    return [str(deed) for deed in account.deeds]


def _named(deed: Deed | None) -> str:
    if deed is None:
        return "nothing more"
    if deed.kind == END:
        return f"the end `{deed.name}`"
    noun = _NOUNS.get(deed.kind, deed.kind.replace("_", " "))
    return f"{noun} `{deed.name}`"


def _first_change(had: str, now: str) -> tuple[str, Any, Any]:
    """Return the path, from the outside in, of the first value that differs, and both values."""
    path, left, right = "", _read(had), _read(now)
    while True:
        if isinstance(left, dict) and isinstance(right, dict):
            if list(left) != list(right):
                return f"{path or 'its contents'} with keys", list(left), list(right)
            key = next(key for key in left if _json(left[key]) != _json(right[key]))
            path = f"{path}.{key}" if path else key
            left, right = left[key], right[key]
        elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            place = next(n for n, each in enumerate(left) if _json(each) != _json(right[n]))
            path = f"{path}[{place}]"
            left, right = left[place], right[place]
        else:
            return path or "the value", left, right


def _read(carried: str) -> Any:
    return json.loads(carried) if carried else None


def _json(value: Any) -> str:
    """Write a value so that the order of keys counts."""
    return json.dumps(value, ensure_ascii=False)


def _short(value: Any) -> str:
    text = _json(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
