"""NTR307: a gate advertises a signal for which the class has no handler."""

from __future__ import annotations

import pytest

from tests.lint_rules.petty_cash import planted, said
from tests.lint_rules.rules.gates.parts import ACTION, HANDLER, WORKFLOW

NAME = '"signal_name": "document_submitted"'
TASK = '"signal_task_id": runbook.info().workflow_id,'


def test_a_misspelt_signal_is_reported_with_the_one_that_was_meant() -> None:
    found = planted("NTR3", (WORKFLOW, NAME, '"signal_name": "document_submited"'))
    assert said(found) == ["workflow.py:50 NTR307"]
    assert "`PettyCashWorkflow` has no handler" in found[0].message
    assert found[0].alternative == '`"document_submitted"`'


def test_a_missing_handler_is_reported_once() -> None:
    found = planted("NTR3", (WORKFLOW, HANDLER, ""))
    assert [f.code for f in found] == ["NTR307"]
    assert "`@runbook.signal`" in (found[0].alternative or "")


def test_a_handler_goes_by_the_name_it_is_registered_by() -> None:
    named = HANDLER.replace("@runbook.signal", '@runbook.signal(name="slip_submitted")')
    found = planted("NTR3", (WORKFLOW, HANDLER, named))
    assert [f.code for f in found] == ["NTR307"]
    renamed = (WORKFLOW, NAME, '"signal_name": "slip_submitted"')
    assert planted("NTR307", (WORKFLOW, HANDLER, named), renamed) == []


def test_the_first_generation_of_decorators_counts() -> None:
    old = HANDLER.replace("@runbook.signal", "@workflow.signal")
    head = (WORKFLOW, "from .activities", "from temporalio import workflow\n\nfrom .activities")
    assert planted("NTR307", (WORKFLOW, HANDLER, old), head) == []
    wrong = (WORKFLOW, NAME, '"signal_name": "document"')
    assert [f.code for f in planted("NTR307", (WORKFLOW, HANDLER, old), head, wrong)] == ["NTR307"]


def test_the_id_of_the_run_may_be_behind_a_name() -> None:
    named = ACTION.replace("runbook.info().workflow_id", "task_id").replace(
        NAME, '"signal_name": "slip"'
    )
    gate = "        await self.await_signal_with_action("
    for value in ("runbook.info().workflow_id", "runbook.info()"):
        action = (
            named if "workflow_id" in value else named.replace("task_id,", "task_id.workflow_id,")
        )
        found = planted(
            "NTR307",
            (WORKFLOW, gate, f"        task_id = {value}\n{gate}"),
            (WORKFLOW, ACTION, action),
        )
        assert [f.code for f in found] == ["NTR307"], value


GOOD = {
    "the handler of the base": (NAME, '"signal_name": "user_action"'),
    "a name that is not written": (NAME, '"signal_name": ctx.signal'),
    "a signal of another run": (TASK, '"signal_task_id": ctx.parent_id,'),
}


@pytest.mark.parametrize(("old", "new"), GOOD.values(), ids=GOOD)
def test_a_signal_that_may_be_handled_is_left_alone(old: str, new: str) -> None:
    assert planted("NTR307", (WORKFLOW, old, new)) == []


def test_a_signal_of_another_run_may_have_any_name() -> None:
    action = ACTION.replace(NAME, '"signal_name": "child_ready"').replace(
        "runbook.info().workflow_id", "self._child_id"
    )
    assert planted("NTR307", (WORKFLOW, ACTION, action)) == []


def test_an_inherited_handler_counts() -> None:
    base = "class Uploads:\n" + HANDLER
    edits = [
        (WORKFLOW, HANDLER, ""),
        (WORKFLOW, "@runbook.defn\n", base + "\n\n@runbook.defn\n"),
        (WORKFLOW, "(NtroWorkflow)", "(Uploads, NtroWorkflow)"),
    ]
    assert planted("NTR307", *edits) == []


UNSEEN = {
    "an unknown base": [(WORKFLOW, "(NtroWorkflow)", "(Mixin, NtroWorkflow)")],
    "a base from elsewhere": [
        (WORKFLOW, "(NtroWorkflow)", "(Mixin, NtroWorkflow)"),
        (WORKFLOW, "from .activities", "from house_rules import Mixin\n\nfrom .activities"),
    ],
    "a handler for all signals": [
        (
            WORKFLOW,
            HANDLER,
            HANDLER.replace("@runbook.signal", "@runbook.signal(dynamic=True)"),
        )
    ],
    "a handler by a name that is not written": [
        (WORKFLOW, HANDLER, HANDLER.replace("@runbook.signal", "@runbook.signal(name=NAME)"))
    ],
    "a handler that is set at run time": [
        (
            WORKFLOW,
            "        super().__init__()\n",
            "        super().__init__()\n"
            "        workflow.set_signal_handler('document', self.document_submitted)\n",
        )
    ],
}


@pytest.mark.parametrize("edits", UNSEEN.values(), ids=UNSEEN)
def test_a_class_that_may_have_more_handlers_is_left_alone(
    edits: list[tuple[str, str, str]],
) -> None:
    wrong = (WORKFLOW, NAME, '"signal_name": "document"')
    assert planted("NTR307", wrong, *edits) == []
