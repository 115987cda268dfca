"""A report as workflow commands of GitHub Actions, which show it beside the lines of a change."""

from __future__ import annotations

from lint_rules.finding import Finding, Place, Report, Severity
from lint_rules.report.notes import chain
from lint_rules.report.paths import slashed
from lint_rules.report.printable import printable

_COMMAND: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def render_github(report: Report) -> str:
    """Return a command per finding; nothing for a clean run."""
    return "".join(_command(finding) + "\n" for finding in report.findings)


def _command(finding: Finding) -> str:
    properties = {
        "file": slashed(finding.place.path),
        **_range(finding.place),
        "title": f"{finding.code} {finding.name}",
    }
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    message = "\n".join([finding.text, *(chain(finding.trace) if finding.trace else ())])
    return f"::{_COMMAND[finding.severity]} {told}::{_data(message)}"


def _range(place: Place) -> dict[str, str]:
    """Return the range; GitHub takes columns only for a range within one line."""
    lines = {"line": str(place.line), "endLine": str(place.end_line)}
    if place.line != place.end_line:
        return lines
    return {**lines, "col": str(place.column), "endColumn": str(place.end_column)}


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    """Return text with what would end the command escaped, and the rest made printable."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(text)
