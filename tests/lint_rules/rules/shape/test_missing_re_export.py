"""What the SDK runs for a bundle has to be among its activities."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.shape.bundles import (
    ACTIVITIES,
    WORKFLOW,
    imported,
    in_class,
    in_quiet,
    in_run,
)

CODE = "NTR425"
PREVIOUS = in_run("await self.load_previous_task(workflow_slug='a', entity_id='b')")
COMMITTED = in_run(
    "await self.find_committed_document(workflow_slug='a', entity_id='b', source='c')"
)
HINT = "            payload=slip,\n"
CHECKS = (WORKFLOW, HINT, HINT + "            checks_spec=[{'id': 'a', 'source': 'code'}],\n")
TASK = "from ntro.workflow.task import load_previous_task_activity"
QUALITY = "from ntro.capabilities.checks import run_quality_check"
DEFINITION = """\
@activity.defn(name="load_previous_task")
async def previous_task(payload: ReadSlipInput) -> Slip:
    return Slip(payee="", amount=Decimal(0))


"""


def activities(line: str) -> Edit:
    """Put a line into the activities."""
    return ACTIVITIES, "from ntro.workflow import", f"{line}\nfrom ntro.workflow import"


@pytest.mark.parametrize(
    "edits, function, severity",
    [
        ([PREVIOUS], "load_previous_task_activity", "error"),
        ([COMMITTED], "find_committed_document_activity", "error"),
        ([CHECKS], "run_quality_check", "warning"),
    ],
)
def test_a_use_without_the_import_is_reported_with_what_to_import(
    edits: list[Edit], function: str, severity: str
) -> None:
    [found] = planted(CODE, *edits)
    assert found.place.path.endswith("templates/workflow.py")
    assert f"`{function}` is not imported in `templates/activities.py`" in found.message
    assert f"import {function}`" in (found.alternative or "")
    assert found.severity == severity


def test_the_functions_of_the_sdk_count_as_well_as_the_methods() -> None:
    call = in_run("await find_committed_document(workflow_slug='a', entity_id='b', source='c')")
    for module in ("ntro.workflow", "ntro.workflow.task"):
        head = imported(f"from {module} import find_committed_document")
        assert said(planted(CODE, head, call)) == ["workflow.py:108 NTR425"]
    head = imported("from ntro.workflow.task import previous as earlier")
    assert len(planted(CODE, head, in_run("await earlier(workflow_slug='a', entity_id='b')"))) == 1


def test_a_helper_that_runs_in_the_workflow_is_followed() -> None:
    helper = in_class(
        "async def _before(self) -> Any:",
        "    return await self.load_previous_task(workflow_slug='a', entity_id='b')",
    )
    [found] = planted(CODE, helper, in_run("await self._before()"))
    assert found.trace[-1].text == "run -> _before"
    [found] = planted(
        CODE,
        in_run("await self.run_step('post', self.load_previous_task, workflow_slug='a')"),
    )
    assert "load_previous_task_activity" in found.message


@pytest.mark.parametrize(
    "edits",
    [
        [PREVIOUS, activities(TASK)],
        [PREVIOUS, activities(f"{TASK} as earlier")],
        [PREVIOUS, activities("from ntro.workflow.task import *")],
        [PREVIOUS, imported(TASK)],
        [
            PREVIOUS,
            (
                ACTIVITIES,
                '@activity.defn(name="petty_cash.read_slip")\n',
                DEFINITION + '@activity.defn(name="petty_cash.read_slip")\n',
            ),
        ],
        [CHECKS, activities(QUALITY)],
        [(WORKFLOW, HINT, f"{HINT}            checks_spec=None,\n")],
        [(WORKFLOW, HINT, f"{HINT}            checks_spec=[],\n")],
        [in_class("async def never(self) -> None:", "    await self.load_previous_task()")],
    ],
)
def test_an_import_under_any_name_and_a_use_that_never_runs_are_fine(edits: list[Edit]) -> None:
    assert in_quiet(CODE, *edits) == []


def test_an_import_for_the_type_checker_alone_brings_nothing() -> None:
    typing = activities(f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {TASK}")
    assert len(planted(CODE, PREVIOUS, typing)) == 1


def test_without_readable_activities_another_rule_speaks() -> None:
    assert planted(CODE, PREVIOUS, files={ACTIVITIES: "def ("}) == []
    assert planted(CODE, PREVIOUS, files={ACTIVITIES: None}) == []
