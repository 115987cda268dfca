"""Slugs to class names and back, held against what the SDK does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ntro.runbook.validate import _expected_workflow_class_name
from ntro.testing.harness import WorkflowHarness

from lint_rules.manifest.slugs import class_name, harness_slug, is_slug, slug_like

SLUGS = st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", fullmatch=True)


@given(st.text(max_size=30) | SLUGS)
def test_a_class_name_is_the_one_of_the_validator(slug: str) -> None:
    assert class_name(slug) == _expected_workflow_class_name(slug)


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,20}(Workflow)?", fullmatch=True))
def test_the_slug_of_a_class_is_the_one_of_the_harness(name: str) -> None:
    assert harness_slug(name) == WorkflowHarness._slug_for(type(name, (), {}))


@given(SLUGS)
def test_a_slug_without_leading_digits_comes_back(slug: str) -> None:
    sound = all(part[0].isalpha() for part in slug.split("-"))
    assert is_slug(slug)
    assert (harness_slug(class_name(slug)) == slug) == sound


@given(st.text(max_size=40))
def test_what_is_suggested_is_a_slug(text: str) -> None:
    meant = slug_like(text)
    assert meant is None or is_slug(meant)


@pytest.mark.parametrize(
    "text", ["nav-monthly\n", "-nav", "nav-", "nav--b", "Nav", "4nav", "é", ""]
)
def test_what_is_no_slug(text: str) -> None:
    assert not is_slug(text)
