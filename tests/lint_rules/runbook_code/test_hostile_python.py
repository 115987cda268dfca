"""Readers of shown or foreign Python take any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.runbook_code.sdk_use.fenced_names import fenced_names
from lint_rules.runbook_code.sdk_use.runtime_order import late_choices
from tests.lint_rules.linted import within

PIECES = """import ntro|from ntro.workflow import |set_runtime|(|)|.| |*|self.x()|runbook.y
def f():|class C:|as z|'|\x00|é|\\"""
WORDS = st.lists(st.sampled_from([*PIECES.replace("\n", "|").split("|"), "\n", "\n "])).map("".join)


@given(WORDS)
def test_any_text_has_names_or_none(text: str) -> None:
    lines = text.split("\n")
    for found in fenced_names(text):
        assert found.start < found.end
        assert found.line <= len(lines)


@given(WORDS)
def test_any_text_has_late_choices_or_none(text: str) -> None:
    for found in late_choices(text, {"workflow"}, in_templates=True):
        assert found.early_line <= found.line


@pytest.mark.parametrize("text", ["(" * 100_000, "-" * 100_000 + "1", "x" + ".a" * 5_000])
def test_deep_nesting_is_no_python(text: str) -> None:
    with within(5):
        assert fenced_names(text) == ()
        assert late_choices(f"{text}\nset_runtime", {"workflow"}, in_templates=False) == ()
