"""A gate counts as unseen when an earlier answer has opened it before anybody could look."""

from __future__ import annotations

from typing import Any

import pytest

from ntro_testkit import HAPPY, RunResult, Scenario
from ntro_testkit.checks.decisions.unseen_gates import unseen_gates
from ntro_testkit.schedule import ActivityCompletes, AgentAnswers, SignalArrives
from tests.bundles import run
from tests.conftest import BundleFactory

APPROVAL = SignalArrives("user_action", {"type": "approved"})

TWO_GATES = """
await do(read_rows)
await self.wait_for_action(payload={"page": 1})
await do(read_rows)
await self.wait_for_action(payload={"page": 2})
"""

READ = "@activity.defn\nasync def read_rows() -> list[str]: ...\n"

GUARDED = """
@runbook.signal
def user_action(self, action: dict[str, Any]) -> None:
    if self._pending_action is not None:
        super().user_action(action)
"""


def pages(result: RunResult) -> list[int]:
    return [gate.payload["page"] for gate in unseen_gates(result)]


def scheduled(*schedule: Any) -> Scenario:
    return Scenario("scheduled", schedule=schedule)


@pytest.mark.parametrize("backend", ["local", "sdk"])
@pytest.mark.parametrize(
    ("schedule", "unseen"),
    [
        ((), []),
        ((APPROVAL,), [1]),
        ((ActivityCompletes("read_rows"), APPROVAL), []),
        ((ActivityCompletes("read_rows"), AgentAnswers(), APPROVAL), [2]),
        ((APPROVAL, ActivityCompletes("read_rows"), APPROVAL), [1, 2]),
    ],
    ids=["usual", "before", "while open", "between", "twice"],
)
def test_only_answers_from_before_open_a_gate_unseen(
    bundle: BundleFactory, backend: str, schedule: tuple[Any, ...], unseen: list[int]
) -> None:
    if backend == "sdk":
        pytest.importorskip("temporalio", reason="the backend sdk needs temporalio")
    directory = bundle(run=TWO_GATES, activities=READ)
    assert pages(run(directory, scheduled(*schedule), backend=backend)) == unseen


def test_a_guarded_gate_is_always_seen(bundle: BundleFactory) -> None:
    directory = bundle(run=TWO_GATES, activities=READ, members=GUARDED)
    assert pages(run(directory, scheduled(APPROVAL))) == []


def test_a_gate_at_which_a_run_fails_is_not_called_unseen(bundle: BundleFactory) -> None:
    fails = """
    async def fail():
        raise WorkflowError("no")

    async with asyncio.TaskGroup() as group:
        group.create_task(self.wait_for_action(payload={"page": 1}))
        group.create_task(fail())
    """
    result = run(bundle(run=fails), HAPPY)
    assert result.status != "completed"
    assert unseen_gates(result) == []


RACE = """
async def review():
    await self.wait_for_action(payload={"page": 1})

await do(read_rows)
async with asyncio.TaskGroup() as group:
    gate = group.create_task(review())
    await runbook.wait_condition(lambda: True)
    gate.cancel()
"""


@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_a_gate_that_is_given_up_at_once_took_no_answer(
    bundle: BundleFactory, backend: str
) -> None:
    """Though there had been one: it was dropped."""
    if backend == "sdk":
        pytest.importorskip("temporalio", reason="the backend sdk needs temporalio")
    directory = bundle(run=RACE, activities=READ, members=GUARDED)
    result = run(directory, scheduled(APPROVAL), backend=backend)
    assert [(gate.seen, gate.given_up) for gate in result.gates] == [(False, True)]
    assert pages(result) == []


OWN_QUEUE = """
answers: list[Any] = []

@runbook.signal
def user_action(self, action: dict[str, Any]) -> None:
    self.answers = [*self.answers, action]

async def answer(self) -> Any:
    await self.await_signal_with_action(
        predicate=lambda: bool(self.answers),
        action={"kind": "interactive_review", "payload": {"page": 1}},
    )
    return self.answers[0]
"""


def test_an_answer_that_the_workflow_keeps_itself_opens_a_gate_as_well(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        run="await do(read_rows)\nreturn await self.answer()", activities=READ, members=OWN_QUEUE
    )
    assert pages(run(directory)) == []
    assert pages(run(directory, scheduled(APPROVAL))) == [1]


ROWS = """
await do(read_rows)
await self.wait_for_action(payload={"page": 1})
gate = asyncio.create_task(self.wait_for_action(payload={"page": 2}))
await asyncio.sleep(0)
self._received_user_action = {}
await gate
"""


def test_what_the_workflow_answers_itself_is_no_answer_from_before(bundle: BundleFactory) -> None:
    row = SignalArrives("user_action", {"kind": "row_action"})
    result = run(bundle(run=ROWS, activities=READ), scheduled(row))
    assert [(gate.payload["page"], gate.verdict) for gate in result.gates] == [
        (1, "approved"),
        (2, None),
    ]
    assert pages(result) == []
