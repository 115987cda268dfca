"""Waiting for conditions and for time: virtual, exact, and in Temporal's order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from ntro_testkit import RunResult, Scenario
from tests.bundles import run
from tests.conftest import BundleFactory

WAIT = """
try:
    await runbook.wait_condition(lambda: {holds}, timeout={timeout})
except asyncio.TimeoutError:
    return "timed out"
return "held"
"""

DAY = 86_400.0


@pytest.mark.parametrize(
    "timeout, seconds",
    [
        ("timedelta(hours=24)", DAY),
        ("timedelta(days=400)", 400 * DAY),
        ("86400.0", DAY),
        ("3600", 3600.0),
        ("timedelta(milliseconds=250)", 0.25),
    ],
)
def test_a_wait_times_out_after_its_virtual_time(
    bundle: BundleFactory, timeout: str, seconds: float
) -> None:
    result = run(bundle(run=WAIT.format(holds=False, timeout=timeout)))
    assert result.result == "timed out"
    assert result.virtual_duration_s == pytest.approx(seconds)
    assert result.duration_s < 5


# `temporalio.workflow.wait_condition` is `asyncio.wait_for` on a fresh future: without any time it
# times out at once, whether or not the condition holds.
@pytest.mark.parametrize("holds", [True, False])
@pytest.mark.parametrize("timeout", ["0", "0.0", "timedelta(0)", "-1"])
def test_a_wait_without_any_time_times_out_at_once_as_on_temporal(
    bundle: BundleFactory, timeout: str, holds: bool
) -> None:
    result = run(bundle(run=WAIT.format(holds=holds, timeout=timeout)))
    assert result.result == "timed out"
    assert result.virtual_duration_s == 0
    assert result.timers == []


def test_asyncios_own_wait_for_agrees_about_zero_timeouts() -> None:
    import asyncio

    async def wait() -> None:
        await asyncio.wait_for(asyncio.get_running_loop().create_future(), 0)

    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(wait())


def test_a_wait_without_a_timeout_sets_no_timer(bundle: BundleFactory) -> None:
    result = run(bundle(run=WAIT.format(holds=True, timeout=None)))
    assert result.result == "held"
    assert result.timers == []


def test_a_gate_with_a_timedelta_timeout_fails_the_run_when_nobody_comes(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        run="""
        await self.await_signal_with_action(
            predicate=lambda: False,
            action=asks_for("document_submitted", runbook.info().workflow_id),
            timeout=timedelta(days=3),
        )
        """,
        members="""
        @runbook.signal
        def document_submitted(self, event: dict) -> None: ...
        """,
    )
    result = run(directory, Scenario("nobody", timeouts={"document_submitted"}))
    assert result.status == "failed"
    assert "TimeoutError" in (result.error or "")
    assert result.virtual_duration_s == 3 * DAY
    assert [gate.verdict for gate in result.gates] == ["timeout"]
    assert result.line is not None


@pytest.mark.parametrize("days", [1, 190, 194, 195, 200, 3650, 36_500])
def test_asyncio_sleep_takes_virtual_days(bundle: BundleFactory, days: int) -> None:
    result = run(bundle(run=f"await asyncio.sleep({days} * 86400)\nreturn 1"))
    assert result.result == 1
    assert result.virtual_duration_s == days * DAY


def test_asyncio_sleep_is_a_durable_timer(bundle: BundleFactory) -> None:
    [timer] = run(bundle(run="await asyncio.sleep(60)")).timers
    assert (timer.seconds, timer.sequence, timer.outcome) == (60, 1, "fired")
    assert timer.line is not None
    assert timer.line.path.endswith("workflow.py")


NOW = "before = runbook.now()\nawait asyncio.sleep(200 * 86400)\nreturn [before, runbook.now()]"


def moments(result: RunResult) -> list[datetime]:
    assert result.status == "completed", result.error
    return [datetime.fromisoformat(moment) for moment in result.result]


def test_now_follows_the_virtual_clock(bundle: BundleFactory) -> None:
    before, after = moments(run(bundle(run=NOW)))
    assert before == datetime(2026, 1, 1, tzinfo=UTC)
    assert after - before == timedelta(days=200)


def test_now_starts_where_the_scenario_says(bundle: BundleFactory) -> None:
    start = datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)
    before, after = moments(run(bundle(run=NOW), Scenario("late", start_time=start)))
    assert before == start
    assert after == start + timedelta(days=200)


def test_now_is_in_utc_whatever_zone_the_scenario_starts_in(bundle: BundleFactory) -> None:
    start = datetime(2027, 1, 1, 1, tzinfo=timezone(timedelta(hours=2)))
    result = run(
        bundle(run="return [runbook.now().isoformat(), str(runbook.now().utcoffset())]"),
        Scenario("abroad", start_time=start),
    )
    assert result.result == ["2026-12-31T23:00:00+00:00", "0:00:00"]


def test_two_runs_of_the_same_bundle_see_the_same_time(bundle: BundleFactory) -> None:
    directory = bundle(run=NOW)
    assert run(directory).result == run(directory).result


# -- findings 3.3 -----------------------------------------------------------------------------

ORDER = """
async def first():
    await runbook.wait_condition(lambda: True, timeout=timedelta(hours=1))
    await do(a)
async def second():
    await do(b)
await asyncio.gather(first(), second())
"""

A_AND_B = """
@activity.defn
async def a() -> None: ...
@activity.defn
async def b() -> None: ...
"""


def commands(result: RunResult) -> list[tuple[str, str]]:
    assert result.status == "completed", result.error
    return [(command.kind, command.name) for command in result.trace.commands]


def test_a_condition_that_already_holds_still_suspends_and_sets_its_timer(
    bundle: BundleFactory,
) -> None:
    assert commands(run(bundle(run=ORDER, activities=A_AND_B)))[:4] == [
        ("start_timer", "1"),
        ("schedule_activity", "b"),
        ("cancel_timer", "1"),
        ("schedule_activity", "a"),
    ]


def test_a_timer_cancelled_in_its_own_task_uses_up_its_number(bundle: BundleFactory) -> None:
    result = run(
        bundle(
            run="""
            await runbook.wait_condition(lambda: True, timeout=60)
            await asyncio.sleep(5)
            """
        )
    )
    assert [(t.sequence, t.outcome) for t in result.timers] == [(1, "cancelled"), (2, "fired")]
    assert result.trace.commands[0].task == result.trace.commands[1].task


def test_each_workflow_numbers_its_own_timers(bundle: BundleFactory) -> None:
    child = bundle("child", run="await asyncio.sleep(1)")
    parent = bundle(
        "parent",
        run="await asyncio.sleep(1)\nawait self.run_child_workflow(slug='child', input=None)",
    )
    result = run(parent, children=[child])
    assert [timer.sequence for timer in result.timers] == [1, 1]


def test_conditions_are_checked_again_after_every_event(bundle: BundleFactory) -> None:
    result = run(
        bundle(
            run="""
            log = []
            async def setter():
                for number in range(3):
                    await asyncio.sleep(10)
                    self.number = number
            self.number = None
            task = asyncio.create_task(setter())
            for wanted in range(3):
                await runbook.wait_condition(lambda: self.number == wanted)
                log.append((wanted, runbook.now().second))
            await task
            return log
            """
        )
    )
    assert result.result == [[0, 10], [1, 20], [2, 30]]


def test_a_condition_with_side_effects_is_evaluated_in_workflow_code(
    bundle: BundleFactory,
) -> None:
    result = run(
        bundle(
            run="""
            seen = []
            await runbook.wait_condition(lambda: seen.append(runbook.info().workflow_id) or seen)
            return seen
            """
        )
    )
    assert result.result == [result.workflow_id]


@pytest.mark.parametrize(
    "body, expected",
    [
        ("return await asyncio.wait_for(asyncio.sleep(5, 'x'), 10)", ("x", 5)),
        (
            "try:\n    await asyncio.wait_for(asyncio.sleep(50), 10)\nexcept TimeoutError: return 'late'",
            ("late", 10),
        ),
        (
            "try:\n    async with asyncio.timeout(7):\n        await asyncio.sleep(50)\n"
            "except TimeoutError: return 'late'",
            ("late", 7),
        ),
        (
            "async with asyncio.TaskGroup() as group:\n"
            "    one = group.create_task(asyncio.sleep(3, 1))\n"
            "    two = group.create_task(asyncio.sleep(4, 2))\nreturn [one.result(), two.result()]",
            ([1, 2], 4),
        ),
        ("return await asyncio.gather(asyncio.sleep(9, 1), asyncio.sleep(2, 2))", ([1, 2], 9)),
        (
            "queue = asyncio.Queue()\nasync def fill():\n    for n in range(3):\n"
            "        await asyncio.sleep(1)\n        await queue.put(n)\n"
            "task = asyncio.create_task(fill())\nreturn [await queue.get() for _ in range(3)]",
            ([0, 1, 2], 3),
        ),
        (
            "done, late = await asyncio.wait([asyncio.create_task(asyncio.sleep(n, n)) for n in (5, 1)],"
            " return_when=asyncio.FIRST_COMPLETED)\n[task.cancel() for task in late]\n"
            "return [task.result() for task in done]",
            ([1], 1),
        ),
        (
            "event = asyncio.Event()\nasyncio.get_running_loop().call_later(6, event.set)\n"
            "await event.wait()\nreturn 'set'",
            ("set", 6),
        ),
        (
            "lock, log = asyncio.Lock(), []\nasync def hold(n):\n    async with lock:\n"
            "        await asyncio.sleep(2)\n        log.append(n)\n"
            "await asyncio.gather(hold(1), hold(2))\nreturn log",
            ([1, 2], 4),
        ),
        (
            "async def count():\n    for n in range(3):\n        await asyncio.sleep(1)\n        yield n\n"
            "return [n async for n in count()]",
            ([0, 1, 2], 3),
        ),
    ],
    ids=[
        "wait_for",
        "wait_for-late",
        "timeout",
        "TaskGroup",
        "gather",
        "Queue",
        "wait",
        "Event",
        "Lock",
        "generator",
    ],
)
def test_asyncio_works_on_virtual_time(
    bundle: BundleFactory, body: str, expected: tuple[Any, float]
) -> None:
    result = run(bundle(run=body))
    assert result.status == "completed", result.error
    assert (result.result, result.virtual_duration_s) == expected
