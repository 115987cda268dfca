"""`# noqa: NTR101 -- reason`: where one is found, what it holds for, and what is wrong with it."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from lint_rules.suppressions import Applied, Suppression, apply, read_suppressions
from tests.lint_rules.sample_rules import NAMES, finding


def read(text: str | bytes) -> tuple[Suppression, ...]:
    return read_suppressions("flow.py", text)


def codes(text: str | bytes) -> list[str]:
    return [code.code for suppression in read(text) for code in suppression.codes]


def applied(text: str, *findings: Finding, off: tuple[str, ...] = ()) -> Applied:
    return apply(
        findings, read(text), is_on=lambda code: code in NAMES and code not in off, names=NAMES
    )


def faults(text: str, *findings: Finding, off: tuple[str, ...] = ()) -> list[str]:
    return [f"{fault.code} {fault.message}" for fault in applied(text, *findings, off=off).faults]


@pytest.mark.parametrize(
    "comment, expected, reason",
    [
        ("# noqa: NTR101 -- why", ["NTR101"], "why"),
        ("#noqa:NTR101--why", ["NTR101"], "why"),
        ("# NoQA : NTR101  --  why ", ["NTR101"], "why"),
        ("# noqa:\tNTR101 -- why", ["NTR101"], "why"),
        ("## noqa: NTR101 -- why", ["NTR101"], "why"),
        ("# noqa: NTR101, NTR103 -- why", ["NTR101", "NTR103"], "why"),
        ("# noqa: NTR101,NTR103", ["NTR101", "NTR103"], None),
        ("# noqa: NTR101 NTR103", ["NTR101", "NTR103"], None),
        ("# noqa: E501,, NTR101 -- why", ["E501", "NTR101"], "why"),
        ("# noqa: NTR101, PLR0913 -- why", ["NTR101", "PLR0913"], "why"),
        ("# noqa: NTR101 -- issue #12, see there", ["NTR101"], "issue #12, see there"),
        ("# noqa: NTR101 -- why  # type: ignore", ["NTR101"], "why"),
        ("# noqa: NTR101# type: ignore", ["NTR101"], None),
        ("# type: ignore  # noqa: NTR101 -- why", ["NTR101"], "why"),
        ("# words # noqa: NTR101 -- why", ["NTR101"], "why"),
        ("# noqa: NTR101 because I say so", ["NTR101"], None),
        ("# noqa: NTR101 - why", ["NTR101"], None),
        ("# noqa: NTR101 --", ["NTR101"], None),
        ("# noqa: NTR101 -- ...", ["NTR101"], None),
        ("# noqa: NTR101 -- warum ж", ["NTR101"], "warum ж"),
        ("# noqa: NTR1 -- a prefix is no code", ["NTR1"], "a prefix is no code"),
        ("# noqa: NTR1O1 -- nor is this", ["NTR1O1"], "nor is this"),
    ],
)
def test_a_suppression_is_read_however_it_is_spaced(
    comment: str, expected: list[str], reason: str | None
) -> None:
    [suppression] = read(f"x = now()  {comment}\n")
    assert [code.code for code in suppression.codes] == expected
    assert suppression.reason == reason


@pytest.mark.parametrize(
    "line",
    [
        "x = now()  # noqa",
        "x = now()  # noqa NTR101",
        "x = now()  # noqa: E501",
        "x = now()  # noqa: because NTR101",
        "x = now()  # noqa: E501; NTR101",
        "x = now()  # noqa: ntr101",
        "x = now()  # NTR101",
        "x = now()  # words noqa: NTR101",
        'x = now()  # write "# noqa: NTR101 -- reason"',
        "# ruff: noqa: NTR101",
        "# flake8: noqa: NTR101",
        "x = '# noqa: NTR101'",
        "x = '''\n# noqa: NTR101\n'''",
        "# noqa: NTR101 -- in a file that is no Python\nx = '",
        "x = (\n# noqa: NTR101 -- no end",
        "if x:\n    a\n  b  # noqa: NTR101 -- no indentation\n",
    ],
)
def test_what_is_no_suppression_of_ours_is_left_alone(line: str) -> None:
    assert read(line) == ()
    assert read(line.encode()) == ()


def test_two_suppressions_in_one_comment_are_both_read() -> None:
    first, second = read("x = now()  # noqa: NTR101 -- one  # noqa: E501, NTR103 -- two\n")
    assert (first.reason, second.reason) == ("one", "two")
    assert [code.code for code in second.codes] == ["E501", "NTR103"]


def test_columns_count_characters_and_lines_end_as_in_python() -> None:
    text = "é = 'ж\x0c'\r\nй = now()  # noqa: NTR101 -- why\r\rx = 1  # noqa: NTR103 -- why"
    first, second = read(text.encode())
    assert (first.line, first.column, first.end_column) == (2, 12, 33)
    assert (first.codes[0].column, first.codes[0].end_column) == (20, 26)
    assert second.line == 4
    assert read(text) == (first, second)


def test_encodings_are_those_of_python() -> None:
    line = "x = 'é'  # noqa: NTR101 -- why\n"
    assert codes(f"# coding: latin-1\n{line}".encode("latin-1")) == ["NTR101"]
    assert codes(f"\ufeff{line}".encode()) == ["NTR101"]
    assert read(f"\ufeff{line}")[0].column == 10
    assert read(line.encode("latin-1")) == ()
    assert read(f"# coding: undefined\n{line}".encode()) == ()


def test_a_suppression_takes_out_the_findings_of_its_code_on_its_line() -> None:
    text = "x = now()  # noqa: NTR101 -- why\ny = now()\n"
    clock, other, below = finding(), finding("NTR103"), finding(line=2)
    result = applied(text, clock, other, below)
    assert result.suppressed == (clock,)
    assert result.kept == (other, below)
    assert result.used == read(text)
    assert result.faults == ()


def test_a_suppression_holds_for_its_own_file_only() -> None:
    elsewhere = finding(path="other.py")
    assert applied("x = now()  # noqa: NTR101 -- why\n", elsewhere).kept == (elsewhere,)


NOQA = "  # noqa: NTR101 -- why"


@pytest.mark.parametrize(
    "text, holds",
    [
        (f"x = now({NOQA}\n    zone,\n)\n", True),
        (f"x = now(\n    zone,{NOQA}\n)\n", False),
        (f"x = now(\n    zone,\n){NOQA}\n", True),
        (f"x = now(\n    zone,\n)\ny = 1{NOQA}\n", False),
    ],
    ids=["first line", "in the middle", "last line", "next statement"],
)
def test_a_range_is_suppressed_where_it_starts_or_ends(text: str, holds: bool) -> None:
    found = finding(line=1, column=5, end_line=3, end_column=2)
    assert (applied(text, found).suppressed == (found,)) is holds


def test_a_range_up_to_a_line_does_not_reach_into_it() -> None:
    found = finding(line=1, column=1, end_line=2, end_column=1)
    assert applied("x = now()\ny = 1  # noqa: NTR101 -- why\n", found).kept == (found,)


@pytest.mark.parametrize(
    "text, suppressed",
    [
        (f"send(\n    now(),\n    now(),\n){NOQA}\n", {2, 3}),
        (f"send(\n    now(),{NOQA}\n    now(),\n)\n", {2}),
        (f"send(\n    now(),\n    now(),{NOQA}\n)\n", {3}),
        (f"send(\n    now(),\n    now(),\n)\n# noqa\nx = 1{NOQA}\n", set()),
        (f"send(\n    now(),\n    now(),\n)\nsend(\n    now(),\n){NOQA}\n", {5}),
        (f"if send(\n    now(),\n    now(),\n):{NOQA}\n    now()\n", {2, 3}),
        (f"send('''\n''', now(), now(),\n'''{{now()}}''')  # words{NOQA}\n", {2, 3}),
    ],
    ids=[
        "last line",
        "a line",
        "another line",
        "next statement",
        "next call",
        "compound",
        "strings",
    ],
)
def test_behind_the_last_line_of_a_statement_all_of_it_is_meant(
    text: str, suppressed: set[int]
) -> None:
    found = [finding(line=2, column=5), finding(line=3, column=5), finding(line=5, column=5)]
    result = applied(text, *found)
    assert {one.place.line for one in result.suppressed} == suppressed


def test_a_suppression_that_matches_nothing_is_a_finding() -> None:
    result = applied("x = now()  # noqa: NTR101 -- why\n")
    [fault] = result.faults
    assert (fault.code, fault.name) == ("NTR902", "unused-suppression")
    assert (fault.severity, fault.impact, fault.bundle) == ("warning", None, None)
    assert fault.message == "`NTR101` suppresses nothing here"
    assert (fault.place.line, fault.place.column, fault.place.end_column) == (1, 20, 26)
    assert result.used == ()


def test_only_the_unused_codes_are_named() -> None:
    text = "x = now()  # noqa: NTR101, E501, NTR103, NTR110 -- why\n"
    assert faults(text, finding()) == ["NTR902 `NTR103` and `NTR110` suppress nothing here"]


@pytest.mark.parametrize(
    "code, expected",
    [
        ("NTR1O1", "`NTR1O1` is no rule, the nearest is `NTR101`"),
        ("NTR1", "`NTR1` is no rule, the nearest is `NTR101`"),
        ("NTRxyzxyzxyz", "`NTRxyzxyzxyz` is no rule"),
        ("NTR902", "`NTR902` cannot be suppressed by a comment"),
    ],
)
def test_a_code_that_can_never_match_is_unused_and_says_why(code: str, expected: str) -> None:
    assert faults(f"x = now()  # noqa: {code} -- why\n") == [f"NTR902 {expected}"]
    both = faults(f"x = now()  # noqa: NTR103, {code} -- why\n")
    assert both == [f"NTR902 `NTR103` suppresses nothing here; {expected}"]


def test_a_code_that_is_switched_off_is_not_judged() -> None:
    assert faults("x = now()  # noqa: NTR101 -- why\n", off=("NTR101",)) == []
    assert faults("x = now()  # noqa: NTR999 -- why\n", off=("NTR101",)) != []


def test_a_reasonless_suppression_is_a_finding_and_still_suppresses() -> None:
    result = applied("x = now()  # noqa: E501, NTR101\n", finding())
    assert result.kept == ()
    [fault] = result.faults
    assert (fault.code, fault.name, fault.fix) == ("NTR903", "unexplained-suppression", None)
    assert (fault.severity, fault.impact) == ("warning", None)
    assert fault.message == "the suppression of `NTR101` gives no reason"
    assert fault.alternative == "`# noqa: E501, NTR101 -- why it is harmless`"
    assert (fault.place.column, fault.place.end_column) == (12, 32)


def test_a_suppression_without_use_is_not_asked_for_a_reason() -> None:
    text = "x = now()  # noqa: NTR101\n"
    assert faults(text) == ["NTR902 `NTR101` suppresses nothing here"]
    [unexplained] = faults(text, off=("NTR902",))
    assert unexplained.startswith("NTR903")
    [unexplained] = faults(text, off=("NTR101",))
    assert unexplained.startswith("NTR903")


def test_faults_of_suppressions_can_be_switched_off_but_not_suppressed() -> None:
    text = "x = now()  # noqa: NTR101\n"
    assert faults(text, off=("NTR902", "NTR903")) == []
    own = finding("NTR903")
    assert applied("x = now()  # noqa: NTR903 -- why\n", own).kept == (own,)


def test_many_suppressions_in_one_statement_take_no_quadratic_time() -> None:
    count = 3_000
    text = "send(\n" + "    now(),  # noqa: NTR101 -- why\n" * count + f"){NOQA}\n"
    found = [finding(line=line, column=5) for line in range(2, count + 2)]
    result = applied(text, *found)
    assert len(result.suppressed) == count
    assert result.faults == ()
