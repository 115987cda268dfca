"""NTR507 version and NTR508 deploy-reading: what YAML and deploy make of one line."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, sound

M = "runbook.md"
SOUND = sound()[M].decode()


def version(text: str, code: str = "NTR5") -> list[Finding]:
    return planted(code, (M, "version: 0.1.0", text))


@pytest.mark.parametrize(
    ("text", "severity", "words", "alternative"),
    [
        ("1.10", "error", "`1.10` is a number to YAML, but text to deploy", "`version: 1.10.0`"),
        ("1", "error", "`1` is a number", "`version: 1.0.0`"),
        ("2026-01-15", "error", "`2026-01-15` is a date", "`version: 0.1.0`"),
        ("1:30", "error", "`1:30` is a number", "`version: 0.1.0`"),
        ("[1, 2, 3]", "error", "the version is a list", "`version: 0.1.0`"),
        ("v1.2.3", "warning", "`v1.2.3` is not three numbers", "`version: 1.2.3`"),
        ('"1.2"', "warning", "`1.2` is not three numbers", "`version: 1.2.0`"),
        ("01.2.3", "warning", "`01.2.3` is not three numbers", "`version: 1.2.3`"),
        ("1.2.3.4", "warning", "`1.2.3.4` is not three numbers", "`version: 0.1.0`"),
        ("latest", "warning", "`latest` is not three numbers", "`version: 0.1.0`"),
    ],
)
def test_a_version_of_another_form_says_what_comes_of_it(
    text: str, severity: str, words: str, alternative: str
) -> None:
    [found] = version(f"version: {text}")
    assert (found.code, found.severity, found.place.line) == ("NTR507", severity, 9)
    assert words in found.message
    assert found.alternative == alternative


@pytest.mark.parametrize(
    "text", ["0.1.0", "10.20.30", "1.0.0-rc.1", "1.0.0+build.5", "1.0.0-a-b", "0.1.0 # first"]
)
def test_a_semantic_version_is_fine(text: str) -> None:
    assert version(f"version: {text}") == []


@pytest.mark.parametrize(
    ("text", "line", "read"),
    [
        ('version: "0.1.0"', 9, '`"0.1.0"` on line 9'),
        ("version: '0.1.0'", 9, "`'0.1.0'` on line 9"),
        ("version: !!str 0.1.0", 9, "`!!str` on line 9"),
        ("version: &v 0.1.0", 9, "`&v` on line 9"),
        ("version: >-\n  0.1.0", 9, "`>-` on line 9"),
        ("version: # the first\n  0.1.0", 10, "`#` on line 9"),
        ('"version": 0.2.0', 9, "nothing and takes `0.1.0`"),
        ("version : 0.2.0", 9, "nothing and takes `0.1.0`"),
    ],
)
def test_a_line_that_deploy_reads_otherwise_is_shown_with_what_it_reads(
    text: str, line: int, read: str
) -> None:
    [found] = version(text)
    assert (found.code, found.severity, found.place.line) == ("NTR508", "error", line)
    assert f"to YAML, but deploy reads {read}" in found.message


def test_a_quoted_slug_becomes_a_class_nobody_has() -> None:
    [found] = planted("NTR5", (M, "slug: petty-cash\n", 'slug: "petty-cash"\n'))
    assert (found.code, found.place.line) == ("NTR508", 3)
    assert 'deploy reads `"petty-cash"`' in found.message


def test_a_line_of_the_body_counts_where_the_key_is_not_at_the_beginning() -> None:
    text = SOUND.replace("version: 0.1.0", '"version": 0.1.0') + "\nversion: 9.9.9\n"
    [found] = planted("NTR5", files={M: text})
    assert (found.code, found.place.line) == ("NTR508", 9)
    assert f"deploy reads `9.9.9` on line {text.count(chr(10))}" in found.message


def test_indented_frontmatter_is_read_by_yaml_alone() -> None:
    head, block, body = SOUND.split("---\n", 2)
    text = f"{head}---\n{''.join(f'  {line}' for line in block.splitlines(True))}---\n{body}"
    found = planted("NTR5", files={M: text}, slug="petty-cash@0.1.0")
    assert [(f.code, f.place.line) for f in found] == [("NTR508", 3)]
    assert "nothing and takes `petty-cash@0.1.0`" in found[0].message


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems_change_nothing(newline: str) -> None:
    text = SOUND.replace("0.1.0\n", '"0.1.0"\n', 1).replace("\n", newline)
    [found] = planted("NTR5", files={M: text})
    assert (found.code, found.place.line, found.place.column) == ("NTR508", 9, 10)
    assert "on line 9" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "version: 0.1.0",
        "version:   0.1.0   ",
        "version: 0.1.0   # quoted: no",
        '"version": 0.1.0',  # deploy falls back to the same
        "version:",
        'version: "1.0"',
        "version: 1.0",
        "version: 0.1.0\nversion: 0.2.0",
    ],
)
def test_what_is_read_alike_or_has_a_fault_of_its_own_is_not_reported(text: str) -> None:
    assert version(text, "NTR508") == []


def test_only_quotes_that_mean_nothing_can_be_removed() -> None:
    def fixable(text: str) -> bool:
        [found] = planted("NTR508", (M, "slug: petty-cash\n", f"slug: {text}\n"))
        return found.fix is not None

    assert fixable('"petty-cash"')
    assert fixable("'nav2'")
    assert not fixable('"true"')  # without quotes it is no text
    assert not fixable('"null"')
    assert not fixable("!!str petty-cash")
