"""From the first generation of the runbook API to the facade."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_rules.fixes import Request
from lint_rules.fixes.fixing import fix_module
from tests.lint_rules.fixes.marked import fixed, read, refusal

# --- steps --------------------------------------------------------------------------------------

STEPS = {
    "imported alone": (
        "from ntro.workflow import ui_step\n\n\n@«ui-step|ui_step»(name='a')\ndef f(): ...\n",
        "from ntro.workflow import runbook\n\n\n@runbook.step(name='a')\ndef f(): ...\n",
    ),
    "beside the facade": (
        "from ntro.workflow import NtroWorkflow, runbook, ui_step\n\n\n"
        "@«ui-step|ui_step»(name='a')\ndef f(): ...\n",
        "from ntro.workflow import NtroWorkflow, runbook\n\n\n"
        "@runbook.step(name='a')\ndef f(): ...\n",
    ),
    "twice": (
        "from ntro.workflow.decorators import ui_step as s\n\n\n"
        "@«ui-step|s»(name='a')\ndef f(): ...\n@«ui-step|s»(name='b')\ndef g(): ...\n",
        "from ntro.workflow import runbook\n\n\n"
        "@runbook.step(name='a')\ndef f(): ...\n@runbook.step(name='b')\ndef g(): ...\n",
    ),
    "still used": (
        "from ntro.workflow import ui_step\n\nprint(ui_step)\n\n\n"
        "@«ui-step|ui_step»(name='a')\ndef f(): ...\n",
        "from ntro.workflow import runbook, ui_step\n\nprint(ui_step)\n\n\n"
        "@runbook.step(name='a')\ndef f(): ...\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), STEPS.values(), ids=STEPS)
def test_a_step_gets_its_new_decorator(before: str, after: str) -> None:
    assert fixed(before) == after


def test_a_function_that_is_merely_called_so_is_left() -> None:
    text = "def ui_step(): ...\n\n\n@«ui-step|ui_step»(name='a')\ndef f(): ...\n"
    assert "does not itself say" in refusal(text)


# --- names that nothing binds -------------------------------------------------------------------


def test_the_facade_takes_the_place_of_a_module_that_is_gone() -> None:
    before = (
        "from ntro.workflow import NtroWorkflow, runbook\n\n\n"
        "def f():\n    «workflow-to-runbook|workflow».logger.info('x')\n"
    )
    after = (
        "from ntro.workflow import NtroWorkflow, runbook\n\n\n"
        "def f():\n    runbook.logger.info('x')\n"
    )
    assert fixed(before) == after


def test_a_missing_import_is_added_where_the_others_are() -> None:
    before = (
        "from ntro.workflow import NtroWorkflow, runbook\n\n\n"
        "def f():\n    raise «import-from-ntro|WorkflowError»('x')\n"
    )
    assert fixed(before).startswith(
        "from ntro.workflow import NtroWorkflow, WorkflowError, runbook\n"
    )


def test_what_something_binds_after_all_is_left() -> None:
    assert "something binds" in refusal("workflow = 1\nx = «workflow-to-runbook|workflow».now\n")
    assert "something binds" in refusal("from x import *\ny = «import-from-ntro|activity»\n")
    assert refusal("x = «import-from-ntro|a.b»\n") == "what stands there is no name"


# --- whole imports ------------------------------------------------------------------------------

IMPORTS = {
    "workflow": (
        "from temporalio import «facade-import|workflow»\n\n\n"
        "@workflow.defn\nclass A:\n    def f(self): return workflow.now()\n",
        "from ntro.workflow import runbook\n\n\n"
        "@runbook.defn\nclass A:\n    def f(self): return runbook.now()\n",
    ),
    "under another name": (
        "from temporalio import «facade-import|workflow as w»\n\nx = w.logger\n",
        "from ntro.workflow import runbook\n\nx = runbook.logger\n",
    ),
    "activity keeps its name": (
        "from temporalio import «facade-import|activity»\n\n\n@activity.defn\ndef f(): ...\n",
        "from ntro.workflow import activity\n\n\n@activity.defn\ndef f(): ...\n",
    ),
    "into an import that is there": (
        "from ntro.workflow import WorkflowError\n"
        "from temporalio import «facade-import|activity»\n\n\n@activity.defn\ndef f(): ...\n",
        "from ntro.workflow import WorkflowError, activity\n\n\n@activity.defn\ndef f(): ...\n",
    ),
    "both at once": (
        "from temporalio import «facade-import|activity», «facade-import|workflow»\n\n\n"
        "@activity.defn\ndef f(): return workflow.info()\n",
        "from ntro.workflow import activity, runbook\n\n\n"
        "@activity.defn\ndef f(): return runbook.info()\n",
    ),
    "the rest stays": (
        "from temporalio import «facade-import|workflow», common\n\nx = common, workflow.info()\n",
        "from ntro.workflow import runbook\nfrom temporalio import common\n\n"
        "x = common, runbook.info()\n",
    ),
    "a local of that name stays": (
        "from temporalio import «facade-import|workflow»\n\n\n"
        "def f(workflow): return workflow.now()\n\n\nx = workflow.run\n",
        "from ntro.workflow import runbook\n\n\n"
        "def f(workflow): return workflow.now()\n\n\nx = runbook.run\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), IMPORTS.values(), ids=IMPORTS)
def test_every_use_goes_to_the_facade(before: str, after: str) -> None:
    assert fixed(before) == after


REFUSED = {
    "another member": (
        "from temporalio import «facade-import|workflow»\nx = workflow.uuid4()\n",
        "not every use",
    ),
    "handed on": (
        "from temporalio import «facade-import|workflow»\nx = f(workflow)\n",
        "not every use",
    ),
    "bound twice": (
        "from temporalio import «facade-import|workflow»\nworkflow = 1\n",
        "bound more than once",
    ),
    "conditional": (
        "if x:\n    from temporalio import «facade-import|workflow»\n",
        "no plain import at the top",
    ),
    "in a function": (
        "def f():\n    from temporalio import «facade-import|workflow»\n",
        "no plain import at the top",
    ),
    "a plain import": ("import «facade-import|temporalio.workflow»\n", "no plain import"),
    "another module": ("from temporalio import «facade-import|client»\n", "nothing in its place"),
    "no import": ("«facade-import|x»\n", "no import stands there"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_go_as_a_whole_stays(text: str, reason: str) -> None:
    assert reason in refusal(text)


def test_a_name_that_others_take_from_the_module_stays() -> None:
    text = "from temporalio import «facade-import|workflow»\n\nx = workflow.info()\n"
    source, requests = read(text)
    after = fix_module(source, requests, keep={"workflow"}).source
    assert "from temporalio import workflow" in after
    assert "x = runbook.info()" in after


USES = st.lists(
    st.sampled_from(
        [
            "x = workflow.info()",
            "x = [workflow.now() for y in z]",
            "def f(workflow=workflow.logger): return workflow",
            "@workflow.defn\nclass A:\n    @workflow.run\n    async def run(self): ...",
            "x = workflow . logger",
            "x = (workflow\n  .info())",
            "x = f'{workflow.now()}'",
            "import os, sys",
        ]
    ),
    min_size=1,
    max_size=5,
)


@given(USES, st.sampled_from(["\n", "\r\n"]))
def test_the_fixed_module_is_python_and_knows_temporalio_no_more(
    uses: list[str], newline: str
) -> None:
    text = "from temporalio import workflow\n\n" + "\n".join(uses) + "\n"
    source = text.replace("\n", newline)
    request = Request("facade-import", (1, 24, 1, 32))
    answer = fix_module(source, [request])
    assert answer.applied == (request,)
    compile(answer.source, "m", "exec")
    assert "temporalio" not in answer.source
    assert answer.source.count("runbook") >= sum("workflow." in each for each in uses)
