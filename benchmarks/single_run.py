"""One run of the small bundle, against an empty event loop and against its payloads alone."""

from __future__ import annotations

import asyncio

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.payload_trips import payload_trips
from benchmarks.rounds import in_turns, warm
from benchmarks.samples import SMALL, small_input
from ntro_testkit import HAPPY, REJECT_ALL, WorkflowHarness
from ntro_testkit.loading import load_bundle

GOAL = Goal(seconds=0.35e-3)


async def nothing() -> None:
    """Do nothing, for the price of an event loop."""


def measure(quick: bool) -> Section:
    """Time warm runs, with and without query snapshots."""
    given = small_input()
    loaded = load_bundle(SMALL)
    with (
        WorkflowHarness(loaded.workflow_class, guard="off") as harness,
        WorkflowHarness(loaded.workflow_class, snapshots=False, guard="off") as bare,
    ):
        happy, happy_bare, reject, empty, trips = in_turns(
            [
                warm(lambda: harness.run_sync(input=given, scenario=HAPPY)),
                warm(lambda: bare.run_sync(input=given, scenario=HAPPY)),
                warm(lambda: harness.run_sync(input=given, scenario=REJECT_ALL)),
                warm(lambda: asyncio.run(nothing())),
                warm(payload_trips(loaded, given)),
            ],
            rounds=5 if quick else 200,
            warm_up=1 if quick else 10,
        )
    floor, payloads = "an empty asyncio.run", "its typed JSON round trips alone"
    return Section(
        "a warm run of 3 activities, 2 signals and one timeout of 24 h",
        (
            Comparison("happy", happy, floor, empty, "floor", GOAL),
            Comparison("happy", happy, payloads, trips, "floor"),
            Comparison("happy, no snapshots", happy_bare, floor, empty, "floor"),
            Comparison("reject_all", reject, floor, empty, "floor"),
        ),
    )
