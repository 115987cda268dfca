"""NTR509 unknown-key and NTR510 duplicate-key: keys that are nearly there, and twice there."""

from __future__ import annotations

import pytest

from tests.lint_rules.linted import within
from tests.lint_rules.petty_cash import planted, said

M = "runbook.md"


@pytest.mark.parametrize(
    ("old", "new", "line", "meant"),
    [
        ("classification: TREASURY", "clasification: TREASURY", 6, "classification"),
        ("author: Fund", "Author: Fund", 11, "author"),
        ("jurisdictions: [GB]", "jurisdiction: [GB]", 8, "jurisdictions"),
        ("config_schema:", "configSchema:", 54, "config_schema"),
        ("config_schema:", "config-schema:", 54, "config_schema"),
        ("    label: Post slip", "    lable: Post slip", 30, "label"),
        ("    timeout_minutes: 10\n", "    timeoutMinutes: 10\n", 35, "timeout_minutes"),
        ("  - path: templates/models.py", "  - paths: templates/models.py", 50, "path"),
    ],
)
def test_a_key_near_one_that_is_missing_is_reported(
    old: str, new: str, line: int, meant: str
) -> None:
    [found] = planted("NTR509", (M, old, new))
    assert (found.code, found.severity, found.place.line) == ("NTR509", "warning", line)
    assert f"nobody reads the key `{new.split(':')[0].strip(' -')}`" in found.message
    assert found.alternative == f"`{meant}`"


@pytest.mark.parametrize(
    "more",
    [
        "owner: Ops",
        "labels: [a]",
        "authors: [a, b]",  # `author` is there as well
        "stepCount: 3",
        "2026: a",
        "x-team: funds",
        "? |\n  odd\n: key",
    ],
)
def test_the_list_of_keys_is_open(more: str) -> None:
    assert planted("NTR509", (M, "state: DRAFT", f"state: DRAFT\n{more}")) == []


def test_thousands_of_unknown_keys_take_no_time() -> None:
    keys = "\n".join(f"autho{number}: x" for number in range(20_000))
    with within(10):
        planted("NTR509", (M, "author: Fund Operations", keys))


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("state: DRAFT", "state: DRAFT\nstate: LIVE", 11, "forgets line 10 and takes this one"),
        ("state: DRAFT", "state: DRAFT\nversion: 0.2.0", 11, "deploy takes the first"),
        ("state: DRAFT", 'state: DRAFT\n"state": LIVE', 11, "`state` is there twice"),
        ("    label: Post slip", "    label: Post slip\n    label: Post", 31, "`label`"),
        ("tags: [petty-cash, treasury]", "meta: {a: 1, b: {c: 1, c: 2}}", 7, "`c`"),
        ("tags: [petty-cash, treasury]", "meta: {1: a, 0x1: b}", 7, "`0x1`"),
    ],
)
def test_a_key_that_is_there_twice_is_shown_the_second_time(
    old: str, new: str, line: int, words: str
) -> None:
    [found] = planted("NTR5", (M, old, new))
    assert (found.code, found.severity, found.place.line) == ("NTR510", "error", line)
    assert words in found.message


@pytest.mark.parametrize(
    "new",
    [
        "state: DRAFT\nState: DRAFT2",
        "state: DRAFT\nbase: &base {a: 1}\nmore: {<<: *base, a: 2}",
        "state: DRAFT\none: &one {a: 1}\ntwo: *one\nthree: *one",
        'state: DRAFT\nmeta: {1: a, "1": b}',
    ],
)
def test_keys_that_differ_or_are_merged_in_are_fine(new: str) -> None:
    assert planted("NTR510", (M, "state: DRAFT", new)) == []


def test_a_mapping_that_aliases_repeat_is_reported_once() -> None:
    new = "state: DRAFT\none: &one {a: 1, a: 2}\ntwo: [*one, *one]"
    assert said(planted("NTR510", (M, "state: DRAFT", new))) == ["runbook.md:11 NTR510"]
