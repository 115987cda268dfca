"""Imports of temporalio that the facade replaces, and those that it cannot."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import Edit, planted, said
from tests.lint_rules.rules.facade.planting import (
    ACTIVITIES,
    WORKFLOW,
    importing,
    in_activity,
    in_run,
    only,
    pinned,
    shown,
)

CODE = "NTR201"
PLAIN = "from temporalio import workflow"


def old(*bodies: str, line: str = PLAIN) -> tuple[Edit, ...]:
    return importing(line), in_run("\n".join(bodies))


SAME = {
    "info": "workflow.info()",
    "now": "workflow.now()",
    "logger": "workflow.logger.info('x')",
    "an activity": "await workflow.execute_activity(post_slip, PostSlipInput(slip=slip))",
    "one with a parameter": "await workflow.execute_activity(post_slip, ctx)",
    "one without": "await workflow.execute_activity(post_slip, start_to_close_timeout=ATTEMPT)",
    "a wait": "await workflow.wait_condition(lambda: True, timeout=5)",
}


@pytest.mark.parametrize("body", SAME.values(), ids=SAME)
def test_what_the_facade_does_in_the_same_way_is_fixed(body: str) -> None:
    edits = old(body)
    found = only(CODE, *edits)
    assert shown(found, *edits) == "workflow"
    assert found.severity == "warning"
    assert found.alternative == "`from ntro.workflow import runbook`"
    assert found.fix is not None
    assert found.fix.applicability == "safe"


UNLIKE = {
    "None is no argument there": "await workflow.execute_activity(post_slip, None)",
    "perhaps None": "await workflow.execute_activity(post_slip, self._uploads[0])",
    "an activity by its name": "await workflow.execute_activity('petty_cash.post_slip', slip)",
    "hidden options": "await workflow.execute_activity(post_slip, ctx, **OPTIONS)",
    "a summary": "await workflow.wait_condition(lambda: True, timeout_summary='x')",
    "one thing that is not there": "workflow.info(), workflow.uuid4()",
    "handed on": "workflow.info(), print(workflow)",
}


@pytest.mark.parametrize("body", UNLIKE.values(), ids=UNLIKE)
def test_what_may_do_something_else_is_reported_without_a_fix(body: str) -> None:
    assert only(CODE, *old(body)).fix is None


LACKING = {
    "nothing of it": "workflow.uuid4(), workflow.patched('x')",
    "many arguments": "await workflow.execute_activity(post_slip, args=[1, 2])",
    "a child": "await workflow.execute_child_workflow(Other.run, 1)",
    "passed-through imports": "with workflow.unsafe.imports_passed_through(): ...",
    "never used": "pass",
    "shadowed": "workflow = ctx\nworkflow.info()",
}


@pytest.mark.parametrize("body", LACKING.values(), ids=LACKING)
def test_what_the_facade_lacks_is_left_to_temporalio(body: str) -> None:
    assert planted(CODE, *old(body)) == []


@pytest.mark.parametrize(
    ("line", "body", "has_fix"),
    [
        ("from temporalio import workflow as flow", "flow.now()", True),
        ("import temporalio.workflow as flow", "flow.now()", False),
        ("from temporalio import activity, workflow", "workflow.now()", True),
    ],
)
def test_the_import_is_known_in_any_spelling(line: str, body: str, *, has_fix: bool) -> None:
    assert (only(CODE, *old(body, line=line)).fix is not None) == has_fix


@pytest.mark.parametrize(
    ("use", "known", "has_fix"),
    [
        ("activity.logger.info('x')", True, True),
        ("activity.info().attempt", True, True),
        ("activity.info(), activity.heartbeat()", True, False),
        ("activity.heartbeat()", False, False),
    ],
)
def test_activities_have_a_facade_too(use: str, *, known: bool, has_fix: bool) -> None:
    head = (
        ACTIVITIES,
        "from ntro.workflow import WorkflowError, activity\n",
        "from ntro.workflow import WorkflowError\nfrom ntro.workflow import activity as a\n"
        "from temporalio import activity\n",
    )
    decorators = [
        (
            ACTIVITIES,
            f'@activity.defn(name="petty_cash.{n}_slip")',
            f'@a.defn(name="petty_cash.{n}")',
        )
        for n in ("read", "post")
    ]
    found = planted(CODE, head, *decorators, in_activity(use))
    assert said(found) == (["activities.py:9 NTR201"] if known else [])
    assert all((each.fix is not None) == has_fix for each in found)


def test_a_decorator_with_a_name_needs_temporalio() -> None:
    edits = (importing(PLAIN), (WORKFLOW, "@runbook.defn\n", "@workflow.defn(name='x')\n"))
    assert planted(CODE, *edits) == []
    assert only(CODE, importing(PLAIN), (WORKFLOW, "@runbook.defn\n", "@workflow.defn\n")).fix


@pytest.mark.parametrize(
    "line",
    [
        "from temporalio.common import RetryPolicy",
        "from temporalio.exceptions import ActivityError",
        "from temporalio.exceptions import ApplicationError as workflow",
        "if TYPE_CHECKING:\n    from temporalio import workflow",
    ],
)
def test_other_parts_of_temporalio_are_left_alone(line: str) -> None:
    edits = (importing("from typing import TYPE_CHECKING", line), in_run("workflow.now()"))
    assert planted(CODE, *edits) == []


@pytest.mark.parametrize(
    ("line", "better"),
    [
        ("from temporalio.workflow import info", "runbook.info"),
        ("from temporalio.workflow import execute_activity as run_it", "runbook.execute_activity"),
        ("from temporalio.activity import defn", "activity.defn"),
    ],
)
def test_a_name_imported_by_itself_is_reported_without_a_fix(line: str, better: str) -> None:
    found = only(CODE, importing(line))
    assert f"`{better}`" in (found.alternative or "")
    assert found.fix is None


def test_a_name_that_the_facade_lacks_is_left_alone() -> None:
    line = (
        "from temporalio.workflow import patched, uuid4\nfrom temporalio.activity import heartbeat"
    )
    assert planted(CODE, importing(line)) == []


def test_an_sdk_without_a_facade_has_nothing_better() -> None:
    assert planted(CODE, *old("workflow.now()"), pinned("0.1.1")) == []


def test_only_the_bundles_own_modules_count() -> None:
    script = "from temporalio import workflow\n\nprint(workflow.now())\n"
    assert planted(CODE, files={"tests/test_x.py": script, "run.py": script}) == []
