"""Regular expressions of JSON Schema: what is one, what it finds, and that it always ends."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.declared.pattern import Pattern, PatternError


@pytest.mark.parametrize(
    "pattern, text, expected",
    [
        (r"^\d{4}-\d{2}$", "2026-01", True),
        (r"^\d{4}-\d{2}$", "2026-1", False),
        (r"^\d{4}-\d{2}$", "2026-01\n", False),
        (r"\d", "a1b", True),
        (r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "petty-cash", True),
        (r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "petty--cash", False),
        ("^(GBP|EUR)?$", "", True),
        ("^(?:GBP|EUR)$", "USD", False),
        ("^a{2,}$", "a", False),
        ("^a{2}$", "aa", True),
        ("^a{,2}$", "a{,2}", True),
        (r"^[^\s/]+$", "a b", False),
        (r"^\w+@\w+\.\w+$", "a@b.cd", True),
        (r"\bcash\b", "petty cash", True),
        (r"\Bash", "cash", True),
        (r"^\x41B\u{1F600}$", "AB😀", True),
        (r"^[\w-.]$", "-", True),
        ("^[]$", "a", False),
        ("^[^]$", "\n", True),
        ("^.$", "\n", False),
        (r"^\t\/$", "\t/", True),
        ("(?<year>[0-9]+)", "2026", True),
        ("a*?b", "aab", True),
        (r"\S\D\W", "xy ", True),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str, expected: bool) -> None:
    assert Pattern(pattern).matches(text) is expected


@pytest.mark.parametrize(
    "pattern, said",
    [
        ("(a", "a `(` that is never closed"),
        ("a)", "a `)` without its `(`"),
        ("[a", "a `[` that is never closed"),
        ("*a", "`*` with nothing before it"),
        ("a|+", "`+` with nothing before it"),
        ("a**", "a repetition of a repetition"),
        ("a{2}{3}", "a repetition of a repetition"),
        ("a*+", "a repetition of a repetition"),
        ("^*", "a repetition of `^`"),
        ("a{3,1}", "`{3,1}` counts backwards"),
        ("[z-a]", "the range `z-a` runs backwards"),
        ("a\\", "a `\\` at the end"),
        (r"a\Z", "ECMAScript has `$`"),
        (r"\Aa", "ECMAScript has `^`"),
        ("(?P<y>a)", "`(?P<..>)` is Python's"),
        ("(?i)a", "`(?i)` is Python's"),
        ("(?>a)", "`(?>..)` is Python's"),
        (r"\u{110000}", "is no character"),
    ],
)
def test_what_is_no_pattern(pattern: str, said: str) -> None:
    with pytest.raises(PatternError, match=re.escape(said)):
        Pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"(a)\1", "(?=a)b", "(?<!a)b", r"\p{Lu}", r"\k<y>", "(?i:a)", "a" * 3000, "(" * 60 + ")" * 60],
)
def test_of_what_cannot_be_followed_nothing_is_said(pattern: str) -> None:
    assert Pattern(pattern).matches("a") is None


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|aa)*$", "^((((a*)*)*)*)*$", "^(a{1,99}){1,99}$", ".*" * 900 + "!"]
)
def test_a_match_ends_soon_whatever_the_pattern(pattern: str) -> None:
    begun = time.perf_counter()
    assert Pattern(pattern).matches("a" * 400 + "b") in (False, None)
    assert time.perf_counter() - begun < 2


PARTS = st.sampled_from(["a", "b", "[ab]", "[^a]", "(a|b)", "(?:ab)", ".", r"\d", r"\w", "1"])
COUNTS = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "{0,}"])
SIMPLE = st.lists(st.tuples(PARTS, COUNTS), max_size=6).map(
    lambda parts: "".join(part + count for part, count in parts)
)


@settings(deadline=None)
@given(pattern=SIMPLE, text=st.text("ab1", max_size=8), whole=st.booleans())
def test_it_agrees_with_python_where_both_mean_the_same(
    pattern: str, text: str, whole: bool
) -> None:
    pattern = f"^{pattern}$" if whole else pattern
    assert Pattern(pattern).matches(text) is bool(re.search(pattern, text))


@settings(deadline=None)
@given(pattern=st.text("ab()[]{}|*+?\\^$.-,1:<>=!Pd", max_size=25), text=st.text(max_size=10))
def test_any_text_is_a_pattern_or_none(pattern: str, text: str) -> None:
    with contextlib.suppress(PatternError):
        assert Pattern(pattern).matches(text) in (True, False, None)
