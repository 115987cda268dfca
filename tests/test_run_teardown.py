"""A run that ended is unwound whatever its code does about it; the verdict stands."""

from __future__ import annotations

import gc
import subprocess
import sys
import textwrap
import warnings

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, Scenario, WorkflowHarness
from tests.bundles import ROOT, run
from tests.conftest import BundleFactory

ONE = "@activity.defn\nasync def one() -> int: ...\n"
NEVER = "await runbook.wait_condition(lambda: False)"

STUCK = {
    "awaits a condition": f"try:\n    {NEVER}\nfinally:\n    {NEVER}",
    "calls an activity": f"try:\n    {NEVER}\nfinally:\n    await do(one)",
    "sleeps": f"try:\n    {NEVER}\nfinally:\n    await asyncio.sleep(60)",
    "swallows the cancellation": f"try:\n    {NEVER}\n"
    "except BaseException:\n    return 'swallowed'",
    "raises another error": f"try:\n    {NEVER}\nfinally:\n    raise ValueError('cleanup')",
    "starts a child": f"try:\n    {NEVER}\nfinally:\n"
    "    await self.run_child_workflow(slug='none', input=None)",
}


@pytest.mark.parametrize("body", STUCK.values(), ids=STUCK)
def test_a_stuck_run_stays_stuck_when_its_cleanup(bundle: BundleFactory, body: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = run(bundle(run=body, activities=ONE))
    assert result.status == "stuck", result.error


COMPLETED = {
    "a pending wait": "task = asyncio.create_task(runbook.wait_condition(lambda: False))\n"
    "await asyncio.sleep(1)",
    "a pending sleep": "task = asyncio.create_task(asyncio.sleep(9999))\nawait asyncio.sleep(1)",
    "a pending activity": "task = asyncio.create_task(do(one))\nawait asyncio.sleep(0)",
    "a pending child": "task = asyncio.create_task(\n"
    "    self.run_child_workflow(slug='child', input=None))\nawait asyncio.sleep(1)",
    "a task that cleans up": f"async def work():\n    try:\n        {NEVER}\n    finally:\n"
    "        await do(one)\ntask = asyncio.create_task(work())\nawait asyncio.sleep(1)",
    "a failed task nobody awaits": "async def work():\n    raise ValueError('unseen')\n"
    "task = asyncio.create_task(work())\nawait asyncio.sleep(1)",
}


@pytest.mark.parametrize("body", COMPLETED.values(), ids=COMPLETED)
def test_a_run_completes_although_it_leaves(bundle: BundleFactory, body: str) -> None:
    child = bundle("child", run="await asyncio.sleep(9999)")
    result = run(bundle(run=f"{body}\nreturn 1", activities=ONE), children=[child])
    assert (result.status, result.result) == ("completed", 1)


HOSTILE = {
    "swallows every cancellation and waits again": (
        f"while True:\n    try:\n        {NEVER}\n    except BaseException:\n        pass",
        "stuck",
    ),
    "swallows every cancellation and sleeps again": (
        "async def work():\n    while True:\n        try:\n            await asyncio.sleep(1)\n"
        "        except asyncio.CancelledError:\n            pass\n"
        "task = asyncio.create_task(work())\nawait asyncio.sleep(3)",
        "completed",
    ),
    "spins in a background task": (
        "async def work():\n    while True:\n        await asyncio.sleep(0)\n"
        "task = asyncio.create_task(work())\nawait asyncio.sleep(3)",
        "task-failed",
    ),
}


@pytest.mark.parametrize("body, status", HOSTILE.values(), ids=HOSTILE)
def test_code_that_will_not_be_unwound_does_not_hang_the_process(
    bundle: BundleFactory, body: str, status: str
) -> None:
    directory = bundle(run=body)
    source = f"""
        from ntro_testkit import WorkflowHarness
        with WorkflowHarness({str(directory)!r}, busy_loop_s=0.5) as harness:
            print(harness.run_sync().status)
    """
    try:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(source)],
            capture_output=True,
            text=True,
            timeout=30,
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.fail("the process hangs")
    assert done.stdout.strip() == status, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("scenario", [HAPPY, REJECT_ALL], ids=lambda each: each.name)
def test_a_run_leaves_nothing_for_the_garbage_collector(scenario: Scenario) -> None:
    children = [
        ROOT / "fixtures/runbooks" / name for name in ("document-collect", "nav-monthly-journals")
    ]
    parent = ROOT / "fixtures/runbooks/nav-monthly"
    with WorkflowHarness(parent, child_workflows=children, guard="off") as harness:
        harness.run_sync(scenario=scenario)
        gc.collect()
        result = harness.run_sync(scenario=scenario)
        assert gc.collect() == 0
    assert result.passed


UNAWAITED = """
async def work():
    raise ValueError("unseen")

async def late():
    await asyncio.sleep(9999)

tasks = [asyncio.create_task(work()), asyncio.create_task(late())]
await asyncio.sleep(1)
tasks[1].cancel()
await asyncio.sleep(1)
"""


def test_a_task_that_fails_unseen_is_told_of_once_and_not_logged(
    bundle: BundleFactory, caplog: pytest.LogCaptureFixture
) -> None:
    result = run(bundle(run=UNAWAITED))
    gc.collect()
    [warning] = result.trace.warnings
    assert warning.startswith("a task that nobody awaits ended with ValueError: unseen at ")
    assert caplog.messages == []


def test_a_background_task_cancelled_at_an_activity_is_nothing_to_tell_of(
    bundle: BundleFactory, caplog: pytest.LogCaptureFixture
) -> None:
    body = "task = asyncio.create_task(do(one))\nawait asyncio.sleep(0)\ntask.cancel()"
    result = run(bundle(run=f"{body}\nawait asyncio.sleep(1)", activities=ONE))
    gc.collect()
    assert (result.status, result.trace.warnings, caplog.messages) == ("completed", [], [])
