"""What a replay check found, as JSON: findings like those of `lint`, written one by one."""

from __future__ import annotations

import json
from typing import Any

from lint_rules.rules.catalogue import BY_CODE
from ntro_testkit.replay.verdict import Difference, ReplayVerdict
from ntro_testkit.report.paths import shown_path
from ntro_testkit.report.replay_summary import Summary

VERSION = 1
"""Of the form; a key never changes its meaning within one."""

_SEVERITIES = {
    "breaking": "error",
    "moved across a gate": "error",
    "moved": "warning",
    "contents": "warning",
}


def begin() -> str:
    """Return what comes before the findings."""
    return f'{{"version": {VERSION},\n "findings": ['


def verdict(found: ReplayVerdict, more: bool) -> str:
    """Return the findings of a history."""
    texts = [json.dumps(_finding(found, each)) for each in found.differences]
    if not texts:
        return ""
    return f"{',' if more else ''}\n  " + ",\n  ".join(texts)


def unreadable(line: str, more: bool) -> str:
    """Return a history that could not be checked, as a finding of its own kind."""
    data = {"code": None, "name": "unreadable-history", "severity": "error", "message": line}
    return f"{',' if more else ''}\n  {json.dumps(data)}"


def end(summary: Summary) -> str:
    """Return the counts, and what closes the report."""
    counts = {
        "histories": summary.histories,
        "tasks": summary.tasks,
        "differing": summary.differing,
        "unreadable": summary.unreadable,
        "differences": dict(summary.by_grade()),
    }
    return f'\n ],\n "summary": {json.dumps(counts)}}}\n'


def _finding(found: ReplayVerdict, difference: Difference) -> dict[str, Any]:
    return {
        **described(difference),
        "history": found.source,
        "workflow_id": found.workflow_id,
        "run_id": found.run_id,
        "workflow_type": found.workflow_type,
    }


def described(difference: Difference) -> dict[str, Any]:
    """Return a difference without where it was found."""
    line = difference.line
    return {
        "code": difference.code,
        "name": BY_CODE[difference.code].name,
        "message": difference.message,
        "severity": _SEVERITIES[difference.grade],
        "grade": difference.grade,
        "path": shown_path(line.path) if line is not None else None,
        "line": line.line if line is not None else None,
        "function": line.function if line is not None else None,
        "step": difference.step,
        "task": difference.task,
        "event_id": difference.event_id,
        "had": difference.had,
        "now": difference.now,
        "advice": difference.advice,
    }
