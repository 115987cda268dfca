"""NTR516 body-sections and NTR517 old-commands: what the assistant reads."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said

M = "runbook.md"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("## When to use", "no section *When to use*"),
        ("## Workflow patterns", "no section *Workflow patterns*"),
        ("## Edge cases / variants", "no section *Edge cases / variants*"),
    ],
)
def test_a_section_that_is_missing_is_mentioned_at_the_first_heading(
    heading: str, words: str
) -> None:
    [found] = planted("NTR5", (M, heading, "## Notes"))
    assert (found.code, found.severity, found.place.line) == ("NTR516", "info", 66)
    assert found.message == f"the body has {words}"
    assert found.alternative == f"`{heading}`"


def test_an_empty_body_lacks_all_in_one_finding() -> None:
    text = "---\nslug: petty-cash\n---\n"
    [found] = planted("NTR516", files={M: text})
    assert found.place.line == 3
    assert found.message.count("*") == 6


@pytest.mark.parametrize(
    "heading",
    [
        "### when to use it",
        "# When to Use",
        "## When to use ##",
        "When to use\n-----------",
        "When to use\n===",
        "## When not to use",
    ],
)
def test_headings_of_any_level_and_kind_count(heading: str) -> None:
    assert planted("NTR516", (M, "## When to use", heading)) == []


@pytest.mark.parametrize(
    "text", ["```\n## When to use\n```", "~~~~\n```\n## When to use\n~~~~", "##When to use", "x"]
)
def test_what_is_no_heading_does_not_count(text: str) -> None:
    assert said(planted("NTR516", (M, "## When to use", text))) == ["runbook.md:66 NTR516"]


@pytest.mark.parametrize(
    "command",
    [
        "ntro workflow push",
        "ntro workflow deploy",
        "ntro  workflow deploy-status",
        "ntro_workflow_push",
    ],
)
def test_a_command_that_is_gone_is_shown_where_it_stands(command: str) -> None:
    [found] = planted("NTR5", (M, "- Once per slip", f"- See `{command} x`. Once per slip"))
    assert (found.code, found.severity, found.place.line) == ("NTR517", "info", 70)
    assert found.place.column == 8
    assert found.place.end_column == 8 + len(command)
    assert "ntro workflow create --path" in (found.alternative or "")


@pytest.mark.parametrize(
    "command",
    [
        "ntro workflow create --path x",
        "ntro workflow test x",
        "ntro workflow pushes",
        "ntro workflow deployment",
        "ntro workflow deploy-all",
        "myntro workflow push",
    ],
)
def test_commands_that_are_there_or_are_others_are_fine(command: str) -> None:
    assert planted("NTR517", (M, "- Once per slip", f"- `{command}`: once per slip")) == []
