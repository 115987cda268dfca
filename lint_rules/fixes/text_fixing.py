"""Fixes of files that are no Python: `runbook.md` and `requirements.txt`."""

from __future__ import annotations

from collections.abc import Sequence

from lint_rules.files.source_text import split_mark
from lint_rules.fixes.edits import apply_edits, combine
from lint_rules.fixes.fixing import OVERLAP
from lint_rules.fixes.requests import Fixed, Request

REMOVE_MARK = "remove-mark"
"""A byte order mark belongs to no line, so no edit can take it away."""


def fix_text(source: str, requests: Sequence[Request]) -> Fixed:
    """Make the fixes of one text that go together; each request brings its own edits."""
    combined = combine(*(request.edits for request in requests))
    made = [r for number, r in enumerate(requests) if number not in combined.skipped]
    late = [(r, OVERLAP) for number, r in enumerate(requests) if number in combined.skipped]
    text = apply_edits(source, combined.edits)
    if any(request.id == REMOVE_MARK for request in made):
        _, text = split_mark(text)
    return Fixed(text, tuple(made), tuple(late))
