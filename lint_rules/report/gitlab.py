"""A report for GitLab's code quality widget."""

from __future__ import annotations

import json
from typing import Any

from lint_rules.finding import Finding, Report, Severity
from lint_rules.report.fingerprint import fingerprints
from lint_rules.report.paths import slashed
from lint_rules.report.printable import printable

_SEVERITY: dict[Severity, str] = {"error": "major", "warning": "minor", "info": "info"}


def render_gitlab(report: Report) -> str:
    """Return the findings as an array of code quality issues."""
    issues = [
        _issue(finding, fingerprint)
        for finding, fingerprint in zip(report.findings, fingerprints(report.findings), strict=True)
    ]
    return json.dumps(issues, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "description": printable(finding.text),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITY[finding.severity],
        "location": {
            "path": printable(slashed(finding.place.path)),
            "lines": {"begin": finding.place.line},
        },
    }
