"""A report with a line per finding, for logs, editors and `grep`."""

from __future__ import annotations

from lint_rules.finding import Report
from lint_rules.report.colours import SEVERITY, Colours
from lint_rules.report.paths import location
from lint_rules.report.printable import printable
from lint_rules.report.statistics import render_statistics
from lint_rules.report.summary_line import summary_line
from lint_rules.report.unknown import render_unknown


def render_concise(
    report: Report, *, colour: bool = False, show_unknown: bool = False, statistics: bool = False
) -> str:
    """Return `path:line:column: CODE message` per finding, and a closing line."""
    colours = Colours(colour)
    lines = [
        f"{location(finding.place)}: {colours.paint(finding.code, SEVERITY[finding.severity])}"
        f" {printable(finding.text)}\n"
        for finding in report.findings
    ]
    if show_unknown:
        lines.append(render_unknown(report))
    if statistics:
        lines.append(render_statistics(report))
    return "".join(lines) + summary_line(report) + "\n"
