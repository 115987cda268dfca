"""The deprecated decorator of steps, under all its names."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted
from tests.lint_rules.rules.facade.planting import WORKFLOW, importing, only, pinned, shown

CODE = "NTR202"
STEP = '@runbook.step(name="post", title="Post slip", icon="Database")'


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from ntro.workflow import ui_step", "ui_step"),
        ("from ntro.workflow import ui_step as step", "step"),
        ("from ntro.workflow.decorators import ui_step", "ui_step"),
        ("import ntro.workflow as nw", "nw.ui_step"),
    ],
)
def test_every_decorator_is_reported_and_fixed(line: str, name: str) -> None:
    edits = (importing(line), (WORKFLOW, STEP, STEP.replace("runbook.step", name)))
    found = only(CODE, *edits)
    assert shown(found, *edits) == name
    assert found.severity == "warning"
    assert "deprecated" in found.message
    assert found.fix is not None
    assert (found.fix.id, found.fix.applicability) == ("ui-step", "safe")


def test_it_makes_a_step_whatever_it_is_imported_from() -> None:
    line = importing("from ntro.workflow.decorators import ui_step as stage")
    assert planted("NTR522", line, (WORKFLOW, STEP, STEP.replace("runbook.step", "stage"))) == []


def test_the_import_alone_and_a_function_of_that_name_are_left_alone() -> None:
    assert planted(CODE, importing("from ntro.workflow import ui_step")) == []
    edits = (importing("from .own import ui_step"), (WORKFLOW, STEP, "@ui_step(name='a')"))
    assert planted(CODE, *edits, files={"templates/own.py": "def ui_step(name): ...\n"}) == []


def test_an_sdk_without_the_new_decorator_has_no_other() -> None:
    edits = (importing("from ntro.workflow import ui_step"), (WORKFLOW, STEP, "@ui_step(name='a')"))
    assert planted(CODE, *edits, pinned("0.1.1")) == []
