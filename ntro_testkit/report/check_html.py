"""A check of a whole bundle as one HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lint_rules.rules.catalogue import BY_CODE
from lint_rules.shown_paths import shown_source
from ntro_testkit.bundle_check import BundleReport
from ntro_testkit.report.html import Card, Excerpt, Fact, Section, html
from ntro_testkit.report.html.excerpts import read_source
from ntro_testkit.report.paths import shown_path

if TYPE_CHECKING:
    from ntro_testkit.replay.verdict import Difference, ReplayVerdict


def text(report: BundleReport) -> str:
    """Return the page: runs, verdicts, findings of the lint, replays, and what was not checked."""
    sections = [_replays(report)] if report.replays else []
    if report.problems or report.notes:
        sections.append(_not_checked(report))
    lint_source = shown_source(report.linted)

    def source(path: str) -> str | None:
        # The lint knows its files by the paths it shows, runs by where they are.
        return read_source(path) if Path(path).is_absolute() else lint_source(path)

    return html(
        report.runs,
        lint_report=report.linted.report,
        sections=sections,
        read_source=source,
    )


def _replays(report: BundleReport) -> Section:
    cards = tuple(
        _card(replay, difference) for replay in report.replays for difference in replay.differences
    )
    count = len(report.replays)
    return Section(
        "Replay",
        cards,
        f"{count} recorded {'history' if count == 1 else 'histories'} against today's code.",
        "Nothing differs.",
    )


def _card(replay: ReplayVerdict, difference: Difference) -> Card:
    line = difference.line
    return Card(
        message=difference.message,
        code=difference.code,
        name=BY_CODE[difference.code].name,
        severity="error" if difference.grade not in {"moved", "contents"} else "warning",
        about=Path(replay.source).name,
        facts=(
            Fact("had", (difference.had,)),
            Fact("now", (difference.now,)),
            Fact("do", (difference.advice,)),
        ),
        excerpts=(Excerpt(f"{shown_path(line.path)}:{line.line}, in {line.function}"),)
        if line
        else (),
    )


def _not_checked(report: BundleReport) -> Section:
    problems = [Card(problem, about=report.bundle.name) for problem in report.problems]
    notes = [Card(note, severity="info", about=report.bundle.name) for note in report.notes]
    return Section("Not checked", (*problems, *notes))
