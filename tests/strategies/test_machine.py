"""The machine of what can happen to a run: sound bundles pass, planted faults are told."""

from __future__ import annotations

import asyncio
import gc
import unittest
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("hypothesis", reason="the machine needs hypothesis")
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ntro_testkit import HAPPY, Scenario, StandIn, WorkflowHarness
from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    SignalArrives,
    StandInEnds,
    TimerFires,
)
from ntro_testkit.strategies import RunbookMachine
from ntro_testkit.strategies.standing import last_signal
from tests.bundles import pasted, run
from tests.conftest import BundleFactory
from tests.strategies.drawing import STABLE
from tests.test_fixtures import RUNBOOKS, children, skip_without_temporalio

FEW = settings(STABLE, max_examples=8, stateful_step_count=10, print_blob=False)
MANY = settings(STABLE, max_examples=40, stateful_step_count=10, print_blob=False)

READ_AND_POST = """
@activity.defn
async def read() -> str: ...

@activity.defn
async def post(what: str) -> str: ...
"""
REVIEWED = """
@runbook.step(name="review", title="Review")
async def review(self, slip):
    return await self.wait_for_action(payload={"slip": slip})
"""
MENDED = """
@runbook.signal
def user_action(self, action: dict[str, Any]) -> None:
    if self._pending_action is not None:
        super().user_action(action)
"""
REVIEW_AND_POST = """
slip = await do(activities.read)
answer = await self.review(slip)
if answer.get("kind") == "reject" or answer.get("type") == "rejected":
    return "rejected"
return await do(activities.post, slip)
"""


def petty_cash(bundle: BundleFactory, members: str, run: str = REVIEW_AND_POST) -> Path:
    return bundle("petty", activities=READ_AND_POST, members=members, run=run)


def failure_of(machine: type[RuleBasedStateMachine]) -> tuple[str, str]:
    """Return the message of the fault that a machine finds, and what is printed with it."""
    with pytest.raises(AssertionError) as failed:
        run_state_machine_as_test(machine, settings=MANY)
    return str(failed.value), "\n".join(failed.value.__notes__)


def scenario_in(printed: str) -> Scenario:
    """Return the scenario that was printed with a failure."""
    source = printed.partition("paste this into tests/scenarios.py:\n\n")[2]
    return pasted(source.partition("\nExplanation:")[0])


@pytest.mark.parametrize("slug", ["petty-cash", "document-collect", "facade-old"])
def test_a_sample_bundle_passes(slug: str) -> None:
    directory = RUNBOOKS / slug
    skip_without_temporalio(directory)
    machine = RunbookMachine(directory, child_workflows=children(directory))
    run_state_machine_as_test(machine, settings=FEW)


def test_a_bundle_that_takes_answers_only_at_its_gate_passes(bundle: BundleFactory) -> None:
    run_state_machine_as_test(RunbookMachine(petty_cash(bundle, REVIEWED + MENDED)), settings=FEW)


def test_an_answer_from_before_that_opens_a_gate_is_found_and_replays(
    bundle: BundleFactory,
) -> None:
    made = petty_cash(bundle, REVIEWED)
    message, printed = failure_of(RunbookMachine(made))
    assert message == "the gate `review` is opened by an answer from before"
    scenario = scenario_in(printed)
    assert [type(each) for each in scenario.schedule] == [SignalArrives]
    result = run(made, scenario)
    assert [gate.seen for gate in result.gates] == [False]


def test_an_exception_that_only_an_early_signal_brings_about_is_found_and_replays(
    bundle: BundleFactory,
) -> None:
    made = petty_cash(
        bundle,
        members="""
        @runbook.signal
        def note_added(self, note: str) -> None:
            self.slip["note"] = note
        """,
        run="""
        slip = await do(activities.read)
        self.slip = {"text": slip}
        return await do(activities.post, slip)
        """,
    )
    assert run(made).status == "completed"
    message, printed = failure_of(RunbookMachine(made))
    assert "AttributeError: 'PettyWorkflow' object has no attribute 'slip'" in message
    result = run(made, scenario_in(printed))
    assert (result.status, "'slip'" in str(result.error)) == ("task-failed", True)


def test_a_run_that_waits_for_ever_after_an_early_upload_is_found_and_replays(
    bundle: BundleFactory,
) -> None:
    made = petty_cash(
        bundle,
        members="""
        @runbook.signal
        def document_submitted(self, event: dict[str, Any]) -> None:
            self.arrived += self.listens
        """,
        run="""
        self.listens = self.arrived = 0
        await do(activities.read)
        self.listens = 1
        await runbook.wait_condition(lambda: self.arrived)
        """,
    )
    early = Scenario("early", signals={"start": [("document_submitted", {})]})
    message, printed = failure_of(RunbookMachine(made, scenario=early))
    assert message.startswith("the run waits for ever")
    assert run(made, scenario_in(printed)).status == "stuck"


def test_an_authors_own_invariant_is_shrunk_to_the_fewest_events(bundle: BundleFactory) -> None:
    made = bundle(
        "parallel",
        activities="""
        @activity.defn
        async def left() -> str: ...

        @activity.defn
        async def right() -> str: ...
        """,
        run="""
        async def noted(work):
            await do(work)
            order.append(work.__name__)

        order = []
        await asyncio.gather(noted(activities.left), noted(activities.right))
        return order
        """,
    )

    class Parallel(RunbookMachine(made)):  # type: ignore[misc]
        @invariant()
        def left_comes_first(self) -> None:
            assert self.finished.result in (None, ["left", "right"])

    _, printed = failure_of(Parallel)
    scenario = scenario_in(printed)
    assert scenario.schedule == [ActivityCompletes("right")]
    assert run(made, scenario).result == ["right", "left"]


def test_an_authors_rule_sees_the_run_its_gate_and_its_commands(bundle: BundleFactory) -> None:
    seen: list[Any] = []

    class Petty(RunbookMachine(petty_cash(bundle, REVIEWED + MENDED))):  # type: ignore[misc]
        @precondition(lambda self: self.gate is not None)
        @rule()
        def rejects(self) -> None:
            seen.append((self.gate.step, self.gate.payload, [c.name for c in self.commands]))
            self.happen(SignalArrives("user_action", {"kind": "reject"}))
            assert self.over
            assert self.run.result == "rejected"

    run_state_machine_as_test(Petty, settings=MANY)
    assert ("review", {"slip": "auto-mock"}, ["read"]) in seen


def test_every_kind_of_event_happens(bundle: BundleFactory) -> None:
    made = bundle(
        "busy",
        activities=READ_AND_POST,
        members=REVIEWED + MENDED,
        run="""
        slip = await do(activities.read)
        await self.run_child_workflow(slug="ingest", input=None, step_id="load")
        try:
            await asyncio.wait_for(self.review(slip), 60)
        except asyncio.TimeoutError:
            return "late"
        """,
    )
    kinds: set[Any] = set()

    class Busy(RunbookMachine(made, child_workflows=[StandIn("ingest", happy="done")])):  # type: ignore[misc]
        @invariant()
        def note_what_happens(self) -> None:
            kinds.update(map(type, self.schedule))

    run_state_machine_as_test(Busy, settings=MANY)
    assert kinds == {ActivityCompletes, AgentAnswers, SignalArrives, StandInEnds, TimerFires}


def test_a_signal_does_not_come_again_to_a_child_that_is_gone(bundle: BundleFactory) -> None:
    made = bundle(
        "boss",
        activities=READ_AND_POST,
        run="""
        await self.run_child_workflow(slug="petty", input=None, step_id="check")
        return await do(activities.read)
        """,
    )
    machine = RunbookMachine(made, child_workflows=[petty_cash(bundle, REVIEWED + MENDED)])()
    machine.happen(ActivityCompletes("read"))
    machine.happen(SignalArrives("user_action", {"kind": "approve"}, "check:petty"))
    assert last_signal(machine.run) is not None
    machine.happen(ActivityCompletes("post"))
    assert machine.run.signals
    assert last_signal(machine.run) is None


def unfinished_tasks() -> list[asyncio.Task[Any]]:
    """Return those of the whole process; runs of other tests may have had to abandon some."""
    gc.collect()
    tasks = [each for each in gc.get_objects() if isinstance(each, asyncio.Task)]
    return [task for task in tasks if not task.done()]


def test_it_runs_under_unittest_and_leaves_nothing_behind(bundle: BundleFactory) -> None:
    before = unfinished_tasks()
    machine = RunbookMachine(petty_cash(bundle, REVIEWED + MENDED))
    case = machine.TestCase
    case.settings = FEW
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    assert result.wasSuccessful()
    assert result.testsRun == 1
    assert [task for task in unfinished_tasks() if task not in before] == []


def test_what_cannot_happen_now_is_told(bundle: BundleFactory) -> None:
    machine = RunbookMachine(petty_cash(bundle, REVIEWED))()
    with pytest.raises(ValueError, match=r"StandInEnds\(\) cannot happen now; possible is: .*read"):
        machine.happen(StandInEnds())
    assert machine.schedule == ()


def test_options_beside_a_harness_are_refused(bundle: BundleFactory) -> None:
    harness = WorkflowHarness(petty_cash(bundle, REVIEWED))
    with pytest.raises(TypeError, match="the harness is made already: give it mocks"):
        RunbookMachine(harness, mocks={"read": "x"})


def test_the_machine_finishes_runs_as_its_scenario_says(bundle: BundleFactory) -> None:
    harness = WorkflowHarness(petty_cash(bundle, REVIEWED + MENDED))
    approves = RunbookMachine(harness, scenario=HAPPY)()
    rejects = RunbookMachine(harness, scenario=Scenario("no", approve_reviews=False))()
    assert (approves.finished.result, rejects.finished.result) == ("auto-mock", "rejected")
    assert approves.replay.name == "happy_reordered"
