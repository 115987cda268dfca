"""What the guard costs a run, on both backends."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.rounds import Timed, in_turns, warm
from benchmarks.samples import SMALL, small_input
from ntro_testkit import HAPPY, WorkflowHarness
from ntro_testkit.loading import load_bundle

TITLE = "the warm run, and the guard over it"
OTHER = "without the guard"
GOAL = Goal(most=1.2 if sys.version_info >= (3, 12) else 4)


def measure(quick: bool) -> Section:
    """Time happy runs with and without the guard, each on a bundle of its own.

    What is watched stays watched between runs, so a bundle that both shared would cost both.
    """
    backends = ["local"] if find_spec("temporalio") is None else ["local", "sdk"]
    timed = [_runs(backend, guard) for backend in backends for guard in ("report", "off")]
    times = in_turns(timed, rounds=5 if quick else 100, warm_up=1 if quick else 10)
    pairs = zip(backends, times[::2], times[1::2], strict=True)
    return Section(
        TITLE,
        tuple(
            Comparison(backend, guarded, OTHER, bare, "floor", GOAL)
            for backend, guarded, bare in pairs
        ),
    )


def _runs(backend: str, guard: str) -> Timed:
    given = small_input()
    harness = WorkflowHarness(load_bundle(SMALL).workflow_class, backend=backend, guard=guard)
    return warm(lambda: harness.run_sync(input=given, scenario=HAPPY))
