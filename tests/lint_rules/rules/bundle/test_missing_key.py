"""Keys that the validator or the API's models require: missing, empty, of the wrong type."""

from __future__ import annotations

import pytest

from lint_rules.finding import Finding
from tests.lint_rules.petty_cash import Edit, planted, said

M = "runbook.md"


def only(*edits: Edit, code: str = "NTR5") -> Finding:
    [found] = planted(code, *edits)
    assert found.code == "NTR503"
    return found


@pytest.mark.parametrize(
    "line",
    [
        "slug: petty-cash\n",
        "name: Petty cash slip\n",
        "version: 0.1.0\n",
        "state: DRAFT\n",
        "author: Fund Operations\n",
    ],
)
def test_what_the_validator_requires_is_an_error(line: str) -> None:
    found = only((M, f"\n{line}", "\n"))
    assert (found.severity, found.place.line) == ("error", 1)
    key = line.partition(":")[0]
    assert f"`{key}`, which the validator requires" in found.message
    assert found.alternative == f"`{key}: ...`"


@pytest.mark.parametrize("line", ["id: rb-petty-cash\n", "classification: TREASURY\n"])
def test_what_only_the_api_requires_is_a_warning(line: str) -> None:
    found = only((M, line, ""))
    assert (found.severity, found.place.line) == ("warning", 1)
    assert "which the API's model requires" in found.message


def test_all_that_is_missing_is_one_finding() -> None:
    found = only((M, "state: DRAFT\nauthor: Fund Operations\n", ""), (M, "id: rb-petty-cash\n", ""))
    assert found.severity == "error"
    assert "`state` and `author`, which the validator requires, and `id`, which" in found.message


@pytest.mark.parametrize(
    ("old", "line", "words"),
    [
        ("  - id: post\n    label", 29, "the step lacks `id`"),
        ("    label: Post slip\n", 29, "the step lacks `label`"),
        ("    description: Upload, check, post.\n", 46, "the template lacks `description`"),
    ],
)
def test_a_step_or_template_that_lacks_a_key_is_shown_where_it_begins(
    old: str, line: int, words: str
) -> None:
    found = only((M, old, "  - label" if "id:" in old else ""), code="NTR503")
    assert (found.severity, found.place.line) == ("warning", line)
    assert words in found.message


@pytest.mark.parametrize(
    ("old", "new", "line", "severity", "words"),
    [
        ("name: Petty cash slip", "name:", 4, "error", "`name` is empty"),
        ("name: Petty cash slip", 'name: "  "', 4, "error", "`name` is empty"),
        ("version: 0.1.0", "version:", 9, "error", "deploy takes the next line"),
        ("slug: petty-cash\n", "slug: ~\n", 3, "error", "deploy takes the next line"),
        ("classification: TREASURY", "classification:", 6, "warning", "`classification` is empty"),
        ("name: Petty cash slip", "name: [Petty]", 4, "warning", "`name` is a list"),
        ("name: Petty cash slip", "name: 2026", 4, "warning", "`name` is a number"),
        ("name: Petty cash slip", "name: yes", 4, "warning", "`name` is true or false"),
        ("state: DRAFT", "state: {a: b}", 10, "warning", "`state` is a mapping"),
        ("tags: [petty-cash, treasury]", "tags: treasury", 7, "warning", "`tags` is text"),
        ("tags: [petty-cash, treasury]", "tags:", 7, "warning", "`tags` is nothing"),
        ("jurisdictions: [GB]", "jurisdictions: [NO]", 8, "warning", "has true or false"),
        ("    label: Post slip", "    label:", 30, "warning", "`label` is empty"),
        ("    label: Post slip", "    label: 1", 30, "warning", "`label` is a number"),
    ],
)
def test_a_value_that_is_empty_or_of_another_type_is_shown_at_its_key(
    old: str, new: str, line: int, severity: str, words: str
) -> None:
    found = only((M, old, new), code="NTR503")
    assert (found.place.line, found.severity) == (line, severity)
    assert words in found.message


def test_steps_that_are_no_list_of_mappings_are_shown() -> None:
    text = (
        "---\nid: a\nslug: petty-cash\nname: a\nversion: 0.1.0\nstate: a\nauthor: a\n"
        "description: a\nclassification: a\nsteps: {}\ntemplates: [one]\n---\n"
    )
    found = planted("NTR503", files={M: text})
    assert said(found) == ["runbook.md:10 NTR503", "runbook.md:11 NTR503"]
    assert "`steps` is a mapping" in found[0].message
    assert "`templates` has text" in found[1].message


def test_a_key_that_is_only_misspelt_is_another_rules() -> None:
    assert planted("NTR503", (M, "author: Fund", "autor: Fund")) == []


def test_a_slug_or_version_of_another_type_is_left_to_their_rules() -> None:
    assert planted("NTR503", (M, "version: 0.1.0", "version: 1.1")) == []
    assert planted("NTR503", (M, "slug: petty-cash\n", "slug: [a]\n")) == []


def test_values_in_blocks_quotes_and_merges_count() -> None:
    edits = (
        (M, "name: Petty cash slip", "name: >-\n  Petty cash\n  slip"),
        (M, "author: Fund Operations", "<<: {author: 'Fund Operations'}"),
    )
    assert planted("NTR503", *edits) == []
