"""What could happen next, the engine's own choice first; runs that stop where a schedule ends."""

from __future__ import annotations

import gc
import warnings

import pytest

from ntro_testkit import HAPPY, StandIn, WorkflowHarness
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.explore.possible import Played, play
from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    Happening,
    SignalArrives,
    StandInEnds,
    TimerFires,
)
from tests.bundles import ROOT, run
from tests.conftest import BundleFactory

PETTY_CASH = ROOT / "fixtures/runbooks/petty-cash"

BUSY = {
    "run": """
    calls = [do(read, name) for name in ("a", "b")]
    child = self.run_child_workflow(slug="child", input=None, step_id="child")
    gate = self.wait_for_action(payload={})
    return await asyncio.gather(*calls, child, asyncio.sleep(60), gate)
    """,
    "activities": "@activity.defn\nasync def read(name: str) -> str: ...\n",
}


@pytest.fixture
def petty_cash() -> Experiment:
    return Experiment(WorkflowHarness(PETTY_CASH), [])


def follow(experiment: Experiment) -> list[Happening]:
    """Always let the first thing happen, as the engine does."""
    schedule: list[Happening] = []
    while not (played := play(experiment, HAPPY, schedule)).over:
        schedule.append(played.possible[0])
    return schedule


def test_everything_that_could_happen_is_listed(bundle: BundleFactory) -> None:
    harness = WorkflowHarness(bundle(**BUSY), child_workflows=[StandIn("child", happy=1)])
    poke = SignalArrives("user_action", {"type": "approved"})
    played = play(Experiment(harness, []), HAPPY, [], signals=[poke])
    assert played.possible == (
        ActivityCompletes("read"),
        ActivityCompletes("read", 1),
        AgentAnswers(),
        StandInEnds(),
        TimerFires(),
        poke,
    )


def test_the_first_is_what_the_engine_does_by_itself(petty_cash: Experiment) -> None:
    usual = petty_cash.run(HAPPY)
    played = play(petty_cash, HAPPY, follow(petty_cash))
    assert played.over
    assert played.run.result == usual.result
    assert [c.kind for c in played.run.trace.commands] == [c.kind for c in usual.trace.commands]
    assert [event.kind for event in played.run.events] == [event.kind for event in usual.events]


def test_asking_what_is_possible_changes_nothing(bundle: BundleFactory) -> None:
    directory = bundle(**BUSY)
    children = [StandIn("child", happy=1)]
    with WorkflowHarness(directory, child_workflows=children) as harness:
        experiment = Experiment(harness, [])
        asked = play(experiment, HAPPY, follow(experiment)).run
    assert asked.result == run(directory, children=children).result
    assert asked.status == "completed"


def test_a_run_stops_where_its_schedule_ends(petty_cash: Experiment) -> None:
    played = play(petty_cash, HAPPY, [AgentAnswers()])
    assert played.happened == (AgentAnswers(),)
    assert played.possible == (ActivityCompletes("petty_cash.read_slip"),)
    assert played.run.error == "stopped before its end"
    assert not played.over


def test_a_schedule_stops_at_what_cannot_happen(petty_cash: Experiment) -> None:
    never = ActivityCompletes("petty_cash.post_slip")
    played = play(petty_cash, HAPPY, [AgentAnswers(), never, AgentAnswers()])
    assert played.happened == (AgentAnswers(),)


def test_a_stuck_run_has_nothing_possible(bundle: BundleFactory) -> None:
    directory = bundle(run="await runbook.wait_condition(lambda: False)")
    played: Played = play(Experiment(WorkflowHarness(directory), []), HAPPY, [])
    assert played.over
    assert "waits for" in str(played.run.error)


def test_stopping_leaves_nothing_behind(bundle: BundleFactory) -> None:
    directory = bundle(**BUSY)
    harness = WorkflowHarness(directory, child_workflows=[StandIn("child", happy=1)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        play(Experiment(harness, []), HAPPY, [ActivityCompletes("read")])
        gc.collect()


@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_a_schedule_means_the_same_on_both_backends(backend: str) -> None:
    if backend == "sdk":
        pytest.importorskip("temporalio", reason="the backend sdk needs temporalio")
    experiment = Experiment(WorkflowHarness(PETTY_CASH, backend=backend), [])
    played = play(experiment, HAPPY, [AgentAnswers()])
    assert played.possible == (ActivityCompletes("petty_cash.read_slip"),)
