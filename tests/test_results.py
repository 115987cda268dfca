"""What a run leaves behind: every field of a result, and coverage."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, RunResult, StandIn, StepEvent, WorkflowHarness
from ntro_testkit.trace import Trace
from tests.bundles import ROOT, line_of, run
from tests.conftest import BundleFactory

QUERIES = {
    "current_ui_state",
    "current_steps",
    "current_pending_action",
    "step_snapshots",
    "children_by_step_id",
}


@pytest.fixture
def sample(bundle: BundleFactory) -> Path:
    return bundle(
        activities="""
        @activity.defn(name="demo.read")
        async def read(ref: str) -> dict[str, int]: ...
        @activity.defn(name="demo.post")
        async def post(rows: dict[str, int]) -> str: ...
        """,
        members="""
        def __init__(self):
            super().__init__()
            self.seen = []

        @runbook.signal
        def document_submitted(self, event: dict) -> None:
            self.seen.append(event)

        @runbook.signal
        def never_sent(self, event: dict) -> None: ...

        @runbook.step(name="upload", title="Upload")
        async def _upload(self):
            await self.await_signal_with_action(
                predicate=lambda: bool(self.seen),
                action=asks_for("document_submitted", runbook.info().workflow_id),
                timeout=timedelta(hours=24),
            )
            await asyncio.sleep(90)
            return await do(read, self.seen[0]["document_ref"])

        @runbook.step(name="review", title="Review")
        async def _review(self, rows):
            return await self.wait_for_action(payload={"rows": rows})  # review

        @runbook.step(name="post", title="Post")
        async def _post(self, rows):
            return await do(post, rows)

        @runbook.step(name="ledger", title="Ledger")
        async def _ledger(self):
            return await self.run_child_workflow(slug="ledger", input={"n": 1})
        """,
        run="""
        rows = await self._upload()
        if (await self._review(rows))["type"] == "rejected":
            return "rejected"
        await self._post(rows)
        return await self._ledger()
        """,
    )


def happy(sample: Path) -> RunResult:
    result = run(sample, HAPPY, children=[StandIn("ledger", happy="posted")])
    assert result.status == "completed", result.error
    return result


def test_a_result_has_the_fields_of_ntro_testing(sample: Path) -> None:
    result = happy(sample)
    assert (result.scenario, result.status, result.error) == ("happy", "completed", None)
    assert result.result == "posted"
    assert isinstance(result.workflow_id, str)
    assert 0 < result.duration_s < 10
    assert all(isinstance(event, StepEvent) for event in result.events)
    assert isinstance(result.summary(), str)


def test_events_tell_the_run_in_order_with_virtual_times(sample: Path) -> None:
    result = happy(sample)
    assert [event.kind for event in result.events] == ["submit_file", "review", "done"]
    assert [event.timestamp_s for event in result.events] == [0, 90, 90]


def test_steps_are_listed_in_order(sample: Path) -> None:
    result = happy(sample)
    assert result.steps_entered == ["upload", "review", "post", "ledger"]
    assert result.steps_completed == ["upload", "review", "post", "ledger"]
    assert run(sample, REJECT_ALL).steps_completed == ["upload", "review"]


def test_activities_are_listed_with_arguments_step_and_result(sample: Path) -> None:
    result = happy(sample)
    read, post = result.activities
    assert (read.name, read.step, read.at_s) == ("demo.read", "upload", 90)
    assert read.args == [result.signals[0].payload["document_ref"]]
    assert post.args == [read.result]
    assert post.workflow_id == result.workflow_id


def test_activities_in_several_workflows_are_all_listed(bundle: BundleFactory) -> None:
    child = bundle(
        "child",
        activities="@activity.defn(name='child.one')\nasync def one() -> int: ...\n",
        run="return await do(one)",
    )
    parent = bundle("parent", run="return await self.run_child_workflow(slug='child', input=None)")
    result = run(parent, children=[child])
    assert [call.name for call in result.activities] == ["child.one"]
    assert result.activities[0].workflow_id == result.children[0].workflow_id
    assert result.called("child.one") == result.activities


def test_signals_are_listed_in_order(sample: Path) -> None:
    result = happy(sample)
    assert [(sent.name, sent.at_s) for sent in result.signals] == [
        ("document_submitted", 0),
        ("user_action", 90),
    ]


def test_gates_are_listed_with_payload_and_decision(sample: Path) -> None:
    upload, review = happy(sample).gates
    assert (upload.kind, upload.step, upload.verdict) == ("submit_file", "upload", "submitted")
    assert (review.kind, review.step, review.verdict) == (
        "interactive_review",
        "review",
        "approved",
    )
    assert review.payload == {"rows": {}} or "rows" in review.payload
    assert review.decision["type"] == "approved"
    assert (review.opened_s, review.closed_s) == (90, 90)
    assert review.line
    assert review.line.line == line_of(sample, "# review")


def test_timers_are_listed_with_what_became_of_them(sample: Path) -> None:
    timers = happy(sample).timers
    assert [(t.seconds, t.outcome) for t in timers] == [(86_400, "cancelled"), (90, "fired")]


def test_children_are_listed_with_input_and_result(sample: Path) -> None:
    [child] = happy(sample).children
    assert (child.slug, child.step, child.status) == ("ledger", "ledger", "completed")
    assert (child.input, child.result, child.stand_in) == ({"n": 1}, "posted", True)


def test_snapshots_hold_the_five_queries_at_every_quiescence(sample: Path) -> None:
    snapshots = happy(sample).snapshots
    assert all(set(snapshot.answers()) == QUERIES for snapshot in snapshots)
    kinds = [(s["current_pending_action"] or {}).get("kind") for s in snapshots]
    assert "submit_file" in kinds
    assert "interactive_review" in kinds
    statuses = [step["status"] for step in snapshots[-1]["current_steps"]]
    assert statuses == ["completed"] * 4


def test_a_query_that_raises_is_noted_not_fatal(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await asyncio.sleep(1)",
        members="@runbook.query\ndef broken(self) -> int:\n    raise KeyError('x')\n",
    )
    result = run(directory)
    assert result.status == "completed"
    assert "KeyError" in result.snapshots[0].problems["broken"]


def test_a_query_without_json_form_is_noted(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await asyncio.sleep(1)",
        members="@runbook.query\ndef broken(self) -> Any:\n    return object()\n",
    )
    [problem] = {s.problems["broken"] for s in run(directory).snapshots}
    assert "JSON" in problem


def test_the_virtual_duration_is_that_of_the_run(sample: Path) -> None:
    assert happy(sample).virtual_duration_s == 90


def test_coverage_says_what_was_reached_and_what_was_missed(sample: Path) -> None:
    children = [StandIn("ledger", happy="posted")]
    approved = run(sample, HAPPY, children=children).coverage
    rejected = run(sample, REJECT_ALL, children=children).coverage
    assert approved.missed("step") == ()
    assert set(rejected.missed("step")) == {"post", "ledger"}
    assert set(rejected.missed("activity")) == {"demo.post"}
    assert "never_sent" in approved.missed("signal")
    assert "document_submitted" in approved.reached("signal")
    assert len(approved.missed("decision")) == 1
    assert approved.reached("child") == ("ledger",)
    assert rejected.missed("child") == ("ledger",), "registered, and not started"
    assert approved.merged(rejected).missed("decision") == ()


def test_a_failure_in_a_scenario_that_provoked_it_passes(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        if (await self.wait_for_action(payload={}))["type"] == "rejected":
            raise WorkflowError("rejected")
        """
    )
    assert run(directory, REJECT_ALL).passed
    assert run(directory, HAPPY).passed


def test_a_failure_nobody_provoked_does_not_pass(bundle: BundleFactory) -> None:
    assert not run(bundle(run="raise WorkflowError('no')"), HAPPY).passed


@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_what_a_run_told_goes_with_its_result(backend: str) -> None:
    if backend == "sdk":
        pytest.importorskip("temporalio")

    def traces() -> int:
        return sum(isinstance(each, Trace) for each in gc.get_objects())

    with WorkflowHarness(ROOT / "fixtures" / "runbooks" / "petty-cash", backend=backend) as harness:
        gc.collect()
        before = traces()
        gc.disable()
        try:
            result = harness.run_sync()
            assert result.status == "completed"
            assert traces() == before + 1
            del result
            assert traces() == before
        finally:
            gc.enable()
