"""Frontmatter that cannot be read, and such that looks odd and can."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import planted, sound

SOUND = sound()["runbook.md"].decode()


def manifest(text: str | bytes, code: str = "NTR5") -> list[Finding]:
    return planted(code, files={"runbook.md": text})


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no frontmatter"),
        ("# Petty cash\n", 1, "no frontmatter"),
        ("\n# Petty cash\n---\nslug: a\n---\n", 1, "no frontmatter"),
        ("----\nslug: a\n----\n", 1, "no frontmatter"),
        ("\n---\nslug: petty-cash\n", 2, "never closed"),
        ("---\nslug: a\nname: a: b\n---\n", 3, "is no YAML: mapping values"),
        ("---\nslug: a\n\tname: b\n---\n", 3, "is no YAML"),
        ("---\nslug: a\nname: [b\n---\n", 3, "is no YAML"),
        ("---\nslug: a\nname: *b\n---\n", 3, "undefined alias"),
        ("---\nslug: a\nname: b\tc\n---\n", 3, "'\\t'"),
        ("---\nslug: a\nname: \x07\n---\n", 3, "U+0007"),
        ("---\nslug: a\nsince: 2026-13-45\n---\n", 3, "'2026-13-45' is no timestamp"),
        ("---\n- slug\n---\n", 2, "is a list, not a mapping"),
        ("---\nslug\n---\n", 2, "is text, not a mapping"),
        ("---\n---\n", 1, "is nothing, not a mapping"),
        (b"---\nslug: caf\xe9\n---\n", 1, "is no UTF-8"),
        ("---\nslug: a\n---\n".encode("utf-16"), 1, "is no UTF-8"),
    ],
)
def test_what_keeps_it_from_being_read_is_said_where_it_is(
    text: str | bytes, line: int, words: str
) -> None:
    [found] = manifest(text)
    assert (found.code, found.severity, found.place.line) == ("NTR502", "error", line)
    assert words in found.message


@pytest.mark.parametrize(
    "text",
    [
        "\n \n" + SOUND,
        SOUND.replace("\n", "\r\n"),
        SOUND.replace("\n", "\r"),
        SOUND.replace("---\n", "---  \n"),
        SOUND.replace("---\n", "  ---\n", 1),
        SOUND.replace("name: Petty cash slip", "name: Petty\u2003cash slip"),
        SOUND.replace("name: Petty cash slip", 'name: "Petty\tcash slip"'),
    ],
    ids=["blank lines", "CRLF", "CR", "blanks behind", "indented", "wide blank", "quoted tab"],
)
def test_what_the_validator_reads_is_read(text: str) -> None:
    assert manifest(text) == []


def test_a_missing_file_is_another_rules() -> None:
    assert planted("NTR502", files={"runbook.md": None}) == []
