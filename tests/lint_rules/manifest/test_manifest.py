"""Where frontmatter begins and ends, and that all places are those of the file."""

from __future__ import annotations

import pytest

from lint_rules.files.text_file import TextFile
from lint_rules.manifest.manifest import Manifest, read_manifest
from lint_rules.manifest.markdown import headings


def manifest(text: str | None) -> Manifest:
    return read_manifest(TextFile("/runbook.md", text), exists=text is not None)


def test_a_sound_one_has_a_mapping_and_a_body() -> None:
    found = manifest("\n---\nslug: nav\n---\n# NAV\n")
    assert (found.slug, found.first_line, found.body_line, found.problem) == ("nav", 2, 5, None)
    assert found.fence_span == (2, 1, 2, 4)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_whatever_ends_them(newline: str) -> None:
    found = manifest("---\nslug: nav\nname: x\n---\n# NAV\n".replace("\n", newline))
    name = found.get("name")
    assert name is not None
    assert name.span == (3, 7, 3, 8)
    assert [heading.span[:2] for heading in headings(found)] == [(5, 1)]


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_separators_end_a_line_for_the_validator_alone(separator: str) -> None:
    found = manifest(f"---\nslug: nav{separator}name: x\nstate: y\n---\n# NAV\n")
    assert found.problem is None
    name, state = found.get("name"), found.get("state")
    assert name is not None
    assert state is not None
    assert (name.value, name.span) == ("x", (2, 17, 2, 18))
    assert (state.value, state.span) == ("y", (3, 8, 3, 9))
    assert found.body_line == 5


def test_a_fence_is_found_behind_a_separator_as_the_validator_finds_it() -> None:
    found = manifest("---\x0cslug: nav\x0c---\x0c# NAV\n")
    assert found.slug == "nav"


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        (None, "missing", 1),
        ("", "no frontmatter", 1),
        ("\ufeff---\na: 1\n---\n", "no frontmatter", 1),
        ("---", "unclosed", 1),
        ("\n\n---\na: 1", "unclosed", 3),
        ("---\na: [\n---\n", "yaml", 2),
        ("---\n- a\n---\n", "no mapping", 2),
        ("---\n\n# nothing\n---\n", "no mapping", 1),
    ],
)
def test_what_cannot_be_read_has_a_reason_and_a_place(
    text: str | None, kind: str, line: int
) -> None:
    found = manifest(text)
    assert found.top is None
    assert found.problem is not None
    assert (found.problem.kind, found.problem.span.line) == (kind, line)


def test_headings_are_those_of_markdown() -> None:
    body = (
        "# One\n\n   ## Two ##\n#Three\n    # code\n```python\n# comment\n```\n"
        "~~~\n```\n# comment\n~~~\nSetext\n---\n\n---\n####### seven\n#\n```\n# open\n"
    )
    found = list(headings(manifest(f"---\nslug: nav\n---\n{body}")))
    assert [(h.level, h.text, h.span.line) for h in found] == [
        (1, "One", 4),
        (2, "Two", 6),
        (2, "Setext", 16),
        (1, "", 21),
    ]
