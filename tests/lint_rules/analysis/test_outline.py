"""The cheap look: which names of a module are activities, and what it imports."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from lint_rules.analysis.outline import outline

ACTIVITIES = {
    "ntro": "from ntro.workflow import activity\n@activity.defn\nasync def load(): ...",
    "called": "from ntro.workflow import activity\n@activity.defn(name='x')\ndef load(): ...",
    "temporalio": "from temporalio import activity\n@activity.defn\ndef load(): ...",
    "whole module": "import temporalio.activity\n@temporalio.activity.defn\ndef load(): ...",
    "alias": "import temporalio.activity as act\n@act.defn\ndef load(): ...",
    "from import": "from temporalio.activity import defn as task\n@task\ndef load(): ...",
    "second decorator": (
        "from ntro.workflow import activity\n@trace\n@activity.defn\ndef load(): ..."
    ),
}

NOT_KNOWN = {
    "plain function": "from ntro.workflow import activity\ndef load(): ...",
    "workflow": "from temporalio import workflow\n@workflow.defn\ndef load(): ...",
    "rebound": (
        "from ntro.workflow import activity\n@activity.defn\ndef load(): ...\nload = x(load)"
    ),
    "defined twice": (
        "from ntro.workflow import activity\n@activity.defn\ndef load(): ...\n"
        "if x:\n    def load(): ..."
    ),
    "rebound by a function": (
        "from ntro.workflow import activity\n@activity.defn\ndef load(): ...\n"
        "def g():\n    global load\n    load = 1"
    ),
    "method": (
        "from ntro.workflow import activity\nclass A:\n    @activity.defn\n    def load(self): ..."
    ),
    "relative name": "from .own import activity\n@activity.defn\ndef load(): ...",
    "unknown name": "@activity.defn\ndef load(): ...",
}


@pytest.mark.parametrize("source", ACTIVITIES.values(), ids=ACTIVITIES)
def test_a_decorated_function_is_an_activity(source: str) -> None:
    assert outline(ast.parse(source)).activities == {"load"}


@pytest.mark.parametrize("source", NOT_KNOWN.values(), ids=NOT_KNOWN)
def test_what_is_no_activity_for_certain_is_left_to_the_parser(source: str) -> None:
    assert outline(ast.parse(source)).activities == frozenset()


def test_imports_are_found_wherever_they_stand() -> None:
    source = dedent("""
        import a.b
        from .models import Row, Line
        def f():
            from ..shared import clock
            try:
                import c
            except ImportError:
                from d import e
    """)
    assert set(outline(ast.parse(source)).imports) == {
        (0, "a.b", None),
        (1, "models", "Row"),
        (1, "models", "Line"),
        (2, "shared", "clock"),
        (0, "c", None),
        (0, "d", "e"),
    }
