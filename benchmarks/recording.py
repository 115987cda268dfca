"""What it costs to write the history of a run while it goes on, on both backends."""

from __future__ import annotations

from importlib.util import find_spec

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.rounds import Timed, in_turns, warm
from benchmarks.samples import SMALL, small_input
from ntro_testkit import HAPPY, WorkflowHarness
from ntro_testkit.loading import load_bundle

TITLE = "the warm run, and its history"
GOAL = Goal(added=0.5e-3)


def measure(quick: bool) -> Section:
    """Time happy runs with and without histories."""
    if find_spec("temporalio") is None:
        return Section(TITLE, skipped="temporalio is not installed (extra `dev`)")
    workflow = load_bundle(SMALL).workflow_class
    local, local_bare, sdk, sdk_bare = in_turns(
        [
            _runs(workflow, "local", record=True),
            _runs(workflow, "local", record=False),
            _runs(workflow, "sdk", record=True),
            _runs(workflow, "sdk", record=False),
        ],
        rounds=5 if quick else 100,
        warm_up=1 if quick else 10,
    )
    other = "without a history"
    return Section(
        TITLE,
        (
            Comparison("local", local, other, local_bare, "floor", GOAL),
            Comparison("sdk", sdk, other, sdk_bare, "floor"),
        ),
    )


def _runs(workflow: type, backend: str, *, record: bool) -> Timed:
    given = small_input()
    harness = WorkflowHarness(workflow, backend=backend, record_histories=record, guard="off")
    return warm(lambda: harness.run_sync(input=given, scenario=HAPPY))
