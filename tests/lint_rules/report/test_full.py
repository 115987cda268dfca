"""The full report: exact texts, colours only when asked, and nothing a terminal would obey."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.finding import Hop, Report
from lint_rules.report.full import render_full
from tests.lint_rules.report.reports import (
    HELPERS,
    PANDAS,
    REPORTS,
    WORKFLOW,
    chained,
    finding,
    place,
    report,
    unordered,
)

HELPERS_TEXT = """\
from datetime import datetime


def stamp():
    return datetime.now()
"""


def full(
    content: Report,
    source: Callable[[str], str | None] = {HELPERS: HELPERS_TEXT}.get,
    *,
    colour: bool = False,
    show_unknown: bool = False,
    statistics: bool = False,
) -> str:
    return render_full(
        content,
        source=source,
        colour=colour,
        show_unknown=show_unknown,
        statistics=statistics,
    )


def frame_of(text: str, **where: object) -> list[str]:
    lines = full(report(finding(place=place(**where))), {HELPERS: text}.get).splitlines()  # type: ignore[arg-type]
    return [line for line in lines if re.match(r" *\d* \||\.\.\.", line)]


def test_a_finding_is_told_with_source_chain_sink_impact_and_fix() -> None:
    assert (
        full(report(chained(), bundles=1))
        == """\
error[NTR101] wall-clock: `datetime.now()` reads the clock of the worker
 --> templates/helpers.py:5:12
  |
5 |     return datetime.now()
  |            ^^^^^^^^^^^^^^
  |
  = chain: templates/workflow.py:9:15   run -> _review
           templates/workflow.py:120:9  _review -> stamp
  = sink: the value decides a branch at templates/workflow.py:121:12
  = impact: on replay the workflow can issue other commands than its history has; \
Temporal's sandbox refuses it
  = instead: `runbook.now()`
  = fix: Replace it with `runbook.now()` (--fix)

1 finding in 1 bundle, 4 files: 1 error; 1 fixable with --fix; 120 calls resolved, 0 unknown
"""
    )


def test_findings_unknowns_and_statistics_follow_each_other() -> None:
    told = report(
        finding(place=place(line=5, column=5, end=(5, 11)), impact=None),
        unordered(place=place(WORKFLOW, 12, 1)),
        unknown=[PANDAS],
        suppressed=3,
        baselined=2,
        calls_unknown=12,
    )
    assert (
        full(told, show_unknown=True, statistics=True)
        == """\
error[NTR101] wall-clock: `datetime.now()` reads the clock of the worker
 --> templates/helpers.py:5:5
  |
5 |     return datetime.now()
  |     ^^^^^^
  |
  = instead: `runbook.now()`

warning[NTR110] unordered-iteration: the set is iterated in hash order
  --> templates/workflow.py:12:1
   = impact: on replay the workflow can send other data than its history has; \
Temporal's sandbox lets it run
   = fix: Sort it (--fix --unsafe-fixes)

templates/workflow.py:5:12: unknown `pandas.read_csv`: nobody has classified the package (12 calls)

1  NTR101  wall-clock
1  NTR110  unordered-iteration

2 findings in 4 files: 1 error, 1 warning; 1 fixable with --fix --unsafe-fixes; 3 suppressed; \
2 baselined; 120 calls resolved, 12 unknown
"""
    )


def test_a_clean_run_says_so_in_one_line() -> None:
    told = report(bundles=2, files=1, suppressed=1, calls_resolved=1, calls_unknown=2)
    assert full(told) == (
        "clean: no findings in 2 bundles, 1 file; 1 suppressed; 1 call resolved, 2 unknown\n"
    )


def test_unknowns_and_statistics_are_told_only_when_asked() -> None:
    told = report(finding(), unknown=[PANDAS])
    assert "pandas" not in full(told)
    assert "pandas" in full(told, show_unknown=True)
    assert "1  NTR101" not in full(told)
    assert "1  NTR101" in full(told, statistics=True)


def test_a_range_of_several_lines_is_marked_line_by_line() -> None:
    text = "stamp = now(\n\n\t日本=None,  \n)  # done\n"
    assert frame_of(text, line=1, column=9, end=(4, 2)) == [
        "  |",
        "1 | stamp = now(",
        "  |         ^^^^",
        "2 |",
        "3 |     日本=None,",
        "  |     ^^^^^^^^^^",
        "4 | )  # done",
        "  | ^",
        "  |",
    ]


def test_the_middle_of_a_long_range_is_left_out() -> None:
    text = "now(\n" + "a,\n" * 10 + ")\n"
    shown = frame_of(text, line=1, column=1, end=(12, 2))
    assert [line for line in shown if "^" not in line] == [
        "   |",
        " 1 | now(",
        " 2 | a,",
        " 3 | a,",
        " 4 | a,",
        "...",
        "12 | )",
        "   |",
    ]


def test_a_range_that_ends_at_the_start_of_a_line_does_not_show_that_line() -> None:
    assert frame_of("pass\nx\n", line=1, column=1, end=(2, 1)) == [
        "  |",
        "1 | pass",
        "  | ^^^^",
        "  |",
    ]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_python_whatever_ends_them(line_break: str) -> None:
    text = line_break.join(["\ufeffa\x0cb\u2028c", "", "found()", ""])
    assert "3 | found()" in frame_of(text, line=3, column=1, end=(3, 8))
    assert "1 | a\\x0cb\\u2028c" in frame_of(text, line=1, column=1, end=(1, 2))


@pytest.mark.parametrize("source", [None, "", "only\nthese\nlines"])
def test_a_file_that_vanished_or_shrank_leaves_out_the_frame_alone(source: str | None) -> None:
    lines = full(report(finding()), {HELPERS: source}.get).splitlines()
    assert lines[1:3] == [
        " --> templates/helpers.py:5:12",
        "  = impact: on replay the workflow can issue other commands than its history has",
    ]


def test_each_file_is_read_once() -> None:
    asked = []

    def source(path: str) -> str | None:
        asked.append(path)
        return None if path == WORKFLOW else HELPERS_TEXT

    full(report(finding(), finding(place=place(WORKFLOW)), finding(), chained()), source)
    assert asked == [HELPERS, WORKFLOW]


def test_the_chain_of_one_call_is_told_whole_and_the_middle_of_a_very_long_one_is_not() -> None:
    hops = tuple(Hop(place(line=number), f"hop {number}") for number in range(1, 101))
    lines = full(report(finding(trace=hops))).splitlines()
    assert "  = chain: templates/helpers.py:1:12    hop 1" in lines
    assert "           ... 81 more" in lines
    assert "           templates/helpers.py:100:12  hop 100" in lines
    assert sum("hop" in line for line in lines) == 19
    assert "more" not in full(report(finding(trace=hops[:20])))
    assert "... 2 more" in full(report(finding(trace=hops[:21])))


def test_there_are_colours_only_when_asked() -> None:
    told = report(chained(), unordered(), unordered(severity="info"))
    plain, painted = full(told), full(told, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[NTR101]\x1b[0m" in painted
    assert "\x1b[1;31m^^^^^^^^^^^^^^\x1b[0m" in painted
    assert "\x1b[1;33mwarning[NTR110]\x1b[0m" in painted
    assert "\x1b[1;32mclean" in full(report(), colour=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


@settings(max_examples=200, deadline=None)
@given(REPORTS, st.text(), st.booleans())
def test_nothing_a_terminal_would_obey_comes_through(
    content: Report, text: str, colour: bool
) -> None:
    lines = text + "\n" * 30 + "\x1b[2J\x07\u202e\udc80\n" * 1000
    told = full(content, lambda _: lines, colour=colour, show_unknown=True, statistics=True)
    bare = re.sub(r"\x1b\[[\d;]*m", "", told) if colour else told
    assert bare.replace("\n", "").isprintable()
    assert told == full(content, lambda _: lines, colour=colour, show_unknown=True, statistics=True)
