"""Imports and attributes that no version of the SDK has, or not the one that counts."""

from __future__ import annotations

import re

import pytest

from lint_rules.sdk import surface
from lint_rules.sdk.documented import ACTIVITY, ALTERNATIVES, BASE, RUNBOOK
from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.facade.planting import (
    ACTIVITIES,
    importing,
    in_activity,
    in_run,
    only,
    pinned,
    shown,
)

CODE = "NTR211"

IMPORTS = {
    "from ntro.workflow import previous": "`from ntro.workflow.task import previous`",
    "from ntro.workflow.history import previous": "`ntro.workflow.task`",
    "import ntro.workflow.history": "`ntro.workflow.task`",
    "from ntro.ingest import insert_extracted_record": "insert_extracted_document",
    "from ntro.capabilities import fx": "an activity of your own",
    "import ntro.capabilities.pdf as pdf": "`ntro.capabilities.files`",
    "from ntro.workflow import UserAction": "plain dict",
    "from ntro.ai import extract": "`ntro.capabilities.ai`",
    "from ntro.workflow import RunBook": "`ntro.workflow.runbook`",
}


@pytest.mark.parametrize(("line", "alternative"), IMPORTS.items())
def test_an_import_of_what_is_not_there_names_the_real_one(line: str, alternative: str) -> None:
    found = only(CODE, importing(line))
    assert "ntro 0.1.2 has no `ntro." in found.message
    assert alternative in (found.alternative or "")
    assert found.severity == "error"


def test_an_import_inside_an_activity_fails_at_its_first_call() -> None:
    edit = in_activity("from ntro.capabilities import files, fx")
    found = only(CODE, edit)
    assert said([found]) == ["activities.py:18 NTR211"]
    assert shown(found, edit) == "fx"


@pytest.mark.parametrize(
    ("imported", "body", "text"),
    [
        ("import ntro.ingest", "ntro.ingest.nothing()", "ntro.ingest.nothing"),
        ("from ntro import ingest", "ingest.nothing()", "ingest.nothing"),
        ("from ntro.workflow import UIComponent", "UIComponent.DATATABLE", "UIComponent.DATATABLE"),
    ],
)
def test_attributes_of_modules_and_classes_count(imported: str, body: str, text: str) -> None:
    edits = (importing(imported), in_run(body))
    assert shown(only(CODE, *edits), *edits) == text


def test_what_is_asked_of_a_missing_module_is_no_second_fault() -> None:
    edits = (importing("import ntro.capabilities.fx as fx"), in_run("fx.rates.of(1)"))
    assert len(planted(CODE, *edits)) == 1
    edits = (importing("import ntro.capabilities.fx"), in_run("ntro.capabilities.fx.rates.of(1)"))
    assert len(planted(CODE, *edits)) == 1


SOUND = [
    "from ntro.workflow.task import previous",
    "from ntro.workflow import task, steps, registry, run_local",
    "import ntro.capabilities.checks",
    "from ntro.workflow import *",
    "from ntro_cli import anything",
    "from ntro.workflow.decorators import _step",
    "try:\n    from ntro.capabilities import fx\nexcept ImportError:\n    fx = None",
    "if TYPE_CHECKING:\n    from ntro.workflow import UserAction",
    "from .ntro import anything",
]


@pytest.mark.parametrize("line", SOUND)
def test_what_exists_or_is_only_tried_is_left_alone(line: str) -> None:
    files = {"templates/ntro.py": "anything = 1\n"}
    assert planted(CODE, importing("from typing import TYPE_CHECKING", line), files=files) == []


@pytest.mark.parametrize(
    "body",
    [
        "UIComponent.DATA_TABLE.value.lower()",
        "UIComponent.__members__",
        "UIComponent.lower",
        "if hasattr(UIComponent, 'DATATABLE'): UIComponent.DATATABLE",
        "try:\n    UIComponent.DATATABLE\nexcept AttributeError: ...",
        "UIComponent.DATATABLE = 1",
    ],
)
def test_what_may_be_there_is_left_alone(body: str) -> None:
    assert planted(CODE, importing("from ntro.workflow import UIComponent"), in_run(body)) == []


def test_a_module_that_nothing_reaches_is_a_part_of_the_bundle() -> None:
    files = {"templates/unused.py": "from ntro.workflow import previous\n"}
    assert said(planted(CODE, files=files)) == ["unused.py:1 NTR211"]


def test_a_name_that_came_later_is_a_fault_of_the_pin() -> None:
    assert planted(CODE, pinned("0.1.1")) == []
    edit = importing("from ntro.workflow.exceptions import ActivityError")
    assert planted(CODE, pinned("0.1.1"), edit) == []


def test_the_pinned_version_is_named() -> None:
    found = only(CODE, pinned("0.1.1"), importing("from ntro.workflow import previous"))
    assert found.message.startswith("ntro 0.1.1 has no `ntro.workflow.previous`")


def test_without_a_pin_the_installed_version_counts() -> None:
    files = {"templates/requirements.txt": "pydantic==2.14.3\n"}
    edit = (ACTIVITIES, "from ntro.workflow import W", "from ntro.workflow import previous, W")
    assert only(CODE, edit, files=files).message.startswith("ntro 0.1.2")


def test_no_real_name_is_called_wrong_and_what_is_advised_exists() -> None:
    known = surface("0.1.2")
    assert [name for name in ALTERNATIVES if known.has(name)] == []
    facades = (("runbook", RUNBOOK), ("activity", ACTIVITY), ("NtroWorkflow", BASE))
    for owner, table in facades:
        assert [name for name in table if known.has(f"ntro.workflow.{owner}.{name}")] == []
    everything = (*ALTERNATIVES.values(), *RUNBOOK.values(), *BASE.values())
    for text in everything:
        for name in re.findall(r"`(ntro[\w.]*)`", text):
            assert known.has(name), name
        for name in re.findall(r"self\.(\w+)\(", text):
            assert known.has(f"ntro.workflow.NtroWorkflow.{name}"), name
        for name in re.findall(r"runbook\.(\w+)", text):
            assert known.has(f"ntro.workflow.runbook.{name}"), name
