"""The fixes of a report, as requests for the files they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lint_rules.engine import Linted
from lint_rules.finding import Finding, Fix
from lint_rules.fixes import Facade, Request, TextEdit, message
from lint_rules.shown_paths import real_path


@dataclass(frozen=True, slots=True, eq=False)
class WantedFix:
    """A fix to be made in the file at `path`, which is absolute."""

    finding: Finding
    path: str
    request: Request


def wanted_fixes(
    linted: Linted, wants: Callable[[Finding, Fix], bool] = lambda _finding, _fix: True
) -> list[WantedFix]:
    """Return the fixes of a report that somebody wants, in its order."""
    return [
        WantedFix(
            finding,
            real_path(linted.discovery, _file(finding, finding.fix)),
            _request(finding, finding.fix),
        )
        for finding in linted.report.findings
        if finding.fix is not None and wants(finding, finding.fix)
    ]


def by_file(fixes: Iterable[WantedFix]) -> dict[str, list[WantedFix]]:
    """Return the fixes of each file."""
    found: dict[str, list[WantedFix]] = defaultdict(list)
    for each in fixes:
        found[each.path].append(each)
    return dict(found)


def _file(finding: Finding, fix: Fix) -> str:
    """Return the file a fix changes: that of its edits, which may not be that of the finding."""
    return fix.edits[0].path if fix.edits else finding.place.path


def _request(finding: Finding, fix: Fix) -> Request:
    place = finding.place
    span = (place.line, place.column, place.end_line, place.end_column)
    edits = tuple(TextEdit(edit.start, edit.end, edit.text) for edit in fix.edits)
    return Request(fix.id, span, _facade(fix), edits)


def _facade(fix: Fix) -> Facade:
    """Return whose names the fix speaks of; where it names none, either will do."""
    return "ntro" if message(fix.id, "ntro") == fix.message else "temporalio"
