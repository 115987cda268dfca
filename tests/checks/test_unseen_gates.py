"""A gate counts as unseen when an earlier answer has opened it before anybody could look."""

from __future__ import annotations

from typing import Any

import pytest

from ntro_testkit import HAPPY, RunResult, Scenario
from ntro_testkit.checks.unseen_gates import unseen_gates
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
