"""A scenario's schedule: what happens first, in which order, on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import REJECT_ALL, RunResult, Scenario, StandIn
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
APPROVED = SignalArrives("user_action", {"type": "approved"})
REJECTED = SignalArrives("user_action", {"type": "rejected"})
PARALLEL: dict[str, Any] = {
    "members": """
    def __init__(self):
        super().__init__()
        self.seen = []

    @runbook.signal
    def note(self, word: str) -> None:
        self.seen.append(word)

    async def _do(self, activity):
        await do(activity)
        self.seen.append(activity.__name__)
    """,
    "activities": "@activity.defn\nasync def one() -> None: ...\n\n"
    "@activity.defn\nasync def two() -> None: ...\n",
    "run": "await asyncio.gather(self._do(one), self._do(two))\nreturn self.seen",
}


@pytest.fixture(params=["local", "sdk"])
def backend(request: pytest.FixtureRequest) -> str:
    if request.param == "sdk":
        pytest.importorskip("temporalio", reason="the backend `sdk` is its engine")
    return str(request.param)


def scheduled(
    bundle: Path, schedule: Sequence[Happening], backend: str = "local", **options: Any
) -> RunResult:
    return run(bundle, Scenario("scheduled", schedule=schedule), backend=backend, **options)


def test_activities_complete_in_the_order_of_the_schedule(
    bundle: BundleFactory, backend: str
) -> None:
    directory = bundle(**PARALLEL)
    assert scheduled(directory, [], backend).result == ["one", "two"]
    assert scheduled(directory, [ActivityCompletes("two")], backend).result == ["two", "one"]


def test_a_signal_arrives_before_or_between_activities(bundle: BundleFactory, backend: str) -> None:
    directory = bundle(**PARALLEL)
    early = [SignalArrives("note", "early")]
    between = [ActivityCompletes("two"), SignalArrives("note", "between")]
    assert scheduled(directory, early, backend).result == ["early", "one", "two"]
    assert scheduled(directory, between, backend).result == ["two", "between", "one"]


def test_of_activities_with_one_name_the_place_says_which(bundle: BundleFactory) -> None:
    directory = bundle(
        activities="@activity.defn\nasync def one(number: int) -> int: ...\n",
        run="ended = []\nasync def go(number):\n    ended.append(await do(one, number))\n"
        "await asyncio.gather(go(1), go(2), go(3))\nreturn ended",
    )
    mocks = {"one": lambda number: number}
    result = scheduled(directory, [ActivityCompletes("one", place=2)], mocks=mocks)
    assert result.result == [3, 1, 2]


def test_what_cannot_happen_yet_waits_while_the_usual_order_goes_on(backend: str) -> None:
    result = scheduled(PETTY_CASH, [ActivityCompletes("petty_cash.post_slip")], backend)
    assert result.result.status == "posted"
    assert result.trace.warnings == []


def test_what_never_could_happen_is_told(bundle: BundleFactory) -> None:
    result = scheduled(bundle(**PARALLEL), [ActivityCompletes("three")])
    [warning] = result.trace.warnings
    assert "`scheduled` schedules ActivityCompletes(activity='three', place=0)" in warning


def test_a_timer_fires_though_the_person_could_act(backend: str) -> None:
    result = scheduled(PETTY_CASH, [TimerFires()], backend)
    assert (result.status, result.gates[0].verdict) == ("failed", "timeout")


def test_the_person_acts_before_an_activity_is_answered(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=PARALLEL["activities"],
        run="task = asyncio.create_task(do(one))\nanswer = await self.wait_for_action()\n"
        "late = not task.done()\nawait task\nreturn late",
    )
    assert scheduled(directory, []).result is False
    assert scheduled(directory, [AgentAnswers()]).result is True


def test_a_stand_in_ends_before_an_activity_is_answered(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=PARALLEL["activities"],
        run="task = asyncio.create_task(do(one))\n"
        "await self.run_child_workflow(slug='counter', input={})\n"
        "late = not task.done()\nawait task\nreturn late",
    )
    child = StandIn("counter", happy={"n": 1})
    assert scheduled(directory, [], children=[child]).result is False
    assert scheduled(directory, [StandInEnds()], children=[child]).result is True


@pytest.mark.parametrize(
    ("answer", "verdict", "status"),
    [(APPROVED, "approved", "posted"), (REJECTED, "rejected", "rejected")],
)
def test_an_answer_at_an_open_review_is_its_decision(
    answer: SignalArrives, verdict: str, status: str, backend: str
) -> None:
    schedule = [AgentAnswers(), ActivityCompletes("petty_cash.read_slip"), answer]
    result = scheduled(PETTY_CASH, schedule, backend)
    review = result.gates[-1]
    assert (review.verdict, review.decision) == (verdict, answer.payload)
    assert result.result.status == status


def test_an_answer_that_comes_too_early_decides_nothing() -> None:
    early = Scenario("early", approve_reviews=False, schedule=[APPROVED])
    result = run(PETTY_CASH, early)
    assert result.gates[-1].verdict == "rejected"
    assert result.result.status == run(PETTY_CASH, REJECT_ALL).result.status == "rejected"


def test_an_answer_that_is_scripted_for_a_step_is_its_decision_too(backend: str) -> None:
    scripted = Scenario("scripted", signals={"review": [("user_action", REJECTED.payload)]})
    result = run(PETTY_CASH, scripted, backend=backend)
    assert (result.gates[-1].verdict, result.result.status) == ("rejected", "rejected")


def test_a_row_action_is_no_decision() -> None:
    row = SignalArrives("user_action", {"kind": "row_action", "type": "rejected"})
    schedule = [AgentAnswers(), ActivityCompletes("petty_cash.read_slip"), row]
    assert scheduled(PETTY_CASH, schedule).gates[-1].verdict == "approved"


def test_a_signal_reaches_a_child_by_what_follows_the_roots_id(bundle: BundleFactory) -> None:
    bundle("child", **{**PARALLEL, "run": "await do(one)\nreturn self.seen"})
    parent = bundle(
        run="return await self.run_child_workflow(slug='child', input=None, step_id='go')"
    )
    schedule = [SignalArrives("note", "early", workflow="go:child")]
    result = scheduled(parent, schedule, children=[parent.parent / "child"])
    assert result.result == ["early"]
    assert result.trace.warnings == []
