"""Fixes of files that are no Python: edits that go together, and their byte order mark kept."""

from __future__ import annotations

from lint_rules.fixes import Request, TextEdit
from lint_rules.fixes.text_fixing import fix_text


def request(start: int, end: int, text: str) -> Request:
    return Request("unquote", (1, start, 1, end), edits=(TextEdit((1, start), (1, end), text),))


def test_fixes_that_go_together_are_all_made() -> None:
    fixed = fix_text("slug: 'a'\n", [request(7, 8, ""), request(9, 10, "")])
    assert fixed.source == "slug: a\n"
    assert len(fixed.applied) == 2


def test_of_fixes_that_overlap_the_first_is_made_and_the_other_may_be_next_round() -> None:
    first, second = request(1, 5, "x"), request(3, 6, "y")
    fixed = fix_text("slug: a\n", [first, second])
    assert fixed.source == "x: a\n"
    assert fixed.applied == (first,)
    [(refused, reason)] = fixed.refused
    assert refused is second
    assert "next round" in reason


def test_a_byte_order_mark_is_kept_and_belongs_to_no_column() -> None:
    assert fix_text("\ufeffslug: a\n", [request(1, 5, "id")]).source == "\ufeffid: a\n"
