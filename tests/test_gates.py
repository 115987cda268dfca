"""Every kind of pending action is answered: uploads, slots, reviews with checks, children."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import REJECT_ALL, Scenario, StandIn
from tests.bundles import run
from tests.conftest import BundleFactory

UPLOAD = """
def __init__(self):
    super().__init__()
    self.seen = []

@runbook.signal
def document_submitted(self, event: {event}) -> None:
    self.seen.append(event)

@runbook.step(name="upload", title="Upload")
async def _upload(self, **args):
    await self.await_signal_with_action(
        predicate=lambda: len(self.seen) >= {wanted},
        action=asks_for("document_submitted", runbook.info().workflow_id, **args),
        timeout=timedelta(hours=24),
    )
    return self.seen
"""


def upload(event: str = "dict", wanted: int = 1) -> str:
    return UPLOAD.format(event=event, wanted=wanted)


def test_a_submit_file_gate_gets_the_documented_payload(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        return await self._upload(source="bank", tenant_id_or_slug="t", entity_id_or_slug="e")
        """,
        members=upload(),
    )
    result = run(directory)
    [event] = result.result
    assert set(event) >= {"document_ref", "tenant_slug", "entity_slug", "source", "filename"}
    assert (event["source"], event["tenant_slug"], event["entity_slug"]) == ("bank", "t", "e")
    [gate] = result.gates
    assert (gate.kind, gate.step, gate.signal_name) == (
        "submit_file",
        "upload",
        "document_submitted",
    )
    assert gate.verdict == "submitted"


def test_extra_payloads_are_laid_over_the_default(bundle: BundleFactory) -> None:
    scenario = Scenario("x", extra_signal_payloads={"document_submitted": {"document_ref": "d-1"}})
    [event] = run(bundle(run="return await self._upload()", members=upload()), scenario).result
    assert event["document_ref"] == "d-1"
    assert "filename" in event


def test_a_gate_that_wants_several_uploads_gets_several(bundle: BundleFactory) -> None:
    result = run(bundle(run="return await self._upload()", members=upload(wanted=3)))
    assert len(result.result) == 3
    assert len({event["document_ref"] for event in result.result}) == 3


def test_an_upload_fits_the_handlers_model(bundle: BundleFactory) -> None:
    models = """
    class Submitted(BaseModel):
        document_ref: str
        pages: int = Field(gt=0)
    """
    directory = bundle(
        models=models,
        members=upload(event="Submitted"),
        run="return [e.pages > 0 for e in await self._upload()]",
    )
    assert run(directory).result == [True]


def test_an_upload_is_the_same_in_every_run(bundle: BundleFactory) -> None:
    directory = bundle(run="return await self._upload()", members=upload())
    assert run(directory).result == run(directory).result


# -- collect_documents (D17) -------------------------------------------------------------

COLLECT = """
return await self.collect_documents(
    expected=[{"source": s, "schema_slug": s} for s in ("bank", "rent", "tax")],
    inputs=[{"source": s} for s in ("bank", "rent", "tax")],
    runbook_slug="ingest",
)
"""
INGEST: dict[str, Any] = {
    "takes": "ctx: dict[str, Any]",
    "run": "[event] = await self._upload(source=ctx['source'])\nreturn event['source']",
    "members": upload(),
}


def test_every_slot_of_a_submit_files_gate_gets_its_own_upload(bundle: BundleFactory) -> None:
    result = run(bundle(run=COLLECT), children=[bundle("ingest", **INGEST)])
    assert result.status == "completed", result.error
    assert result.result == ["bank", "rent", "tax"]
    assert [child.status for child in result.children] == ["completed"] * 3
    assert [c.workflow_id.rpartition(":")[2] for c in result.children] == ["bank", "rent", "tax"]


def test_slots_of_children_that_review_afterwards_are_all_answered(bundle: BundleFactory) -> None:
    child = bundle(
        "ingest",
        takes="ctx: dict[str, Any]",
        run="await self._upload(source=ctx['source'])\n"
        "return (await self.wait_for_action(payload={}))['type']",
        members=upload(),
    )
    assert run(bundle(run=COLLECT), children=[child]).result == ["approved"] * 3
    assert run(bundle(run=COLLECT), REJECT_ALL, children=[child]).result == ["rejected"] * 3


def test_slots_played_by_a_stand_in_complete(bundle: BundleFactory) -> None:
    stand_in = StandIn("ingest", happy=lambda data: data["source"])
    result = run(bundle(run=COLLECT), children=[stand_in])
    assert result.result == ["bank", "rent", "tax"]
    assert {gate.kind for gate in result.gates} == {"submit_files"}


def test_a_child_that_never_asks_for_an_upload_still_completes_its_slot(
    bundle: BundleFactory,
) -> None:
    child = bundle("ingest", takes="ctx: dict[str, Any]", run="return ctx['source']")
    assert run(bundle(run=COLLECT), children=[child]).result == ["bank", "rent", "tax"]


# -- reviews with checks -----------------------------------------------------------------

CHECKS_NEED = "ntro.capabilities.checks imports temporalio"


def checks_spec(*ids: str) -> list[dict[str, Any]]:
    """Return specs with whatever fields the SDK asks for."""
    from ntro.capabilities.checks import QualityCheckSpec

    from ntro_testkit import generate_fake

    spec = generate_fake(QualityCheckSpec).model_dump(mode="json")
    return [{**spec, "id": one, "title": one.upper()} for one in ids]


def checked(bundle: BundleFactory, activities: str, *ids: str) -> Path:
    return bundle(
        activities=activities,
        run=f"""
        specs = {checks_spec(*ids)!r}
        return (await self.wait_for_action(payload={{}}, checks_spec=specs))["type"]
        """,
    )


def test_a_review_is_answered_after_its_checks_are_done(bundle: BundleFactory) -> None:
    pytest.importorskip("temporalio", reason=CHECKS_NEED)
    source = "from ntro.capabilities.checks import run_quality_check\n"
    result = run(checked(bundle, source, "a", "b"))
    assert (result.status, result.result) == ("completed", "approved"), result.error
    assert [call.name for call in result.activities] == ["run_quality_check"] * 2
    assert [call.result.id for call in result.activities] == ["a", "b"]
    assert {call.result.status for call in result.activities} <= {"pass", "skipped"}


def test_a_review_is_answered_although_its_checks_never_run(bundle: BundleFactory) -> None:
    """D46: checks are advisory; without the re-export they stay running, the gate still works."""
    pytest.importorskip("temporalio", reason=CHECKS_NEED)
    result = run(checked(bundle, "", "a"))
    assert (result.status, result.result) == ("completed", "approved"), result.error
    assert "run_quality_check" in result.summary()


# -- drill down --------------------------------------------------------------------------


def test_a_gate_three_levels_down_is_answered(bundle: BundleFactory) -> None:
    levels = [
        bundle("one", run="return await self.run_child_workflow(slug='two', input={})"),
        bundle(
            "two",
            takes="ctx: dict[str, Any]",
            run="return await self.run_child_workflow(slug='three', input={})",
        ),
        bundle(
            "three",
            takes="ctx: dict[str, Any]",
            run="return await self.run_child_workflow(slug='four', input={})",
        ),
        bundle(
            "four",
            takes="ctx: dict[str, Any]",
            run="await self._upload()\nreturn (await self.wait_for_action(payload={}))['type']",
            members=upload(),
        ),
    ]
    result = run(levels[0], children=levels[1:])
    assert (result.status, result.result) == ("completed", "approved"), result.error
    assert run(levels[0], REJECT_ALL, children=levels[1:]).result == "rejected"
    assert [gate.slug for gate in result.gates] == ["four", "four"]
    assert "drill_down" in [event.kind for event in result.events]


def test_gates_open_at_the_same_time_are_all_answered(bundle: BundleFactory) -> None:
    parent = bundle(
        "parent",
        run="""
        return await asyncio.gather(
            *(self.run_child_workflow(slug="child", input={}, step_id=f"s{n}") for n in range(3))
        )
        """,
    )
    child = bundle(
        "child",
        takes="ctx: dict[str, Any]",
        run="await self._upload()\nreturn (await self.wait_for_action(payload={}))['type']",
        members=upload(),
    )
    assert run(parent, children=[child]).result == ["approved"] * 3


# -- looking back (D40) ------------------------------------------------------------------

TASK = (
    "from ntro.workflow.task import load_previous_task_activity, find_committed_document_activity\n"
)


@pytest.mark.parametrize(
    "call, mock",
    [
        (
            "(await self.load_previous_task(workflow_slug='demo', entity_id='e')).output['nav']",
            {"load_previous_task": {"handle": {"task_id": "t", "output": {"nav": 5}}}},
        ),
        (
            "(await self.find_committed_document(workflow_slug='demo', entity_id='e', source='s'))"
            "['nav']",
            {"find_committed_document": {"payload": {"nav": 5}}},
        ),
    ],
    ids=["load_previous_task", "find_committed_document"],
)
def test_looking_back_answers_nothing_by_default_and_what_a_mock_says(
    bundle: BundleFactory, call: str, mock: dict[str, Any]
) -> None:
    pytest.importorskip("temporalio", reason="ntro.workflow.task imports temporalio")
    nothing = call.partition(").output")[0].partition(")['nav']")[0].removeprefix("(") + ")"
    first = bundle("first", activities=TASK, run=f"return {nothing.replace('))', ')')} is None")
    assert run(first).result is True
    again = bundle("again", activities=TASK, run=f"return {call}")
    assert run(again, mocks=mock).result == 5
