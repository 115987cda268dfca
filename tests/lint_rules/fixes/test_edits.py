"""Edits: applied by position, combined where they leave each other alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.files.source_text import SourceText
from lint_rules.finding import Edit
from lint_rules.fixes import OverlappingEditsError, TextEdit, apply_edits, combine


def edit(start: int, end: int, text: str = "!") -> TextEdit:
    return TextEdit((1, start), (1, end), text)


def test_edits_are_applied_by_line_and_column() -> None:
    edits = [TextEdit((2, 1), (2, 2), "X"), TextEdit((1, 2), (1, 2), "é"), edit(3, 3, "-")]
    assert apply_edits("ab\ncd\n", edits) == "aéb-\nXd\n"


def test_a_byte_order_mark_is_on_no_line() -> None:
    assert apply_edits("\ufeffab", [edit(1, 2, "X")]) == "\ufeffXb"


def test_an_insertion_goes_before_what_is_replaced_there() -> None:
    assert apply_edits("abc", [edit(2, 3, "X"), edit(2, 2, "(")]) == "a(Xc"
    assert apply_edits("abc", [edit(1, 2, "X"), edit(2, 2, ")")]) == "X)bc"


def test_insertions_of_one_place_keep_their_order() -> None:
    assert apply_edits("ab", [edit(2, 2, "1"), edit(2, 2, "2")]) == "a12b"


def test_the_end_of_the_text_is_a_position() -> None:
    assert apply_edits("a\n", [TextEdit((2, 1), (2, 1), "b")]) == "a\nb"
    assert apply_edits("a", [TextEdit((1, 2), (2, 1), "b")]) == "ab"


def test_edits_that_overlap_are_not_applied() -> None:
    with pytest.raises(OverlappingEditsError, match="1:2"):
        apply_edits("abcd", [edit(1, 3), edit(2, 4)])


def test_an_edit_of_a_text_becomes_one_of_a_file() -> None:
    assert edit(1, 2).at("a.py") == Edit("a.py", (1, 1), (1, 2), "!")


COMBINED = {
    "apart": ([edit(1, 2)], [edit(3, 4)], ()),
    "side by side": ([edit(1, 2)], [edit(2, 3)], ()),
    "insertion at the start": ([edit(2, 4)], [edit(2, 2)], ()),
    "insertion at the end": ([edit(2, 4)], [edit(4, 4)], ()),
    "around": ([edit(1, 1), edit(9, 9)], [edit(3, 4)], ()),
    "the same": ([edit(1, 2)], [edit(1, 2)], (1,)),
    "partly": ([edit(1, 3)], [edit(2, 4)], (1,)),
    "inside": ([edit(1, 9)], [edit(3, 4)], (1,)),
    "outside": ([edit(3, 4)], [edit(1, 9)], (1,)),
    "insertion inside": ([edit(1, 9)], [edit(3, 3)], (1,)),
    "around an insertion": ([edit(3, 3)], [edit(1, 9)], (1,)),
    "two insertions": ([edit(3, 3)], [edit(3, 3)], (1,)),
    "only one of two": ([edit(3, 4)], [edit(1, 2), edit(3, 4)], (1,)),
}


@pytest.mark.parametrize(("one", "other", "skipped"), COMBINED.values(), ids=COMBINED)
def test_groups_that_overlap_are_skipped_whole(
    one: list[TextEdit], other: list[TextEdit], skipped: tuple[int, ...]
) -> None:
    combined = combine(one, other)
    assert combined.skipped == skipped
    assert len(combined.edits) == len(one) + (0 if skipped else len(other))


spans = st.tuples(st.integers(1, 12), st.integers(0, 4)).map(lambda p: (p[0], p[0] + p[1]))


@given(st.lists(spans, max_size=8))
def test_what_is_combined_can_be_applied(places: list[tuple[int, int]]) -> None:
    edits = [edit(start, end, f"<{number}>") for number, (start, end) in enumerate(places)]
    combined = combine(*([each] for each in edits))
    text = apply_edits("abcdefghijklmnop", combined.edits)
    assert all((f"<{n}>" in text) == (n not in combined.skipped) for n in range(len(edits)))
    for number in combined.skipped:
        others = [e for n, e in enumerate(edits) if n < number and n not in combined.skipped]
        assert combine(others, [edits[number]]).skipped == (1,)


@given(st.text(alphabet="ab\n\r\u2028\x0cé"), st.data())
def test_positions_and_offsets_are_the_same_places(text: str, data: st.DataObject) -> None:
    source = SourceText(text)
    offset = data.draw(st.integers(0, len(text)))
    assert source.offset(source.position(offset)) == offset
    assert "".join(source.line(n) for n in range(1, source.line_count + 1)) == text
