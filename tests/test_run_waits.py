"""Waiting for conditions and for time: virtual, exact, and in Temporal's order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

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
    """D38: LocalRuntime takes zero for `for ever`."""
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
    """D38."""
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
