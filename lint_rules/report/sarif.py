"""A report as SARIF 2.1.0, the format that code scanning services read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lint_rules.finding import Edit, Finding, Fix, Hop, Place, Report, Severity
from lint_rules.report.fingerprint import fingerprints
from lint_rules.report.paths import uri
from lint_rules.report.printable import printable

if TYPE_CHECKING:
    from lint_rules.rules.rule import Rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_LONGEST_DESCRIPTION = 1000
"""Code scanning cuts or refuses longer ones; the whole explanation stands in `help`."""


def render_sarif(report: Report, *, rules: Sequence[Rule], version: str | None = None) -> str:
    """Return one run with a result per finding; `version` is that of the tool."""
    driver: dict[str, Any] = {"name": "ntro-testkit"}
    if version is not None:
        driver["version"] = version
    driver["rules"] = [_rule(rule) for rule in rules]
    index = {rule.code: number for number, rule in enumerate(rules)}
    results = [
        _result(finding, fingerprint, index.get(finding.code))
        for finding, fingerprint in zip(report.findings, fingerprints(report.findings), strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    explanation = rule.explanation.strip()
    first_paragraph = " ".join(explanation.partition("\n\n")[0].split())
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": (first_paragraph or rule.summary)[:_LONGEST_DESCRIPTION]},
        "help": {
            "text": explanation or rule.summary,
            "markdown": f"# {rule.code} {rule.name}\n\n{explanation or rule.summary}\n",
        },
        "defaultConfiguration": {"enabled": rule.on},
    }


def _result(finding: Finding, fingerprint: str, rule_index: int | None) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": finding.code}
    if rule_index is not None:
        result["ruleIndex"] = rule_index
    result |= {
        "level": _LEVEL[finding.severity],
        "message": _message(finding.text),
        "locations": [{"physicalLocation": _physical(finding.place)}],
        "partialFingerprints": {"ntroFinding/v1": fingerprint},
    }
    if finding.trace:
        result["codeFlows"] = [_code_flow(finding)]
    if finding.sink:
        result["relatedLocations"] = [{"id": 1, **_location(finding.sink)}]
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(finding.fix)]
    bag = {"impact": finding.impact, "sandbox": finding.sandbox, "bundle": finding.bundle}
    properties = {key: printable(value) for key, value in bag.items() if value is not None}
    if properties:
        result["properties"] = properties
    return result


def _code_flow(finding: Finding) -> dict[str, Any]:
    """Return the way from the entry point to the hazard, the hazard itself being its end."""
    hops = (*finding.trace, Hop(finding.place, finding.message))
    return {"threadFlows": [{"locations": [{"location": _location(hop)} for hop in hops]}]}


def _location(hop: Hop) -> dict[str, Any]:
    return {"physicalLocation": _physical(hop.place), "message": _message(hop.text)}


def _physical(place: Place) -> dict[str, Any]:
    region = _region((place.line, place.column), (place.end_line, place.end_column))
    return {"artifactLocation": {"uri": uri(place.path)}, "region": region}


def _region(start: tuple[int, int], end: tuple[int, int]) -> dict[str, int]:
    return {
        "startLine": start[0],
        "startColumn": start[1],
        "endLine": end[0],
        "endColumn": end[1],
    }


def _message(text: str) -> dict[str, str]:
    """Return a plain message; `[a](b)` in it is code, not the link SARIF would see."""
    text = printable(text)
    return {"text": text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text}


def _fix(fix: Fix) -> dict[str, Any]:
    by_path: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_path.setdefault(edit.path, []).append(edit)
    changes = [
        {
            "artifactLocation": {"uri": uri(path)},
            "replacements": [_replacement(edit) for edit in edits],
        }
        for path, edits in by_path.items()
    ]
    return {
        "description": _message(fix.message),
        "artifactChanges": changes,
        "properties": {"applicability": fix.applicability},
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    return {
        "deletedRegion": _region(edit.start, edit.end),
        "insertedContent": {"text": edit.text},
    }
