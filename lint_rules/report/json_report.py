"""A report as JSON: the contract that tools rely on; keys are only ever added."""

from __future__ import annotations

import json
from typing import Any

from lint_rules.finding import Edit, Finding, Fix, Hop, NamedUnknown, Report

VERSION = 1


def render_json(report: Report) -> str:
    """Return the report as one JSON object, a line per finding; pure ASCII, so always encodable."""
    findings = [json.dumps(_finding(finding)) for finding in report.findings]
    unknown = [json.dumps(_unknown(item)) for item in report.unknown]
    summary = json.dumps(_summary(report))
    return (
        f'{{"version": {VERSION},\n'
        f' "findings": {_array(findings)},\n'
        f' "summary": {summary},\n'
        f' "unknown": {_array(unknown)}}}\n'
    )


def _array(items: list[str]) -> str:
    return "[" + ",".join(f"\n  {item}" for item in items) + "]"


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.text,
        "alternative": finding.alternative,
        "severity": finding.severity,
        "impact": finding.impact,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "bundle": finding.bundle,
        "trace": [_hop(hop) for hop in finding.trace],
        "sink": _hop(finding.sink) if finding.sink else None,
        "sandbox": finding.sandbox,
        "fix": _fix(finding.fix) if finding.fix else None,
    }


def _hop(hop: Hop) -> dict[str, Any]:
    place = hop.place
    return {"path": place.path, "line": place.line, "column": place.column, "text": hop.text}


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": fix.applicability,
        "message": fix.message,
        "edits": [_edit(edit) for edit in fix.edits],
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {"path": edit.path, "start": edit.start, "end": edit.end, "text": edit.text}


def _unknown(item: NamedUnknown) -> dict[str, Any]:
    return {
        "name": item.name,
        "reason": item.reason,
        "count": item.count,
        "path": item.first.path,
        "line": item.first.line,
        "column": item.first.column,
    }


def _summary(report: Report) -> dict[str, int]:
    summary = report.summary
    return {
        "bundles": summary.bundles,
        "files": summary.files,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "info": summary.info,
        "calls_resolved": summary.calls_resolved,
        "calls_unknown": summary.calls_unknown,
        "suppressed": summary.suppressed,
        "baselined": summary.baselined,
    }
