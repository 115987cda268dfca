"""The JSON report: the documented contract, key by key."""

from __future__ import annotations

import json

from hypothesis import given, settings

from lint_rules.finding import Report
from lint_rules.report.json_report import render_json
from tests.lint_rules.report.reports import PANDAS, REPORTS, chained, report, unordered


def test_a_finding_has_every_key_of_the_contract() -> None:
    told = report(chained(), unknown=[PANDAS], bundles=1, suppressed=3, baselined=2)
    assert json.loads(render_json(told)) == {
        "version": 1,
        "findings": [
            {
                "code": "NTR101",
                "name": "wall-clock",
                "message": "`datetime.now()` reads the clock of the worker;"
                " instead: `runbook.now()`",
                "alternative": "`runbook.now()`",
                "severity": "error",
                "impact": "sequence",
                "path": "templates/helpers.py",
                "line": 5,
                "column": 12,
                "end_line": 5,
                "end_column": 26,
                "bundle": "nav-monthly",
                "trace": [
                    {
                        "path": "templates/workflow.py",
                        "line": 9,
                        "column": 15,
                        "text": "run -> _review",
                    },
                    {
                        "path": "templates/workflow.py",
                        "line": 120,
                        "column": 9,
                        "text": "_review -> stamp",
                    },
                ],
                "sink": {
                    "path": "templates/workflow.py",
                    "line": 121,
                    "column": 12,
                    "text": "the value decides a branch",
                },
                "sandbox": "refuses",
                "fix": {
                    "applicability": "safe",
                    "message": "Replace it with `runbook.now()`",
                    "edits": [
                        {
                            "path": "templates/helpers.py",
                            "start": [5, 12],
                            "end": [5, 26],
                            "text": "runbook.now()",
                        }
                    ],
                },
            }
        ],
        "summary": {
            "bundles": 1,
            "files": 4,
            "errors": 1,
            "warnings": 0,
            "info": 0,
            "calls_resolved": 120,
            "calls_unknown": 0,
            "suppressed": 3,
            "baselined": 2,
        },
        "unknown": [
            {
                "name": "pandas.read_csv",
                "reason": "nobody has classified the package",
                "count": 12,
                "path": "templates/workflow.py",
                "line": 5,
                "column": 12,
            }
        ],
    }


def test_what_a_finding_lacks_is_null_or_empty() -> None:
    told = unordered(impact=None, sandbox=None, fix=None)
    [found] = json.loads(render_json(report(told)))["findings"]
    lacking = {key for key, value in found.items() if value is None}
    assert lacking == {"alternative", "impact", "bundle", "sink", "sandbox", "fix"}
    assert found["trace"] == []


def test_a_clean_run_has_empty_lists() -> None:
    told = json.loads(render_json(report()))
    assert told["findings"] == told["unknown"] == []


def test_each_finding_has_a_line_of_its_own() -> None:
    text = render_json(report(chained(), unordered()))
    starts = [line[:18] for line in text.splitlines() if "sandbox" in line]
    assert starts == ['  {"code": "NTR101', '  {"code": "NTR110']


@settings(max_examples=100, deadline=None)
@given(REPORTS)
def test_any_report_comes_back_from_its_json(content: Report) -> None:
    text = render_json(content)
    told = json.loads(text)
    assert text.isascii()
    assert [found["message"] for found in told["findings"]] == [
        found.text for found in content.findings
    ]
    assert [found["path"] for found in told["findings"]] == [
        found.place.path for found in content.findings
    ]
    assert [item["name"] for item in told["unknown"]] == [item.name for item in content.unknown]
