"""An analysis as JSON and back: for the cache, and for the way from one process to another."""

from __future__ import annotations

import json
from typing import Any

from lint_rules.analysis.analysis import Analysis, UnknownCall
from lint_rules.finding import Applicability, Edit, Finding, Fix, Hop, Place
from lint_rules.suppressions.suppression import CodeAt, Suppression


class DamagedAnalysisError(ValueError):
    """The text holds no analysis."""


def to_json(analysis: Analysis) -> str:
    """Write an analysis."""
    return json.dumps(
        {
            "findings": [_write_finding(finding) for finding in analysis.findings],
            "suppressions": [_write_suppression(each) for each in analysis.suppressions],
            "unknown": [[u.name, u.reason, _place(u.place)] for u in analysis.unknown],
            "dependencies": analysis.dependencies,
            "files": analysis.files,
            "looked_at": analysis.looked_at,
            "listings": analysis.listings,
            "contents": analysis.contents,
            "calls": [analysis.calls_resolved, analysis.calls_unknown],
        },
        separators=(",", ":"),
    )


def from_json(text: str) -> Analysis:
    """Read an analysis back; raises `DamagedAnalysisError` for anything else."""
    try:
        plain = json.loads(text)
        return Analysis(
            findings=tuple(map(_read_finding, plain["findings"])),
            suppressions=tuple(map(_read_suppression, plain["suppressions"])),
            unknown=tuple(
                UnknownCall(name, reason, Place(*place)) for name, reason, place in plain["unknown"]
            ),
            dependencies=tuple((name, path, found) for name, path, found in plain["dependencies"]),
            files=tuple((path, found) for path, found in plain["files"]),
            looked_at=tuple((path, found) for path, found in plain["looked_at"]),
            listings=tuple((path, found) for path, found in plain["listings"]),
            contents=tuple((path, found) for path, found in plain["contents"]),
            calls_resolved=int(plain["calls"][0]),
            calls_unknown=int(plain["calls"][1]),
        )
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise DamagedAnalysisError(f"no analysis: {error}") from error


def _place(place: Place) -> list[Any]:
    return [place.path, place.line, place.column, place.end_line, place.end_column]


def _hop(hop: Hop) -> list[Any]:
    return [_place(hop.place), hop.text]


def _write_finding(finding: Finding) -> list[Any]:
    fix = finding.fix
    return [
        finding.code,
        finding.name,
        finding.message,
        finding.alternative,
        finding.severity,
        finding.impact,
        _place(finding.place),
        finding.bundle,
        [_hop(hop) for hop in finding.trace],
        None if finding.sink is None else _hop(finding.sink),
        finding.sandbox,
        None
        if fix is None
        else [fix.id, fix.applicability, fix.message, [_write_edit(edit) for edit in fix.edits]],
    ]


def _write_edit(edit: Edit) -> list[Any]:
    return [edit.path, edit.start, edit.end, edit.text]


def _read_finding(row: list[Any]) -> Finding:
    code, name, message, alternative, severity, impact, place, bundle, *rest = row
    trace, sink, sandbox, fix = rest
    return Finding(
        code,
        name,
        message,
        alternative,
        severity,
        impact,
        Place(*place),
        bundle,
        tuple(_read_hop(hop) for hop in trace),
        None if sink is None else _read_hop(sink),
        sandbox,
        None if fix is None else _read_fix(*fix),
    )


def _read_fix(id_: str, applicability: Applicability, message: str, edits: list[Any]) -> Fix:
    return Fix(id_, applicability, message, tuple(map(_read_edit, edits)))


def _read_hop(row: list[Any]) -> Hop:
    place, text = row
    return Hop(Place(*place), text)


def _read_edit(row: list[Any]) -> Edit:
    path, start, end, text = row
    return Edit(path, tuple(start), tuple(end), text)


def _write_suppression(suppression: Suppression) -> list[Any]:
    return [
        suppression.path,
        suppression.line,
        suppression.column,
        suppression.end_column,
        [[code.code, code.column, code.end_column] for code in suppression.codes],
        suppression.reason,
        suppression.first_line,
        suppression.removable,
    ]


def _read_suppression(row: list[Any]) -> Suppression:
    path, line, column, end_column, codes, reason, first_line, removable = row
    return Suppression(
        path,
        line,
        column,
        end_column,
        tuple(CodeAt(*code) for code in codes),
        reason,
        first_line,
        None if removable is None else tuple(removable),
    )
