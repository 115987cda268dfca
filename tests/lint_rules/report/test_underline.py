"""The marks below a line of source: exactly under the cells of the range, whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from lint_rules.report.underline import CUT, LONGEST, TAB, underline

SPELLED = {"\x1b": "\\x1b", "\u202e": "\\u202e", "\ud800": "\\ud800", "\u3000": "\\u3000"}
ALPHABET = [*"ab( é\t日本한\uff41", "e\u0301", "\u0301", *SPELLED]
LINES = st.lists(st.sampled_from(ALPHABET), max_size=20).map("".join)
LONG_LINES = st.builds(lambda line, times: line * times, LINES, st.integers(1, 40))


def shown(text: str, column: int = 0) -> str:
    result = ""
    for character in text:
        if character == "\t":
            result += " "
            while (column + cell_len(result)) % TAB:
                result += " "
        else:
            result += SPELLED.get(character, character)
    return result


@settings(max_examples=400, deadline=None)
@given(LINES, st.data())
def test_the_marks_cover_exactly_the_cells_of_the_range(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    text, marks = underline(line, start, end)
    before = cell_len(shown(line[:start]))
    covered = cell_len(shown(line[:end])) - before
    assert text == shown(line)
    assert marks == " " * before + "^" * max(covered, 1)


@settings(max_examples=300, deadline=None)
@given(LONG_LINES, st.data())
def test_a_long_line_is_cut_around_the_range(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, min(start + 5, len(line))))
    text, marks = underline(line, start, end)
    blanks = len(marks) - len(marks.lstrip())
    marked = shown(line[start:end], blanks)
    assert cell_len(text) <= LONGEST + 2 * len(CUT)
    assert len(marks) - blanks == max(cell_len(marked), 1)
    assert any(
        cell_len(text[:index]) == blanks and text[index:].startswith(marked)
        for index in range(len(text) + 1)
    )


@pytest.mark.parametrize(
    "line, start, end, marks",
    [
        ("ab", 1, 1, " ^"),
        ("ab", 2, 2, "  ^"),
        ("ab", 7, 9, "  ^"),
        ("ab", 1, 9, " ^"),
        ("ab", 1, 0, " ^"),
        ("", 0, 0, "^"),
        ("e\u0301x", 1, 2, " ^"),
    ],
)
def test_a_range_that_takes_no_cell_still_has_one_mark(
    line: str, start: int, end: int, marks: str
) -> None:
    assert underline(line, start, end) == (line, marks)


def test_both_ends_of_a_long_line_are_cut_and_the_range_is_kept() -> None:
    text, marks = underline("x" * 500 + "now()" + "y" * 500, 500, 505)
    assert text.startswith("...x")
    assert text.endswith("y...")
    assert len(text) == LONGEST + 2 * len(CUT)
    assert text[marks.index("^") :].startswith("now()y")
    assert marks.count("^") == 5


def test_the_near_end_of_a_long_line_is_not_cut() -> None:
    line = "now()" + "y" * 500
    assert underline(line, 0, 5) == (line[:LONGEST] + CUT, "^^^^^")
    text, _ = underline(line[::-1], 500, 505)
    assert text == CUT + line[::-1][-LONGEST:]


def test_a_range_longer_than_a_line_may_be_is_cut_too() -> None:
    text, marks = underline("x" * 1000, 0, 1000)
    assert text == "x" * LONGEST + CUT
    assert marks == "^" * LONGEST
