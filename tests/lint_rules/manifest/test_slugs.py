"""Slugs to class names and back, held against what the SDK does."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.manifest.slugs import class_name, harness_slug, is_slug, slug_like

SLUGS = st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", fullmatch=True)


CLASSES = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,20}(Workflow)?", fullmatch=True)

THEIRS = """
import json, sys
from ntro.runbook.validate import _expected_workflow_class_name
from ntro.testing.harness import WorkflowHarness
slugs, names = json.load(sys.stdin)
print(json.dumps([
    [_expected_workflow_class_name(slug) for slug in slugs],
    [WorkflowHarness._slug_for(type(name, (), {})) for name in names],
]))
"""
"""In a process of its own: `ntro.testing` binds a runtime for good when it is imported."""


@settings(max_examples=3, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | SLUGS, max_size=300),
    st.lists(CLASSES, min_size=50, max_size=300),
)
def test_class_names_and_slugs_are_those_of_the_sdk(slugs: list[str], names: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", THEIRS],
        input=json.dumps([slugs, names]),
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(done.stdout.splitlines()[-1])
    assert theirs == [[class_name(slug) for slug in slugs], [harness_slug(name) for name in names]]


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
