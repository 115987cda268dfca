"""A lint report as text, one file per format: data in, text out.

Every text ends with a line break, unless it is empty. A format is imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from lint_rules.finding import Report

if TYPE_CHECKING:
    from lint_rules.rules.rule import Rule

Need = Literal["source", "colour", "unknown", "statistics", "rules", "edits"]
"""What a format makes use of; the rest of `render`'s arguments need not be worked out for it.

`edits` are those of the fixes in the report, `unknown` its named unknowns.
"""

NEEDS: dict[str, frozenset[Need]] = {
    "full": frozenset({"source", "colour", "unknown", "statistics"}),
    "concise": frozenset({"colour", "unknown", "statistics"}),
    "json": frozenset({"unknown", "edits"}),
    "sarif": frozenset({"rules", "edits"}),
    "github": frozenset(),
    "gitlab": frozenset(),
    "junit": frozenset(),
}

FORMATS: tuple[str, ...] = tuple(NEEDS)


def render(
    output_format: str,
    report: Report,
    *,
    source: Callable[[str], str | None],
    colour: bool,
    rules: Sequence[Rule],
    show_unknown: bool = False,
    statistics: bool = False,
    version: str | None = None,
) -> str:
    """Return the report in one of `FORMATS`; what a format has no use for is ignored.

    `version` is that of the tool. Raises `ValueError` for a format that does not exist.
    """
    match output_format:
        case "full":
            from lint_rules.report.full import render_full

            return render_full(
                report,
                source=source,
                colour=colour,
                show_unknown=show_unknown,
                statistics=statistics,
            )
        case "concise":
            from lint_rules.report.concise import render_concise

            return render_concise(
                report, colour=colour, show_unknown=show_unknown, statistics=statistics
            )
        case "sarif":
            from lint_rules.report.sarif import render_sarif

            return render_sarif(report, rules=rules, version=version)
        case _:
            return _plain(output_format)(report)


def _plain(output_format: str) -> Callable[[Report], str]:
    """Return the renderer of a format that needs nothing but the report."""
    match output_format:
        case "json":
            from lint_rules.report.json_report import render_json

            return render_json
        case "github":
            from lint_rules.report.github import render_github

            return render_github
        case "gitlab":
            from lint_rules.report.gitlab import render_gitlab

            return render_gitlab
        case "junit":
            from lint_rules.report.junit import render_junit

            return render_junit
    raise ValueError(f"unknown output format {output_format!r}; one of {', '.join(FORMATS)}")
