"""The named unknowns of a run: calls behind which the linter cannot see."""

from __future__ import annotations

from lint_rules.finding import Report
from lint_rules.report.paths import location
from lint_rules.report.printable import printable
from lint_rules.report.summary_line import count


def render_unknown(report: Report) -> str:
    """Return a line per named unknown: first place, name, reason and number of calls."""
    return "".join(
        f"{location(item.first)}: unknown `{printable(item.name)}`: {printable(item.reason)}"
        f" ({count(item.count, 'call')})\n"
        for item in report.unknown
    )
