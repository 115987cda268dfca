"""The JUnit report: a suite per file, a failed test per finding, XML whatever comes."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, settings

from lint_rules.finding import Report
from lint_rules.report.junit import render_junit
from tests.lint_rules.report.reports import (
    REPORTS,
    WORKFLOW,
    chained,
    finding,
    place,
    report,
    unordered,
)


def test_a_finding_is_a_failed_test_in_the_suite_of_its_file() -> None:
    told = report(chained(), unordered(place=place(WORKFLOW)), finding(place=place(line=9)))
    root = ElementTree.fromstring(render_junit(told).encode())
    assert (root.get("tests"), root.get("failures")) == ("3", "3")
    assert [(suite.get("name"), suite.get("tests"), len(suite)) for suite in root] == [
        ("templates/helpers.py", "2", 2),
        ("templates/workflow.py", "1", 1),
    ]
    case = root[0][0]
    assert case.attrib == {
        "classname": "templates/helpers.py",
        "name": "NTR101 wall-clock at 5:12",
        "file": "templates/helpers.py",
        "line": "5",
        "time": "0",
    }
    [failure] = case
    assert failure.get("type") == "NTR101"
    assert failure.get("message") == (
        "`datetime.now()` reads the clock of the worker; instead: `runbook.now()`"
    )
    assert failure.text is not None
    assert failure.text.splitlines() == [
        "templates/helpers.py:5:12: error: `datetime.now()` reads the clock of the worker",
        "chain: templates/workflow.py:9:15   run -> _review",
        "chain: templates/workflow.py:120:9  _review -> stamp",
        "sink: the value decides a branch at templates/workflow.py:121:12",
        "impact: on replay the workflow can issue other commands than its history has;"
        " Temporal's sandbox refuses it",
        "instead: `runbook.now()`",
        "fix: Replace it with `runbook.now()` (--fix)",
    ]


def test_a_clean_run_has_one_passed_test() -> None:
    root = ElementTree.fromstring(render_junit(report()).encode())
    [[case]] = root
    assert (root.get("tests"), root.get("failures"), root[0].get("tests")) == ("1", "0", "1")
    assert (case.tag, len(case)) == ("testcase", 0)


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_any_report_is_xml(content: Report) -> None:
    root = ElementTree.fromstring(render_junit(content).encode("utf-8"))
    assert len(root.findall(".//failure")) == len(content.findings)
