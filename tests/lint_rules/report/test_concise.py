"""The concise report: a line per finding that editors and `grep` can follow."""

from __future__ import annotations

from hypothesis import given, settings

from lint_rules.finding import Report
from lint_rules.report.concise import render_concise
from tests.lint_rules.report.reports import (
    PANDAS,
    REPORTS,
    chained,
    finding,
    place,
    report,
    unordered,
)


def test_a_finding_is_one_line_and_the_last_line_counts() -> None:
    told = report(chained(), unordered(place=place(line=7, column=3)), calls_unknown=1)
    assert render_concise(told) == (
        "templates/helpers.py:5:12: NTR101 `datetime.now()` reads the clock of the worker;"
        " instead: `runbook.now()`\n"
        "templates/helpers.py:7:3: NTR110 the set is iterated in hash order\n"
        "2 findings in 4 files: 1 error, 1 warning; 1 fixable with --fix;"
        " 1 more fixable with --fix --unsafe-fixes; 120 calls resolved, 1 unknown\n"
    )


def test_a_clean_run_says_so() -> None:
    assert render_concise(report()) == (
        "clean: no findings in 4 files; 120 calls resolved, 0 unknown\n"
    )


def test_unknowns_and_statistics_come_before_the_last_line() -> None:
    told = report(finding(), unknown=[PANDAS])
    lines = render_concise(told, show_unknown=True, statistics=True).splitlines()
    assert lines[1:3] == [
        "templates/workflow.py:5:12: unknown `pandas.read_csv`:"
        " nobody has classified the package (12 calls)",
        "1  NTR101  wall-clock",
    ]
    assert render_concise(told).splitlines() == [lines[0], lines[3]]


def test_only_the_code_is_coloured_and_only_when_asked() -> None:
    plain, painted = (
        render_concise(report(finding())),
        render_concise(report(finding()), colour=True),
    )
    assert "\x1b" not in plain
    assert painted == plain.replace("NTR101", "\x1b[1;31mNTR101\x1b[0m")


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_a_finding_stays_on_its_line_whatever_it_holds(content: Report) -> None:
    text = render_concise(content)
    assert text.replace("\n", "").isprintable()
    assert text.count("\n") == len(content.findings) + 1
