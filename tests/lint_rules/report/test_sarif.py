"""The SARIF report: valid by the schema OASIS publishes, and what code scanning makes use of.

`sarif-schema-2.1.0.json` beside this file is that schema, unchanged but for its line endings.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.finding import Edit, Finding, Fix, Report
from lint_rules.report.paths import uri
from lint_rules.report.sarif import render_sarif
from tests.lint_rules.report.reports import (
    REPORTS,
    RULES,
    chained,
    finding,
    place,
    report,
    unordered,
)

SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def run_of(*findings: Finding) -> dict[str, Any]:
    log = json.loads(render_sarif(report(*findings), rules=RULES))
    VALIDATOR.validate(log)
    [run] = log["runs"]
    return dict(run)


@settings(max_examples=100, deadline=None)
@given(REPORTS, st.none() | st.just("0.1.0"))
def test_any_report_is_valid_by_the_published_schema(content: Report, version: str | None) -> None:
    text = render_sarif(content, rules=RULES, version=version)
    VALIDATOR.validate(json.loads(text))
    text.encode("ascii")
    assert text == render_sarif(content, rules=RULES, version=version)


def test_the_schema_refuses_what_is_not_sarif() -> None:
    log = json.loads(render_sarif(report(finding()), rules=RULES))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError, match="less than the minimum"):
        VALIDATOR.validate(log)


def test_rules_are_described_and_results_point_at_them() -> None:
    run = run_of(unordered(), finding(), finding(code="NTR901"))
    assert run["tool"]["driver"]["rules"] == [
        {
            "id": "NTR101",
            "name": "wall-clock",
            "shortDescription": {"text": "The clock of the worker is read in workflow code"},
            "fullDescription": {"text": "Reading the wall clock in workflow code."},
            "help": {
                "text": "Reading the wall clock in\nworkflow code.\n\nOn replay it differs:\n\n"
                "    time.time()",
                "markdown": "# NTR101 wall-clock\n\nReading the wall clock in\nworkflow code.\n\n"
                "On replay it differs:\n\n    time.time()\n",
            },
            "defaultConfiguration": {"enabled": True},
        },
        {
            "id": "NTR110",
            "name": "unordered-iteration",
            "shortDescription": {"text": "A set is iterated in hash order"},
            "fullDescription": {"text": "A set is iterated in hash order"},
            "help": {
                "text": "A set is iterated in hash order",
                "markdown": "# NTR110 unordered-iteration\n\nA set is iterated in hash order\n",
            },
            "defaultConfiguration": {"enabled": False},
        },
    ]
    assert [(one["ruleId"], one.get("ruleIndex")) for one in run["results"]] == [
        ("NTR110", 1),
        ("NTR101", 0),
        ("NTR901", None),
    ]


def test_the_version_of_the_tool_stands_there_when_it_is_known() -> None:
    with_one = json.loads(render_sarif(report(), rules=(), version="1.2"))
    without = json.loads(render_sarif(report(), rules=()))
    assert with_one["runs"][0]["tool"]["driver"]["version"] == "1.2"
    assert "version" not in without["runs"][0]["tool"]["driver"]


def test_a_result_leads_from_the_entry_point_to_the_hazard_and_its_sink() -> None:
    [result] = run_of(chained())["results"]
    [flow] = result["codeFlows"]
    [thread] = flow["threadFlows"]
    steps = [
        (
            step["location"]["physicalLocation"]["artifactLocation"]["uri"],
            step["location"]["physicalLocation"]["region"]["startLine"],
            step["location"]["message"]["text"],
        )
        for step in thread["locations"]
    ]
    assert steps == [
        ("templates/workflow.py", 9, "run -> _review"),
        ("templates/workflow.py", 120, "_review -> stamp"),
        ("templates/helpers.py", 5, "`datetime.now()` reads the clock of the worker"),
    ]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 5,
        "startColumn": 12,
        "endLine": 5,
        "endColumn": 26,
    }
    [sink] = result["relatedLocations"]
    assert sink["message"]["text"] == "the value decides a branch"
    assert result["properties"] == {
        "impact": "sequence",
        "sandbox": "refuses",
        "bundle": "nav-monthly",
    }


def test_a_hazard_in_the_entry_point_itself_has_no_flow() -> None:
    [result] = run_of(finding(impact=None))["results"]
    assert not {"codeFlows", "relatedLocations", "fixes", "properties"} & set(result)


def test_levels_are_those_of_sarif() -> None:
    severities = ("error", "warning", "info")
    results = run_of(*(finding(severity=severity) for severity in severities))["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]


def test_a_fix_is_a_change_per_file_and_needs_edits() -> None:
    edits = (
        Edit("a.py", (5, 12), (5, 26), "runbook.now()"),
        Edit("b.py", (1, 1), (1, 1), "import x\n"),
        Edit("a.py", (1, 1), (2, 1), ""),
    )
    made, unmade = run_of(
        chained(fix=Fix("now", "unsafe", "Replace it", edits)),
        chained(fix=Fix("now", "safe", "Replace it")),
    )["results"]
    [fix] = made["fixes"]
    assert [
        (
            change["artifactLocation"]["uri"],
            [one["insertedContent"]["text"] for one in change["replacements"]],
        )
        for change in fix["artifactChanges"]
    ] == [("a.py", ["runbook.now()", ""]), ("b.py", ["import x\n"])]
    assert fix["properties"] == {"applicability": "unsafe"}
    assert "fixes" not in unmade


def test_a_subscript_that_is_called_is_no_link() -> None:
    called, plain = run_of(
        finding(message="`clocks['a'](1)` reads the clock", alternative=None),
        finding(message="`clocks['a']` reads the clock", alternative=None),
    )["results"]
    assert called["message"]["text"] == "`clocks\\['a'\\](1)` reads the clock"
    assert plain["message"]["text"] == "`clocks['a']` reads the clock"


def fingerprints_of(*findings: Finding) -> list[str]:
    results = run_of(*findings)["results"]
    return [result["partialFingerprints"]["ntroFinding/v1"] for result in results]


def test_a_fingerprint_stays_when_lines_move_and_tells_findings_apart() -> None:
    moved = finding(place=place(line=90, column=3))
    assert fingerprints_of(finding(), unordered()) == fingerprints_of(moved, unordered())
    assert len(set(fingerprints_of(finding(), moved, unordered()))) == 3
    assert fingerprints_of(finding()) != fingerprints_of(finding(place=place("other.py")))


@pytest.mark.parametrize(
    "path, separator, expected",
    [
        ("templates/workflow.py", "/", "templates/workflow.py"),
        ("./a b/ä#?%.py", "/", "a%20b/%C3%A4%23%3F%25.py"),
        ("a:b.py", "/", "a%3Ab.py"),
        ("a\\b.py", "/", "a%5Cb.py"),
        ("../up.py", "/", "../up.py"),
        ("/abs/x y.py", "/", "file:///abs/x%20y.py"),
        ("bad\udcff.py", "/", "bad%FF.py"),
        ("templates\\a b.py", "\\", "templates/a%20b.py"),
        ("C:\\x\\a.py", "\\", "file:///C:/x/a.py"),
        ("\\\\server\\share\\a.py", "\\", "file://server/share/a.py"),
    ],
)
def test_paths_become_uris(path: str, separator: str, expected: str) -> None:
    assert uri(path, separator) == expected


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_relative_path_comes_back_from_its_uri(path: str) -> None:
    relative = path.lstrip("./") or "x"
    text = uri(relative, "/")
    assert text.isascii()
    assert unquote_to_bytes(text).decode() == relative
