"""The happy run beside the one in which everything is rejected: what a decision changes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Container, Iterable, Iterator, Sequence

from ntro_testkit.checks.comparing import outcome_lines
from ntro_testkit.report.html.element import Element, element
from ntro_testkit.report.html.side_by_side import aligned, side_by_side
from ntro_testkit.report.html.text import counted
from ntro_testkit.scenario import HAPPY, REJECT_ALL
from ntro_testkit.trace import RunResult, Trace

MOST_COMPARED = 2000
"""Commands of each run that are compared; the time it takes may grow with their square."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def decisions(results: Sequence[RunResult]) -> Element | None:
    """Return a block for each bundle that ran through both; None where none did."""
    blocks = [_block(*pair) for pair in _pairs(results)]
    if not blocks:
        return None
    title = f"{HAPPY.name} beside {REJECT_ALL.name}"
    return element("section", element("h2", title), *blocks, id="decisions")


def _pairs(results: Sequence[RunResult]) -> Iterator[tuple[RunResult, RunResult]]:
    for slug in dict.fromkeys(run.slug for run in results):
        by_name = {run.scenario: run for run in results if run.slug == slug}
        if HAPPY.name in by_name and REJECT_ALL.name in by_name:
            yield by_name[HAPPY.name], by_name[REJECT_ALL.name]


def _lines(run: RunResult) -> list[str]:
    """Return the commands of a run, as far as they are compared, and its end."""
    trace = Trace(commands=run.trace.commands[:MOST_COMPARED])
    return outcome_lines(dataclasses.replace(run, trace=trace))


def _shortened(left_out: int) -> Element | None:
    if left_out <= 0:
        return None
    return element("p", f"{left_out:,} later commands are not compared.", class_="note")


def _with_ids_numbered(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Return both runs with ids that only one of them has numbered as they come.

    Each scenario has ids of its own (of the run, of uploads), which say nothing.
    """
    found = [dict.fromkeys(_ID.findall("\n".join(lines))) for lines in (left, right)]
    common = found[0].keys() & found[1].keys()
    return _numbered(left, found[0], common), _numbered(right, found[1], common)


def _numbered(lines: list[str], ids: Iterable[str], common: Container[str]) -> list[str]:
    own = (each for each in ids if each not in common)
    names = {each: f"(id {number})" for number, each in enumerate(own, start=1)}
    return [_ID.sub(lambda found: names.get(found[0], found[0]), line) for line in lines]


def _block(happy: RunResult, rejected: RunResult) -> Element:
    rows = aligned(*_with_ids_numbered(_lines(happy), _lines(rejected)))
    differing = sum(row.differs for row in rows)
    verb = "differs" if differing == 1 else "differ"
    told = (
        f"{counted(differing, 'line')} of commands and result {verb}, ids apart."
        if differing
        else "No command and no result differs: what is decided has no effect."
    )
    return element(
        "article",
        element("h3", happy.slug),
        element("p", told, class_="introduction"),
        _shortened(max(len(run.trace.commands) for run in (happy, rejected)) - MOST_COMPARED),
        side_by_side(happy.scenario, rejected.scenario, rows),
    )
