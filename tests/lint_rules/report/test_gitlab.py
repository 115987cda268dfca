"""The code quality report of GitLab."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings

from lint_rules.finding import Finding, Report
from lint_rules.report.gitlab import render_gitlab
from tests.lint_rules.report.reports import REPORTS, chained, finding, place, report, unordered


def issues(*findings: Finding) -> list[dict[str, Any]]:
    return list(json.loads(render_gitlab(report(*findings))))


def prints(*findings: Finding) -> list[str]:
    return [issue["fingerprint"] for issue in issues(*findings)]


def test_an_issue_has_what_gitlab_asks_for() -> None:
    [issue] = issues(chained(place=place("./templates/helpers.py")))
    assert issue.pop("fingerprint")
    assert issue == {
        "description": "`datetime.now()` reads the clock of the worker; instead: `runbook.now()`",
        "check_name": "NTR101",
        "severity": "major",
        "location": {"path": "templates/helpers.py", "lines": {"begin": 5}},
    }


def test_severities_are_those_of_gitlab() -> None:
    told = issues(finding(), finding(severity="warning"), finding(severity="info"))
    assert [issue["severity"] for issue in told] == ["major", "minor", "info"]


def test_a_fingerprint_stays_when_lines_move_or_others_come() -> None:
    moved = finding(place=place(line=90))
    assert prints(finding()) == prints(moved)
    assert prints(finding())[0] == prints(unordered(), moved)[1]


def test_a_fingerprint_changes_with_code_path_bundle_and_message() -> None:
    different = [
        finding(),
        finding(code="NTR102"),
        finding(place=place("other.py")),
        finding(bundle="nav-monthly"),
        finding(message="another"),
    ]
    assert len({prints(one)[0] for one in different}) == len(different)


def test_a_clean_run_is_an_empty_array() -> None:
    assert issues() == []


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_the_fingerprints_of_any_report_differ_and_are_the_same_again(content: Report) -> None:
    doubled = (*content.findings, *content.findings)
    told = prints(*doubled)
    assert len(set(told)) == len(doubled)
    assert told == prints(*doubled)
    assert render_gitlab(content).isascii()
