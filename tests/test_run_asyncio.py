"""asyncio's own primitives on virtual time, and the order of commands Temporal would record."""

from __future__ import annotations

from typing import Any

import pytest

from ntro_testkit import RunResult
from tests.bundles import run
from tests.conftest import BundleFactory

# -- findings 3.3 ------------------------------------------------------------------------

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


@pytest.mark.parametrize(
    "body, expected",
    [
        ("return await asyncio.wait_for(asyncio.sleep(5, 'x'), 10)", ("x", 5)),
        (
            "try:\n    await asyncio.wait_for(asyncio.sleep(50), 10)\n"
            "except TimeoutError: return 'late'",
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
            "tasks = [asyncio.create_task(asyncio.sleep(n, n)) for n in (5, 1)]\n"
            "done, late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)\n"
            "[task.cancel() for task in late]\nreturn [task.result() for task in done]",
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
            "async def count():\n    for n in range(3):\n"
            "        await asyncio.sleep(1)\n        yield n\n"
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
