"""Activities on temporalio's instance: failures, retries in virtual time, cancellation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ntro_testkit import RunResult, Scenario
from tests.bundles import run
from tests.conftest import BundleFactory

pytest.importorskip("temporalio", reason="the backend is temporalio's")

from temporalio.exceptions import ApplicationError

ONE = "@activity.defn(name='demo.one')\nasync def one() -> int: ...\n"
TOP = """
from temporalio import workflow
from temporalio.common import RetryPolicy
TRY, WAIT, ABANDON = (
    workflow.ActivityCancellationType.TRY_CANCEL,
    workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    workflow.ActivityCancellationType.ABANDON,
)
"""
MAY_FAIL = Scenario(name="may_fail", may_fail=True)

Runs = Callable[..., RunResult]


@pytest.fixture
def runs(bundle: BundleFactory) -> Runs:
    """Run a workflow body that calls `demo.one` on temporalio's instance."""

    def go(body: str, mock: Any = 7, **options: Any) -> RunResult:
        directory = bundle(activities=ONE, top=TOP, run=body)
        return run(directory, MAY_FAIL, backend="sdk", mocks={"demo.one": mock}, **options)

    return go


CALL = "return await runbook.execute_activity(one, start_to_close_timeout=MINUTE{more})"


def test_a_list_answers_one_attempt_each_and_waits_between_them_double(runs: Runs) -> None:
    result = runs(CALL.format(more=""), [ValueError("a"), ValueError("b"), 7])
    assert result.result == 7
    assert result.virtual_duration_s == 1 + 2
    [call] = result.activities
    assert call.closed_s == 3
    assert call.error is None


def test_a_policy_says_how_long_and_how_often(runs: Runs) -> None:
    more = (
        ", retry_policy=RetryPolicy(initial_interval=timedelta(seconds=10),"
        " backoff_coefficient=3, maximum_attempts=3)"
    )
    result = runs(CALL.format(more=more), [ValueError("a"), ValueError("b"), ValueError("c"), 7])
    assert result.status == "failed"
    assert "ApplicationError[ValueError]: c" in (result.error or "")
    assert result.virtual_duration_s == 10 + 30


@pytest.mark.parametrize(
    "error, more",
    [
        (ApplicationError("x", non_retryable=True), ""),
        (ValueError("x"), ", retry_policy=RetryPolicy(non_retryable_error_types=['ValueError'])"),
        (ValueError("x"), ", schedule_to_close_timeout=timedelta(milliseconds=500)"),
    ],
    ids=["non-retryable", "a final type", "no time for another attempt"],
)
def test_a_failure_no_policy_retries_is_final(runs: Runs, error: Exception, more: str) -> None:
    result = runs(CALL.format(more=more), [error, 7])
    assert result.status == "failed"
    assert result.virtual_duration_s == 0


def test_an_application_error_says_itself_when_to_try_again(runs: Runs) -> None:
    from datetime import timedelta

    result = runs(
        CALL.format(more=""), [ApplicationError("x", next_retry_delay=timedelta(hours=2)), 7]
    )
    assert (result.result, result.virtual_duration_s) == (7, 7200)


@pytest.mark.parametrize("mock", [ValueError("no"), [ValueError("no")]], ids=["one", "last"])
def test_a_failure_that_nothing_follows_is_final_as_on_the_local_backend(
    runs: Runs, mock: Any
) -> None:
    result = runs(CALL.format(more=""), mock)
    assert result.status == "failed"
    assert result.virtual_duration_s == 0
    assert result.error == (
        "ActivityError[demo.one]: Activity task failed <- ApplicationError[ValueError]: no"
    )


def test_an_attempt_knows_its_number(runs: Runs) -> None:
    from ntro.workflow import activity

    seen: list[int] = []

    def second() -> int:
        seen.append(1)
        return 7

    async def ask() -> int:
        seen.append(activity.info().attempt)
        return second()

    assert runs(CALL.format(more=""), [ValueError("no"), lambda: ask()]).result == 7
    assert seen == [2, 1]


CANCEL = """
task = workflow.start_activity(
    "demo.one", start_to_close_timeout=MINUTE, cancellation_type={kind}
)
{before}
task.cancel()
try:
    await task
except BaseException as error:
    await asyncio.sleep(5)
    return type(error).__name__
"""


async def _never() -> int:
    import asyncio

    await asyncio.sleep(10_000)
    return 1


def tasks_of(result: RunResult) -> list[tuple[str, int]]:
    return [(command.kind, command.task) for command in result.trace.commands]


@pytest.mark.parametrize("kind, task", [("TRY", 2), ("ABANDON", 2), ("WAIT", 3)])
def test_core_settles_a_cancellation_nobody_waits_for_within_the_task(
    runs: Runs, kind: str, task: int
) -> None:
    before = (
        "asyncio.create_task(asyncio.sleep(0))\n"
        "waiter = asyncio.ensure_future(task)\nawait asyncio.sleep(1)"
    )
    result = runs(CANCEL.format(kind=kind, before=before), _never)
    assert result.result == "ActivityError"
    assert tasks_of(result) == [
        ("schedule_activity", 1),
        ("start_timer", 1),
        ("request_cancel_activity", 2),
        ("start_timer", task),
        ("complete_workflow", task + 1),
    ]


@pytest.mark.parametrize("kind", ["TRY", "ABANDON", "WAIT"])
def test_what_is_cancelled_in_its_own_task_was_never_told_to_anybody(runs: Runs, kind: str) -> None:
    result = runs(CANCEL.format(kind=kind, before="await asyncio.sleep(0)"), record_histories=True)
    assert tasks_of(result)[:3] == [
        ("schedule_activity", 1),
        ("request_cancel_activity", 1),
        ("start_timer", 1),
    ]
    [history] = result.histories
    kinds = {str(event["eventType"]) for event in history.events}
    assert not any("ACTIVITY" in kind for kind in kinds)


def test_a_local_activity_is_answered_within_its_workflow_task(runs: Runs) -> None:
    body = """
    got = await workflow.execute_local_activity("demo.one", start_to_close_timeout=MINUTE)
    await asyncio.sleep(1)
    return got
    """
    result = runs(body)
    assert result.result == 7
    assert tasks_of(result) == [
        ("schedule_local_activity", 1),
        ("start_timer", 1),
        ("complete_workflow", 2),
    ]


def test_an_activity_cancelled_between_two_attempts_is_not_tried_again(runs: Runs) -> None:
    asked: list[int] = []

    def second() -> int:
        asked.append(2)
        return 7

    before = "waiter = asyncio.ensure_future(task)\nawait asyncio.sleep(0.5)"
    result = runs(CANCEL.format(kind="WAIT", before=before), [ValueError("no"), second])
    assert result.result == "ActivityError"
    assert asked == []
    assert result.virtual_duration_s == 0.5 + 5


async def _late() -> int:
    import asyncio

    await asyncio.sleep(3)
    return 1


@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_what_a_cancelled_activity_returns_later_begins_no_workflow_task(
    bundle: BundleFactory, backend: str
) -> None:
    body = """
    task = workflow.start_activity("demo.one", start_to_close_timeout=MINUTE)
    waiter = asyncio.ensure_future(task)
    await asyncio.sleep(1)
    task.cancel()
    try:
        await waiter
    except ActivityError:
        await asyncio.sleep(60)
    """
    directory = bundle(activities=ONE, top=TOP, run=body)
    result = run(directory, backend=backend, mocks={"demo.one": _late})
    assert [task for _, task in tasks_of(result)] == [1, 1, 2, 2, 3]
    [call] = result.activities
    assert (call.result, call.closed_s) == (None, 1)
