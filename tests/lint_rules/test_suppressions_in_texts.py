"""Suppressions in `runbook.md` and `requirements.txt`: in `#` comments and in `<!-- -->`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.suppressions import Suppression
from lint_rules.suppressions.reading import read_text_suppressions
from lint_rules.suppressions.removing import removal


def read(text: str) -> tuple[Suppression, ...]:
    return read_text_suppressions("runbook.md", text)


@pytest.mark.parametrize(
    ("line", "codes", "reason"),
    [
        ("version: 1.0.0  # noqa: NTR507 -- as deployed", ["NTR507"], "as deployed"),
        ("# noqa: NTR507, NTR508 -- why", ["NTR507", "NTR508"], "why"),
        ("lxml  # noqa: NTR603", ["NTR603"], None),
        ("## Usage <!-- noqa: NTR516 -- see the wiki -->", ["NTR516"], "see the wiki"),
        ("<!-- noqa: NTR516 -->", ["NTR516"], None),
        ("<!-- noqa: NTR516 -- open", ["NTR516"], "open"),
    ],
)
def test_a_suppression_is_read_where_comments_are(
    line: str, codes: list[str], reason: str | None
) -> None:
    [found] = read(f"\n{line}\n")
    assert [code.code for code in found.codes] == codes
    assert (found.line, found.reason) == (2, reason)


@pytest.mark.parametrize("line", ["noqa: NTR507", "a#noqa: NTR507", "# noqa", "NTR507", ""])
def test_other_text_is_none(line: str) -> None:
    assert read(line) == ()


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("version: 1.0.0  # noqa: NTR507 -- as deployed", "version: 1.0.0"),
        ("## Usage <!-- noqa: NTR516 -- see the wiki -->", "## Usage "),
        ("## Usage <!-- noqa: NTR516 --> and more", "## Usage  and more"),
    ],
)
def test_a_suppression_can_be_taken_out_whole(line: str, rest: str) -> None:
    [found] = read(line)
    fix = removal(found, ["NTR507", "NTR516"])
    assert fix is not None
    [edit] = fix.edits
    assert line[: edit.start[1] - 1] + line[edit.end[1] - 1 :] == rest


@given(st.text(alphabet="# <!->noqa:NTR5163,\r\n", max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for found in read(text):
        assert 1 <= found.column < found.end_column <= len(lines[found.line - 1]) + 1
