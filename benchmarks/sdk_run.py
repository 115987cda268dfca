"""One run of the small bundle on temporalio's own instance, against the local backend."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.processes import ProcessFailedError, python, run
from benchmarks.rounds import Timed, in_turns, warm
from benchmarks.samples import SMALL, small_input
from ntro_testkit import HAPPY, REJECT_ALL, WorkflowHarness
from ntro_testkit.loading import load_bundle

TITLE = "the warm run on the backend `sdk`"
GOAL = Goal(seconds=1.2e-3)
_BUILD = (
    "from ntro_testkit import WorkflowHarness; WorkflowHarness({bundle!r}, backend={backend!r})"
)


async def nothing() -> None:
    """Do nothing, for the price of an event loop."""


def measure(quick: bool) -> Section:
    """Time warm runs, and a new process that makes a harness: imports and the self-test."""
    if find_spec("temporalio") is None:
        return Section(TITLE, skipped="temporalio is not installed (extra `dev`)")
    given, workflow = small_input(), load_bundle(SMALL).workflow_class
    with (
        WorkflowHarness(workflow, backend="sdk", guard="off") as sdk,
        WorkflowHarness(workflow, guard="off") as local,
    ):
        happy, happy_local, reject, reject_local, empty = in_turns(
            [
                warm(lambda: sdk.run_sync(input=given, scenario=HAPPY)),
                warm(lambda: local.run_sync(input=given, scenario=HAPPY)),
                warm(lambda: sdk.run_sync(input=given, scenario=REJECT_ALL)),
                warm(lambda: local.run_sync(input=given, scenario=REJECT_ALL)),
                warm(lambda: asyncio.run(nothing())),
            ],
            rounds=5 if quick else 100,
            warm_up=1 if quick else 10,
        )
    cold, cold_local = in_turns(
        [_new_process("sdk"), _new_process("local")], rounds=2 if quick else 9, warm_up=1
    )
    local_run, floor = "the same on `local`", "an empty asyncio.run"
    process = "a new process that makes a harness"
    return Section(
        TITLE,
        (
            Comparison("happy", happy, local_run, happy_local, "floor", GOAL),
            Comparison("happy", happy, floor, empty, "floor"),
            Comparison("reject_all", reject, local_run, reject_local, "floor", GOAL),
            Comparison(process, cold, local_run, cold_local, "floor"),
        ),
    )


def _new_process(backend: str) -> Timed:
    command = python("-c", _BUILD.format(bundle=str(SMALL), backend=backend))

    def timed() -> float:
        finished = run(command)
        if finished.returncode:
            raise ProcessFailedError(finished.errors)
        return finished.seconds

    return timed
