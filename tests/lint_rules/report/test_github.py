"""The workflow commands of GitHub: what it shows, and how it wants it escaped."""

from __future__ import annotations

import re

from hypothesis import given, settings

from lint_rules.finding import Report
from lint_rules.report.github import render_github
from tests.lint_rules.report.reports import REPORTS, chained, finding, place, report, unordered


def test_a_finding_is_a_command_with_its_range_and_chain() -> None:
    assert render_github(report(chained(), unordered(severity="info"))) == (
        "::error file=templates/helpers.py,line=5,endLine=5,col=12,endColumn=26,"
        "title=NTR101 wall-clock::`datetime.now()` reads the clock of the worker;"
        " instead: `runbook.now()`%0A"
        "templates/workflow.py:9:15   run -> _review%0A"
        "templates/workflow.py:120:9  _review -> stamp\n"
        "::notice file=templates/helpers.py,line=5,endLine=5,col=12,endColumn=26,"
        "title=NTR110 unordered-iteration::the set is iterated in hash order\n"
    )


def test_severities_are_those_of_github() -> None:
    text = render_github(report(finding(), finding(severity="warning"), finding(severity="info")))
    assert re.findall(r"^::(\w+) ", text, re.MULTILINE) == ["error", "warning", "notice"]


def test_a_range_of_several_lines_has_no_columns() -> None:
    text = render_github(report(finding(place=place(line=5, end=(7, 2)))))
    assert "line=5,endLine=7,title=" in text


def test_what_would_end_a_command_or_a_property_is_escaped() -> None:
    hostile = finding(
        message="100%\r\n::error::x, y: z\x1b", alternative=None, place=place("a,b:c%\n.py")
    )
    text = render_github(report(hostile))
    assert "file=a%2Cb%3Ac%25%0A.py,line=5" in text
    assert text.endswith("::100%25%0D%0A::error::x, y: z\\x1b\n")


def test_a_clean_run_has_no_command() -> None:
    assert render_github(report()) == ""


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_any_finding_is_one_line_that_reads_back(content: Report) -> None:
    lines = render_github(content).splitlines()
    assert len(lines) == len(content.findings)
    for line, found in zip(lines, content.findings, strict=True):
        command = re.fullmatch(r"::\w+ ([^:]*)::(.*)", line)
        assert command is not None
        properties = dict(part.split("=", 1) for part in command[1].split(","))
        assert properties["line"] == str(found.place.line)
        assert line.isprintable()
