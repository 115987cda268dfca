"""Fixes of files that are no Python: `runbook.md` and `requirements.txt`."""

from __future__ import annotations

from collections.abc import Sequence

from lint_rules.fixes.edits import apply_edits, combine
from lint_rules.fixes.fixing import OVERLAP
from lint_rules.fixes.requests import Fixed, Request


def fix_text(source: str, requests: Sequence[Request]) -> Fixed:
    """Make the fixes of one text that go together; each request brings its own edits."""
    combined = combine(*(request.edits for request in requests))
    made = [r for number, r in enumerate(requests) if number not in combined.skipped]
    late = [(r, OVERLAP) for number, r in enumerate(requests) if number in combined.skipped]
    return Fixed(apply_edits(source, combined.edits), tuple(made), tuple(late))
