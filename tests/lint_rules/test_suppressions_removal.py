"""Taking a suppression out of its line: the rest stays byte for byte, and the file stays whole."""

from __future__ import annotations

import ast
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lint_rules.finding import Edit
from lint_rules.suppressions import apply, read_suppressions
from tests.lint_rules.sample_rules import NAMES, finding


def remove(text: str, *used: str) -> str:
    """Return the text without the suppressions that are unused when the first line has `used`."""
    found = [finding(code, line=1) for code in used]
    given_here = read_suppressions("flow.py", text)
    result = apply(found, given_here, is_on=NAMES.__contains__, names=NAMES)
    fixes = [fault.fix for fault in result.faults if fault.fix]
    assert all((fix.id, fix.applicability) == ("remove-suppression", "safe") for fix in fixes)
    return edited(text, [edit for fix in fixes for edit in fix.edits])


def edited(text: str, edits: list[Edit]) -> str:
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        (line, start), (end_line, end) = edit.start, edit.end
        assert line == end_line
        old = lines[line - 1]
        lines[line - 1] = old[: start - 1] + edit.text + old[end - 1 :]
    return "".join(lines)


@pytest.mark.parametrize(
    "before, after",
    [
        ("x = 1  # noqa: NTR101 -- why", "x = 1"),
        ("x = 1  # noqa: NTR101", "x = 1"),
        ("x = 1\t#noqa:NTR101,NTR1O1  \t", "x = 1"),
        ("x = 1  # noqa: NTR101 because", "x = 1"),
        ("x = 1  # noqa: NTR101 -- why  # type: ignore", "x = 1  # type: ignore"),
        ("x = 1  # noqa: NTR101 #nosec", "x = 1  #nosec"),
        ("x = 1  # noqa: NTR101# type: ignore", "x = 1  # type: ignore"),
        ("x = 1  # type: ignore # noqa: NTR101 -- why", "x = 1  # type: ignore"),
        ("x = 1  # noqa: E501, NTR101 -- why", "x = 1  # noqa: E501 -- why"),
        ("x = 1  # noqa: NTR101, E501 -- why", "x = 1  # noqa: E501 -- why"),
        ("x = 1  # noqa: E1, NTR101, E2", "x = 1  # noqa: E1, E2"),
        ("x = 1  # noqa: NTR101 NTR110 E1  NTR111,E2", "x = 1  # noqa: E1,E2"),
        ("x = 1  # noqa: NTR103, NTR101 -- why", "x = 1  # noqa: NTR103 -- why"),
        ("x = 1  # noqa: NTR101, NTR103 -- why", "x = 1  # noqa: NTR103 -- why"),
        ("    # noqa: NTR101 -- alone", ""),
        ("x = 'ж'  # noqa: NTR101 -- why", "x = 'ж'"),
        ("x = '# noqa: NTR101'  # noqa: NTR101 -- why", "x = '# noqa: NTR101'"),
        ("x = 1  # noqa: NTR103 -- why", "x = 1  # noqa: NTR103 -- why"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""], ids=["lf", "crlf", "cr", "none"])
def test_only_the_unused_codes_go(before: str, after: str, end: str) -> None:
    assert remove(f"{before}{end}", "NTR103") == f"{after}{end}"


def test_the_fix_says_what_it_removes() -> None:
    text = "x = 1  # noqa: NTR101\ny = 1  # noqa: E501, NTR103, NTR110\n"
    result = apply((), read_suppressions("a.py", text), is_on=NAMES.__contains__, names=NAMES)
    fixes = [fault.fix for fault in result.faults if fault.fix]
    assert [fix.message for fix in fixes] == [
        "remove the suppression",
        "remove `NTR103`, `NTR110` from the suppression",
    ]
    assert [len(fix.edits) for fix in fixes] == [1, 1]


def test_a_comment_that_a_backslash_leads_to_stays() -> None:
    text = "x = 1 \\\n  # noqa: NTR101 -- why"
    suppressions = read_suppressions("flow.py", text)
    [fault] = apply((), suppressions, is_on=NAMES.__contains__, names=NAMES).faults
    assert fault.fix is None
    assert remove("x = 1 \\\n  # noqa: NTR101  # type: ignore") == "x = 1 \\\n  # type: ignore"


CODE = st.sampled_from(["x = 1", "\tx", "x = 'ж'", "x = '# noqa: NTR101'", "f(", ""])
BEFORE = st.sampled_from(["", "# type: ignore  ", "# ж words ", "#: doc\t"])
CODES = st.lists(st.sampled_from(["NTR101", "NTR103", "NTR1O1", "E501", "PLR0913"]), min_size=1)
DELIMITER = st.sampled_from([",", ", ", " ", " , ", "\t"])
REASON = st.sampled_from(["", " -- why", "--see #12", " because", " -- "])
BEHIND = st.sampled_from(["", "  # type: ignore", " #nosec", "\t# pragma: no cover "])


@given(CODE, BEFORE, CODES, DELIMITER, REASON, BEHIND)
def test_the_rest_of_the_line_stays_byte_for_byte(
    code: str, before: str, codes: list[str], delimiter: str, reason: str, behind: str
) -> None:
    def line(codes: list[str]) -> str:
        return f"{code}  {before}# noqa: {delimiter.join(codes)}{reason}{behind}"

    if not any(one.startswith("NTR") for one in codes):
        codes = [*codes, "NTR110"]
    kept = [one for one in codes if one in ("NTR103", "E501", "PLR0913")]
    if kept:
        expected = line(kept)
    elif behind:
        expected = f"{code}  {before}{behind.lstrip()}"
    else:
        expected = f"{code}  {before}".rstrip()
    end = "\n)\n" if code == "f(" else "\n"
    assert remove(f"{line(codes)}{end}", "NTR103") == f"{expected}{end}"


PIECES = st.sampled_from(
    ["noqa: ", "NTR101", "NTR1O1", "E501", ", ", " ", "--", " why", "#", " # ", "type: ignore", "é"]
)
COMMENTS = st.lists(PIECES, max_size=10).map(lambda pieces: "# noqa: " + "".join(pieces))
STARTS = st.sampled_from(["x = 1", "  (", "  )", "", "'ж\u2028'", '"""', "if x: y", "z = \\"])
BLANKS = st.sampled_from(["  ", "\t", "\x0c", ""])
LINES = st.tuples(STARTS, BLANKS, COMMENTS | st.just(""))


@given(st.lists(LINES, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]))
@example([("z = 2 \\", "", ""), ("", "  ", "# noqa: NTR101")], "\n")
@example([("x = 1", "  ", "# noqa: NTR101 NTR1O1, E501 --é #NTR101")], "\n")
def test_a_program_means_the_same_without_its_suppressions(
    lines: list[tuple[str, str, str]], end: str
) -> None:
    before = end.join("".join(line) for line in lines)
    after = remove(before)
    assert _dump(after) == _dump(before)
    assert after.count(end) == before.count(end)


def _dump(text: str) -> str | None:
    try:
        return ast.dump(ast.parse(text))
    except SyntaxError:
        return None


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")), st.integers(0, 99))
def test_reading_any_text_never_raises(text: str, place: int) -> None:
    hidden = f"{text[:place]}# noqa: NTR101 -- why{text[place:]}"
    for suppression in read_suppressions("flow.py", hidden):
        assert suppression.own_codes
    read_suppressions("flow.py", hidden.encode("utf-8", "surrogatepass"))
    read_suppressions("flow.py", hidden.encode("latin-1", "replace"))


def test_reading_surrogates_and_null_characters_never_raises() -> None:
    for character in ("\ud800", "\x00", "\x1a"):
        read_suppressions("flow.py", f"x = '{character}'  # noqa: NTR101 -- why\n")


@pytest.mark.parametrize(
    "piece",
    [
        "# noqa: E1 ",
        "noqa:",
        "# noqa: NTR",
        "NOQA:",
        "# noqa: NTR101 ",
        "#",
        "A" * 9 + " ",
        " ",
        "noqa: NTR101 -- ",
    ],
)
def test_long_lines_take_linear_time(piece: str) -> None:
    started = time.process_time()
    read_suppressions("flow.py", f"x = 1  # {piece * (400_000 // len(piece))} NTR\n")
    assert time.process_time() - started < 5
