"""What a replay check found, written as it comes: a corpus may be larger than memory.

A format is three functions of plain data: what begins a report, what is said of one history, and
what ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ntro_testkit.replay.verdict import ReplayVerdict
from ntro_testkit.report.replay_summary import Summary


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
