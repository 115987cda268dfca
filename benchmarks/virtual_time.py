"""Virtual time: a day that nobody waits for, and a thousand hours of sleep."""

from __future__ import annotations

import asyncio

from benchmarks.figures import Comparison, Section
from benchmarks.rounds import in_turns, stopwatch, warm
from benchmarks.samples import HOURLY, SMALL, small_input
from ntro_testkit import HAPPY, Scenario, WorkflowHarness

NOBODY_UPLOADS = Scenario(name="nobody_uploads", timeouts=["upload"])
SLEEPS = 1000


async def nothing() -> None:
    """Do nothing, for the price of an event loop."""


async def sleep_for_nothing() -> None:
    """Give way as often as the bundle sleeps: the price of a real loop's turns."""
    for _ in range(SLEEPS):
        await asyncio.sleep(0)


def measure(quick: bool) -> Section:
    """Time runs that are long on the virtual clock."""
    given, nights = small_input(), {"count": SLEEPS}
    with (
        WorkflowHarness(SMALL, guard="off") as small,
        WorkflowHarness(HOURLY, guard="off") as hourly,
    ):
        timeout, empty = in_turns(
            [
                warm(lambda: small.run_sync(input=given, scenario=NOBODY_UPLOADS)),
                warm(lambda: asyncio.run(nothing())),
            ],
            rounds=5 if quick else 200,
            warm_up=1 if quick else 10,
        )
        sleeps, turns = in_turns(
            [
                stopwatch(lambda: hourly.run_sync(input=nights, scenario=HAPPY)),
                stopwatch(lambda: asyncio.run(sleep_for_nothing())),
            ],
            rounds=2 if quick else 60,
            warm_up=1 if quick else 5,
        )
    return Section(
        "runs that are long on the virtual clock",
        (
            Comparison("a timeout of 24 h fires", timeout, "an empty asyncio.run", empty, "floor"),
            Comparison(
                f"{SLEEPS:,} sleeps of an hour", sleeps, f"{SLEEPS:,} real sleep(0)", turns, "floor"
            ),
        ),
    )
