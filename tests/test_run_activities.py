"""Calling activities: arguments, errors in Temporal's shapes, cancellation."""

from __future__ import annotations

from typing import Any

import pytest
from ntro.workflow import WorkflowError

from ntro_testkit import Scenario
from tests.bundles import line_of, run
from tests.conftest import BundleFactory

CALL = "runbook.execute_activity({call}, start_to_close_timeout=MINUTE)"

TWO = """
@activity.defn(name="demo.two")
async def two(a: int, b: str | None) -> list[Any]: ...
@activity.defn(name="demo.none")
async def none() -> str: ...
@activity.defn(name="demo.maybe")
async def maybe(a: int | None = None) -> str: ...
"""


@pytest.mark.parametrize(
    "call, name, received",
    [
        ("two, args=[1, 'x']", "demo.two", [1, "x"]),
        ("two, args=(1, 'x')", "demo.two", [1, "x"]),
        ("two, args=[1, None]", "demo.two", [1, None]),
        ("none, args=[]", "demo.none", []),
        ("none", "demo.none", []),
        ("maybe, 5", "demo.maybe", [5]),
        ("maybe", "demo.maybe", []),
        ("maybe, args=[None]", "demo.maybe", [None]),
    ],
)
def test_an_activity_receives_the_arguments_of_its_call(
    bundle: BundleFactory, call: str, name: str, received: list[Any]
) -> None:
    directory = bundle(activities=TWO, run=f"await {CALL.format(call=call)}")
    seen: list[Any] = []
    answers: dict[str, Any] = {"demo.two": lambda *args: seen.extend(args) or []}
    for other in ("demo.none", "demo.maybe"):
        answers[other] = lambda *args: seen.extend(args) or "ok"
    result = run(directory, mocks=answers)
    assert result.status == "completed", result.error
    assert seen == received
    assert [call.name for call in result.activities] == [name]


def test_an_explicit_none_the_facade_drops_fails_at_the_call(bundle: BundleFactory) -> None:
    """The facade makes no argument of it on Temporal too, and the activity is retried for ever."""
    directory = bundle(
        activities="@activity.defn(name='demo.one')\nasync def one(a: int | None) -> None: ...\n",
        run="await runbook.execute_activity(one, None, start_to_close_timeout=MINUTE)  # here",
    )
    result = run(directory)
    assert result.status == "task-failed"
    assert "demo.one" in (result.error or "")
    assert "None" in (result.error or "")
    assert result.line
    assert result.line.line == line_of(directory, "# here")


def test_too_many_arguments_fail_at_the_call(bundle: BundleFactory) -> None:
    result = run(bundle(activities=TWO, run=f"await {CALL.format(call='none, args=[1, 2]')}"))
    assert result.status == "task-failed"
    assert "demo.none" in (result.error or "")


def test_an_activity_without_a_timeout_is_refused_as_on_temporal(bundle: BundleFactory) -> None:
    result = run(bundle(activities=TWO, run="await runbook.execute_activity(none)"))
    assert result.status == "task-failed"
    assert "start_to_close_timeout" in (result.error or "")


ONE = "@activity.defn(name='demo.one')\nasync def one() -> str: ...\n"
CAUGHT = """
try:
    await do(one)
except ActivityError as error:
    return [type(error).__name__, type(error.cause).__name__, error.cause.type, error.cause.message]
"""


@pytest.mark.parametrize(
    "failure, said",
    [
        (ValueError("bad sum"), ["ValueError", "bad sum"]),
        (KeyError, ["KeyError", "Application error"]),
        (WorkflowError("no ledger", type="LedgerMissing"), ["LedgerMissing", "no ledger"]),
        (WorkflowError("plain"), [None, "plain"]),
        (WorkflowError("stop", type="X", non_retryable=True), ["X", "stop"]),
    ],
)
def test_a_failing_activity_reaches_the_workflow_in_temporals_shape(
    bundle: BundleFactory, failure: Any, said: list[Any]
) -> None:
    """D33."""
    result = run(bundle(activities=ONE, run=CAUGHT), mocks={"demo.one": failure})
    assert result.status == "completed", result.error
    assert result.result == ["ActivityError", "ApplicationError", *said]


def test_an_activity_error_keeps_non_retryable_and_details(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=ONE,
        run="""
        try:
            await do(one)
        except ActivityError as error:
            return [error.cause.non_retryable, error.activity_type]
        """,
    )
    result = run(directory, mocks={"demo.one": WorkflowError("no", non_retryable=True)})
    assert result.result == [True, "demo.one"]


def test_an_uncaught_activity_error_fails_the_run_and_names_its_cause(
    bundle: BundleFactory,
) -> None:
    result = run(bundle(activities=ONE, run="await do(one)"), mocks={"demo.one": OSError("disk")})
    assert result.status == "failed"
    assert "OSError" in (result.error or "")
    assert "disk" in (result.error or "")


def test_catching_activity_and_application_errors_does_not_swallow_a_name_error(
    bundle: BundleFactory,
) -> None:
    """D33."""
    directory = bundle(
        run="""
        try:
            undefined_name
        except (ActivityError, ApplicationError):
            return "swallowed"
        """
    )
    result = run(directory)
    assert result.status == "task-failed"
    assert "NameError" in (result.error or "")


def test_a_workflow_error_is_an_application_error(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        try:
            raise WorkflowError("no", type="Closed")
        except ApplicationError as error:
            return [error.type, error.message]
        """
    )
    assert run(directory).result == ["Closed", "no"]


def test_a_workflow_error_fails_the_run_with_its_type(bundle: BundleFactory) -> None:
    directory = bundle(run="raise WorkflowError('period is closed', type='Closed')  # here")
    result = run(directory)
    assert result.status == "failed"
    assert "period is closed" in (result.error or "")
    assert "Closed" in (result.error or "")
    assert result.line
    assert result.line.line == line_of(directory, "# here")


def test_a_scenarios_activity_failure_wins_over_a_mock(bundle: BundleFactory) -> None:
    scenario = Scenario("down", activity_failures={"demo.one": ConnectionError("refused")})
    result = run(bundle(activities=ONE, run=CAUGHT), scenario, mocks={"demo.one": "fine"})
    assert result.result[2:] == ["ConnectionError", "refused"]


SLOW = "import asyncio\n@activity.defn(name='demo.slow')\nasync def slow() -> str: ...\n"


async def an_hour() -> str:
    import asyncio

    await asyncio.sleep(3600)
    return "done"


def test_cancelling_a_pending_activity_raises_an_activity_error(bundle: BundleFactory) -> None:
    directory = bundle(
        activities=SLOW,
        run="""
        task = asyncio.create_task(do(slow))
        await asyncio.sleep(1)
        task.cancel()
        try:
            await task
        except ActivityError as error:
            return [type(error.cause).__name__, runbook.now().second]
        """,
    )
    result = run(directory, mocks={"demo.slow": lambda: an_hour()})
    assert result.status == "completed", result.error
    assert result.result == ["CancelledError", 1]
    assert "request_cancel_activity" in [command.kind for command in result.trace.commands]


def test_an_activity_cancelled_before_its_handle_started_is_never_carried_out(
    bundle: BundleFactory,
) -> None:
    """temporalio: the handle is cancelled like any task, and a cancel command is sent."""
    directory = bundle(
        activities=SLOW,
        run="""
        task = asyncio.create_task(do(slow))
        await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            await asyncio.sleep(10)
            return "cancelled"
        """,
    )
    calls: list[int] = []
    result = run(directory, mocks={"demo.slow": lambda: calls.append(1) or "done"})
    assert result.result == "cancelled"
    assert calls == []


def test_an_asynchronous_mock_takes_virtual_time(bundle: BundleFactory) -> None:
    result = run(bundle(activities=SLOW, run="return await do(slow)"), mocks={"demo.slow": an_hour})
    assert (result.result, result.virtual_duration_s) == ("done", 3600)


def test_activities_of_a_gather_are_scheduled_before_the_first_is_answered(
    bundle: BundleFactory,
) -> None:
    result = run(
        bundle(activities=TWO, run="return await asyncio.gather(do(none), do(maybe), do(none))")
    )
    kinds = [command.kind for command in result.trace.commands]
    assert kinds == ["schedule_activity"] * 3 + ["complete_workflow"]
    assert {command.task for command in result.trace.commands[:3]} == {1}


THREADS = {
    "to_thread": "await asyncio.to_thread(print)",
    "run_in_executor": "await asyncio.get_running_loop().run_in_executor(None, print)",
    "getaddrinfo": "await asyncio.get_running_loop().getaddrinfo('localhost', 80)",
    "open_connection": "await asyncio.open_connection('localhost', 80)",
    "subprocess": "await asyncio.create_subprocess_exec('true')",
    "call_soon_threadsafe": "asyncio.get_running_loop().call_soon_threadsafe(print)",
}


@pytest.mark.parametrize("call", THREADS.values(), ids=THREADS)
def test_what_temporals_loop_refuses_fails_the_workflow_task(
    bundle: BundleFactory, call: str
) -> None:
    directory = bundle(run=f"{call}  # here")
    result = run(directory)
    assert result.status == "task-failed", result.error
    assert "NotImplementedError" in (result.error or "")
    assert result.line
    assert result.line.line == line_of(directory, "# here")
