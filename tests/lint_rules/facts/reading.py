"""Short ways to get facts in tests."""

from __future__ import annotations

from textwrap import dedent

from lint_rules.facts import ModuleFacts, ParseProblem, View
from lint_rules.facts.collect import collect


def facts_of(source: str | bytes) -> ModuleFacts:
    """Return the facts of a source that must be readable."""
    text = dedent(source).encode() if isinstance(source, str) else source
    facts = collect(text)
    assert not isinstance(facts, ParseProblem), facts
    return facts


def view_of(source: str | bytes) -> View:
    """Return a view of a source that must be readable."""
    return View(facts_of(source))
