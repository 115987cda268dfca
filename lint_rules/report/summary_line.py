"""The closing line of the text reports: how much was found, and in how much."""

from __future__ import annotations

from lint_rules.finding import Applicability, Report, Severity, Summary


def summary_line(report: Report) -> str:
    """Return all counts in one line; what there was none of is left out, except calls and files."""
    summary = report.summary
    parts = [_found(report), *_fixable(report)]
    if summary.suppressed:
        parts.append(f"{summary.suppressed} suppressed")
    if summary.baselined:
        parts.append(f"{summary.baselined} baselined")
    calls = count(summary.calls_resolved, "call")
    parts.append(f"{calls} resolved, {summary.calls_unknown} unknown")
    return "; ".join(parts)


def worst(summary: Summary) -> Severity | None:
    """Return the gravest severity that was found."""
    if summary.errors:
        return "error"
    if summary.warnings:
        return "warning"
    return "info" if summary.info else None


def count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _found(report: Report) -> str:
    summary = report.summary
    bundles = f"{count(summary.bundles, 'bundle')}, " if summary.bundles else ""
    where = f"in {bundles}{count(summary.files, 'file')}"
    found = summary.errors + summary.warnings + summary.info
    if not found:
        return f"clean: no findings {where}"
    kinds = []
    if summary.errors:
        kinds.append(count(summary.errors, "error"))
    if summary.warnings:
        kinds.append(count(summary.warnings, "warning"))
    if summary.info:
        kinds.append(f"{summary.info} info")
    return f"{count(found, 'finding')} {where}: {', '.join(kinds)}"


def _fixable(report: Report) -> list[str]:
    safe, unsafe = _fixes(report, "safe"), _fixes(report, "unsafe")
    said = [f"{safe} fixable with --fix"] if safe else []
    if unsafe:
        more = "more " if safe else ""
        said.append(f"{unsafe} {more}fixable with --fix --unsafe-fixes")
    return said


def _fixes(report: Report, applicability: Applicability) -> int:
    fixes = (finding.fix for finding in report.findings)
    return sum(fix is not None and fix.applicability == applicability for fix in fixes)
