"""Verdicts and findings of the lint as cards."""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.finding import Finding, Report
from lint_rules.report.notes import notes
from ntro_testkit.report.html.excerpts import Excerpts
from ntro_testkit.report.html.section import Card, Fact, Section
from ntro_testkit.trace import RunResult
from ntro_testkit.verdict import Verdict

VERDICTS = "Verdicts"
LINT = "Lint findings"


def verdict_section(results: list[RunResult], excerpts: Excerpts) -> Section:
    """Return what the checks say of all runs."""
    cards = tuple(
        _verdict_card(verdict, run.slug, excerpts) for run in results for verdict in run.verdicts
    )
    return Section(VERDICTS, cards, "What these runs have shown.", "No check found a fault.")


def lint_section(report: Report, excerpts: Excerpts) -> Section:
    """Return what the lint says of the code."""
    summary = report.summary
    cards = tuple(_finding_card(finding, excerpts) for finding in report.findings)
    silenced = [
        f"{count} {how}"
        for count, how in (
            (summary.suppressed, "suppressed"),
            (summary.baselined, "in the baseline"),
        )
        if count
    ]
    introduction = f"{'; '.join(['What reading the code has shown', *silenced])}."
    return Section(LINT, cards, introduction, "The lint found nothing.")


def _verdict_card(verdict: Verdict, slug: str, excerpts: Excerpts) -> Card:
    line = verdict.line
    return Card(
        message=verdict.message,
        code=verdict.code,
        name=verdict.name,
        severity=verdict.severity,
        scenario=verdict.scenario,
        about=verdict.slug or slug,
        facts=tuple(_facts(verdict)),
        excerpts=(
            (excerpts.around(line.path, line.line, f", in {line.function}"),) if line else ()
        ),
        comparison=verdict.comparison,
        reproduce=verdict.reproduce,
    )


def _facts(verdict: Verdict) -> Iterator[Fact]:
    if verdict.evidence:
        yield Fact("seen", verdict.evidence)
    if verdict.help:
        yield Fact("help", (verdict.help,))


def _finding_card(finding: Finding, excerpts: Excerpts) -> Card:
    place = finding.place
    return Card(
        message=finding.message,
        code=finding.code,
        name=finding.name,
        severity=finding.severity,
        about=finding.bundle or "",
        facts=tuple(Fact(note.label, note.lines) for note in notes(finding)),
        excerpts=(excerpts.around(place.path, place.line, f":{place.column}"),),
    )
