"""Fenced blocks of Markdown, with the places of their lines in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.files.text_file import TextFile
from lint_rules.manifest.fences import Fence, fences
from tests.lint_rules.linted import within


def read(text: str) -> list[Fence]:
    return list(fences(TextFile("/runbook.md", text)))


def test_a_block_has_a_language_and_its_first_line() -> None:
    [found] = read("# Title\n\n```python\nx = 1\n\ny = 2\n```\nafter\n")
    assert (found.language, found.first, found.text) == ("python", 4, "x = 1\n\ny = 2\n")


@pytest.mark.parametrize(
    ("opening", "language"),
    [
        ("```", ""),
        ("```  Python  ", "python"),
        ("~~~py title=x", "py"),
        ("````python", "python"),
        ("```{.python}", "python"),
    ],
)
def test_the_first_word_is_the_language(opening: str, language: str) -> None:
    [found] = read(f"{opening}\nx\n{opening.strip()[:4].rstrip('pP ')}\n")
    assert found.language == language


def test_a_fence_is_closed_by_as_many_of_the_same_marks() -> None:
    [found] = read("````python\n```\n~~~~\n````\n")
    assert found.text == "```\n~~~~\n"


def test_one_that_is_not_closed_goes_on_to_the_end() -> None:
    assert [f.text for f in read("```python\nx\ny")] == ["x\ny\n"]


def test_blocks_in_lists_lose_the_indentation_of_the_fence() -> None:
    [found] = read("- one\n\n  ```python\n  if x:\n      y\n z\n  ```\n")
    assert found.text == "if x:\n    y\nz\n"
    assert found.span(2, 4, 5) == (5, 7, 5, 8)
    assert found.span(3, 0, 1) == (6, 2, 6, 3)


def test_the_frontmatter_has_no_code() -> None:
    text = "---\nbody: |\n  ```python\n  x\n  ```\n---\n```python\ny\n```\n"
    assert [(f.first, f.text) for f in read(text)] == [(8, "y\n")]


def test_any_line_ends_will_do() -> None:
    assert [f.text for f in read("```py\r\nx\r\n```\r\n")] == ["x\n"]
    assert [f.text for f in read("```py\rx\r```\r")] == ["x\n"]


def test_inline_code_opens_nothing() -> None:
    assert read("```python``` is inline\n") == []


def test_columns_are_counted_in_characters() -> None:
    [found] = read("```py\nä = 'é'; x\n```\n")
    assert found.column(1, len("ä = 'é'; ".encode())) == 9


def test_a_missing_file_has_no_blocks() -> None:
    assert list(fences(TextFile("/runbook.md"))) == []


@given(st.text(alphabet="`~- \n\t\rpyx", max_size=200))
def test_the_lines_of_blocks_are_lines_of_the_file(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for found in read(text):
        for number, line in enumerate(found.lines):
            cut = found.cut[number]
            assert lines[found.first - 1 + number][cut:] == line
            assert not lines[found.first - 1 + number][:cut].strip()


@pytest.mark.parametrize("text", ["```\n" * 20_000, "`" * 200_000, " \n" * 100_000])
def test_long_texts_take_no_time(text: str) -> None:
    with within(2):
        read(text)
