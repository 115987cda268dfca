"""A workflow class is read as its author means it: steps, gates, activities, children, handlers."""

from __future__ import annotations

import pytest

from lint_rules.runbook_code.read import child_slug
from tests.lint_rules.contracts import runbook_in

ACTIVITIES = """
from ntro.workflow import activity

@activity.defn(name="nav.load")
async def load(payload): ...

@activity.defn
async def store(payload): ...
"""

NEW = """
from ntro.workflow import NtroWorkflow, runbook
from .activities import load, store

class Base(NtroWorkflow):
    @runbook.step(name="inherited", title="Inherited")
    async def _inherited(self, ctx): ...

    @runbook.signal(name="closed")
    def on_closed(self, event): ...

@runbook.defn
class NavWorkflow(Base):
    @runbook.signal
    def document_submitted(self, event): ...

    @runbook.step(name="load", title="Load", icon="X")
    async def _load(self, ctx):
        await runbook.execute_activity(load, ctx)
        return await self._ask(ctx)

    async def _ask(self, ctx):
        return await self.wait_for_action(payload=ctx)

    @runbook.step(name="children", title="Children")
    async def _children(self, ctx):
        await self.run_child_workflow(slug="nav-journals", input=ctx)
        await self.collect_documents(expected=[], inputs=[])
        await self.run_step("late", store, ctx)

    @runbook.run
    async def run(self, ctx: Context):
        await self._load(ctx)
        await self._children(ctx)
        await self.await_signal_with_action(predicate=lambda: True, action={})
"""

OLD = (
    NEW.replace("NtroWorkflow, runbook", "NtroWorkflow, ui_step")
    .replace("@runbook.step", "@ui_step")
    .replace("runbook.", "workflow.")
    .replace("from .activities", "from temporalio import workflow\nfrom .activities")
)


@pytest.fixture(params=[NEW, OLD], ids=["facade", "first generation"])
def module(request: pytest.FixtureRequest) -> str:
    text: str = request.param
    return text


def test_steps_come_in_the_order_of_the_code_and_those_of_bases_last(module: str) -> None:
    _, runbook = runbook_in(module, activities=ACTIVITIES)
    assert [(step.name, step.own) for step in runbook.steps] == [
        ("load", True),
        ("children", True),
        ("inherited", False),
    ]


def test_gates_belong_to_the_steps_that_lead_to_them_through_helpers(module: str) -> None:
    _, runbook = runbook_in(module, activities=ACTIVITIES)
    assert sorted((gate.kind, [s.name for s in gate.steps]) for gate in runbook.gates) == [
        ("documents", ["children"]),
        ("review", ["load"]),
        ("signal", []),
    ]


def test_activities_are_found_through_the_facade_and_through_run_step(module: str) -> None:
    contract, runbook = runbook_in(module, activities=ACTIVITIES)
    called = {
        contract.program.qualified_name(call.activity): call.through_run_step
        for call in runbook.activity_calls
        if call.activity is not None
    }
    assert called == {"templates.activities.load": False, "templates.activities.store": True}
    assert [len(call.arguments) for call in runbook.activity_calls] == [1, 1]


def test_activities_go_by_the_name_they_are_registered_under(module: str) -> None:
    contract, _ = runbook_in(module, activities=ACTIVITIES)
    assert contract.runbooks
    assert [activity.name for activity in contract.activities] == ["nav.load", "store"]


def test_children_go_by_their_slug_and_collecting_has_a_default(module: str) -> None:
    _, runbook = runbook_in(module, activities=ACTIVITIES)
    assert [child_slug(child) for child in runbook.children] == ["nav-journals", "document-ingest"]


def test_handlers_go_by_the_name_they_answer_to(module: str) -> None:
    _, runbook = runbook_in(module, activities=ACTIVITIES)
    assert [(h.kind, h.name) for h in runbook.handlers] == [
        ("signal", "document_submitted"),
        ("signal", "closed"),
    ]
    assert runbook.signal("closed") is not None
    assert runbook.signal("on_closed") is None


def test_the_context_is_what_run_is_annotated_with(module: str) -> None:
    _, runbook = runbook_in(module, activities=ACTIVITIES)
    assert runbook.context is not None
    _, annotation = runbook.context
    assert getattr(annotation, "name", None) == "Context"


def test_a_class_that_cannot_be_followed_is_read_as_far_as_it_goes() -> None:
    _, runbook = runbook_in(
        "from ntro.workflow import runbook\n@runbook.defn\nclass NavWorkflow(made()):\n    x = 1\n"
    )
    assert (runbook.runs, runbook.steps, runbook.gates) == ((), (), ())
