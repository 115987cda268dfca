"""Children: ids, order, stand-ins, and what Temporal refuses."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from ntro.workflow import WorkflowError

from ntro_testkit import (
    HAPPY,
    REJECT_ALL,
    BundleError,
    Scenario,
    StandIn,
    WorkflowHarness,
    load_runbook,
)
from tests.bundles import run
from tests.conftest import BundleFactory

ONE_CALL = "return await self.run_child_workflow(slug='child', input={'n': 1})"
ECHO: dict[str, Any] = {"takes": "ctx: dict[str, Any]", "run": "return ctx"}


def test_several_inputs_of_run_child_workflows_fail_as_on_temporal(bundle: BundleFactory) -> None:
    """D43: every child gets the same id."""
    parent = bundle(
        "parent", run="return await self.run_child_workflows(slug='child', inputs=[{}, {}])"
    )
    child = bundle("child", takes="ctx: dict[str, Any]", run="await asyncio.sleep(60)")
    result = run(parent, children=[child])
    assert result.status == "failed"
    assert "already started" in (result.error or "")


def test_several_inputs_fail_with_stand_ins_too(bundle: BundleFactory) -> None:
    parent = bundle(
        "parent", run="return await self.run_child_workflows(slug='child', inputs=[{}, {}])"
    )
    result = run(parent, children=[StandIn("child", happy=1)])
    assert result.status == "failed"
    assert "already started" in (result.error or "")


def test_children_gathered_in_one_step_fail_as_on_temporal(bundle: BundleFactory) -> None:
    parent = bundle(
        "parent",
        run="""
        await asyncio.gather(
            *(self.run_child_workflow(slug="child", input={}) for _ in range(2))
        )
        """,
    )
    result = run(parent, children=[bundle("child", **ECHO)])
    assert result.status == "failed"
    assert "already started" in (result.error or "")


@pytest.mark.parametrize(
    "body",
    [
        "return await self.run_child_workflows(slug='child', inputs=[{'n': 1}])",
        "return [await self.run_child_workflow(slug='child', input={'n': n}) for n in (1, 2)][:1]",
        "return (await asyncio.gather(*(self.run_child_workflow(slug='child', input={'n': n},"
        " step_id=f's{n}') for n in (1, 2))))[:1]",
    ],
    ids=["one input", "one after the other", "a step each"],
)
def test_children_with_free_ids_work(bundle: BundleFactory, body: str) -> None:
    result = run(bundle("parent", run=body), children=[bundle("child", **ECHO)])
    assert result.status == "completed", result.error
    assert result.result == [{"n": 1}]


def test_a_root_workflow_id_is_a_uuid_and_a_childs_is_built_on_it(bundle: BundleFactory) -> None:
    """D16: bundles take `UUID(workflow_id.split(":")[0])`."""
    parent = bundle("parent", run=ONE_CALL)
    child = bundle("child", takes="ctx: dict[str, Any]", run="return runbook.info().workflow_id")
    result = run(parent, children=[child])
    assert str(uuid.UUID(result.workflow_id)) == result.workflow_id
    assert result.result == f"{result.workflow_id}:child:child"


def test_the_same_run_has_the_same_ids_every_time(bundle: BundleFactory) -> None:
    parent, child = bundle("parent", run=ONE_CALL), bundle("child", **ECHO)
    first, second = run(parent, children=[child]), run(parent, children=[child])
    assert first.workflow_id == second.workflow_id
    assert [c.workflow_id for c in first.children] == [c.workflow_id for c in second.children]


def test_a_child_knows_its_own_run(bundle: BundleFactory) -> None:
    parent = bundle(
        "parent",
        run="""
        await self.run_child_workflow(slug="child", input={})
        return self.children_by_step_id()
        """,
    )
    result = run(parent, children=[bundle("child", **ECHO)])
    [child] = result.result["child"]
    assert child["status"] == "completed"
    assert child["run_id"]
    assert child["workflow_id"] == result.children[0].workflow_id


def test_a_child_may_be_a_path_a_class_or_a_stand_in(bundle: BundleFactory) -> None:
    parent, child = bundle("parent", run=ONE_CALL), bundle("child", **ECHO)
    for given in (child, str(child), load_runbook(child)[0], StandIn("child", happy={"n": 1})):
        assert run(parent, children=[given]).result == {"n": 1}


def test_a_child_path_that_is_no_bundle_is_an_error_at_once(bundle: BundleFactory) -> None:
    with pytest.raises(BundleError, match="no such directory"):
        WorkflowHarness(bundle(run=ONE_CALL), child_workflows=["/nowhere/child"])


def test_a_childs_activities_can_be_mocked_by_the_parents_harness(bundle: BundleFactory) -> None:
    child = bundle(
        "child",
        takes="ctx: dict[str, Any]",
        activities="@activity.defn(name='child.work')\nasync def work() -> int: ...\n",
        run="return await do(work)",
    )
    result = run(bundle("parent", run=ONE_CALL), children=[child], mocks={"child.work": 41})
    assert result.result == 41


def test_children_are_a_tree_in_the_result(bundle: BundleFactory) -> None:
    top = bundle("top", run="return await self.run_child_workflow(slug='parent', input={'n': 1})")
    parent = bundle("parent", takes="ctx: dict[str, Any]", run=ONE_CALL)
    result = run(top, children=[parent, bundle("child", **ECHO)])
    [middle] = result.children
    [leaf] = middle.children
    assert [(c.slug, c.status, c.stand_in) for c in (middle, leaf)] == [
        ("parent", "completed", False),
        ("child", "completed", False),
    ]
    assert leaf.parent_id == middle.workflow_id
    assert leaf.result == {"n": 1}


# -- stand-ins ---------------------------------------------------------------------------

TYPED = "class Report(BaseModel):\n    total: int\n"


@pytest.mark.parametrize(
    "happy, expected",
    [
        ({"n": 5}, {"n": 5}),
        (None, None),
        ([1], [1]),
        (lambda data: {"twice": data["n"] * 2}, {"twice": 2}),
    ],
    ids=["a value", "None", "a list", "a callable of the input"],
)
def test_a_stand_in_answers(bundle: BundleFactory, happy: Any, expected: Any) -> None:
    result = run(bundle("parent", run=ONE_CALL), children=[StandIn("child", happy=happy)])
    assert (result.status, result.result) == ("completed", expected)
    assert result.children[0].stand_in


def test_a_stand_in_answers_with_a_model(bundle: BundleFactory) -> None:
    from pydantic import BaseModel

    class Report(BaseModel):
        total: int

    result = run(bundle(run=ONE_CALL), children=[StandIn("child", happy=Report(total=7))])
    assert result.result == {"total": 7}


def refuse(_data: Any) -> None:
    raise WorkflowError("no", type="Closed")


@pytest.mark.parametrize(
    "failure", [WorkflowError("no", type="Closed"), refuse], ids=["an instance", "a callable"]
)
def test_a_stand_in_fails_with_a_workflow_error(bundle: BundleFactory, failure: Any) -> None:
    parent = bundle(
        "parent",
        run=f"""
        try:
            {ONE_CALL}
        except Exception as error:
            return [type(error).__name__, type(error.cause).__name__, error.cause.type]
        """,
    )
    result = run(parent, children=[StandIn("child", happy=failure)])
    assert result.result == ["ChildWorkflowError", "ApplicationError", "Closed"]


def test_a_stand_in_rejects_when_the_scenario_does(bundle: BundleFactory) -> None:
    stand_in = StandIn("child", happy="ok", reject="rejected")
    parent = bundle("parent", run=ONE_CALL)
    assert run(parent, HAPPY, children=[stand_in]).result == "ok"
    assert run(parent, REJECT_ALL, children=[stand_in]).result == "rejected"


def test_a_stand_in_that_fails_on_rejection_fails_the_parent(bundle: BundleFactory) -> None:
    stand_in = StandIn("child", happy="ok", reject=WorkflowError("rejected by reviewer"))
    result = run(bundle("parent", run=ONE_CALL), REJECT_ALL, children=[stand_in])
    assert result.status == "failed"
    assert "rejected by reviewer" in (result.error or "")


def test_a_stand_in_without_a_rejection_answers_as_when_happy(bundle: BundleFactory) -> None:
    assert run(bundle(run=ONE_CALL), REJECT_ALL, children=[StandIn("child", happy=3)]).result == 3


def test_a_stand_in_can_be_overridden_by_its_slug(bundle: BundleFactory) -> None:
    stand_in = StandIn("child", happy="ok", reject="rejected")
    scenario = Scenario("one_no", review_overrides={"child": "rejected"})
    assert run(bundle(run=ONE_CALL), scenario, children=[stand_in]).result == "rejected"


def test_a_stand_in_with_a_declared_type_is_faked(bundle: BundleFactory) -> None:
    result = run(bundle(run=ONE_CALL), children=[StandIn("child", result_type=dict[str, int])])
    assert result.status == "completed", result.error
    assert isinstance(result.result, dict)


def test_a_stand_in_with_nothing_said_says_what_to_write(bundle: BundleFactory) -> None:
    with pytest.raises(ValueError, match=r"StandIn\('child', happy=") as caught:
        run(bundle(run=ONE_CALL), children=[StandIn("child")])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "scenario, expected", [(HAPPY, ["real", "ok"]), (REJECT_ALL, ["no", "no"])]
)
def test_a_parent_mixes_a_real_child_and_a_stand_in(
    bundle: BundleFactory, scenario: Scenario, expected: list[str]
) -> None:
    parent = bundle(
        "parent",
        run="return [await self.run_child_workflow(slug=s, input={}) for s in ('real', 'played')]",
    )
    real = bundle(
        "real",
        takes="ctx: dict[str, Any]",
        run="answer = await self.wait_for_action(payload={})\n"
        "return 'real' if answer['type'] == 'approved' else 'no'",
    )
    played = StandIn("played", happy="ok", reject="no")
    assert run(parent, scenario, children=[real, played]).result == expected
