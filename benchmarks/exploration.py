"""Schedules of a small bundle, against plain runs of it."""

from __future__ import annotations

from benchmarks.figures import Comparison, Goal, Section, Times
from benchmarks.rounds import in_turns, stopwatch
from benchmarks.samples import PETTY_CASH
from ntro_testkit import HAPPY, WorkflowHarness
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.explore.exploring import explore

PER_SECOND = 2_000
"""Schedules that were promised."""

SCHEDULES = 100
"""Of one exploration, at most; a small bundle has fewer."""


def measure(quick: bool) -> Section:
    """Time explorations, per schedule, and plain runs."""
    # No schedule is watched by the guard, so the plain run is not either.
    with WorkflowHarness(PETTY_CASH, guard="off") as harness:
        experiment = Experiment(harness, [])

        tried = explore(experiment, schedules=SCHEDULES, invariants=()).tried

        def many() -> None:
            explore(experiment, schedules=SCHEDULES, seconds=60, invariants=())

        def plain() -> None:
            for _ in range(tried):
                harness.run_sync(scenario=HAPPY)

        runs, explorations = in_turns(
            [stopwatch(plain), stopwatch(many)],
            rounds=5 if quick else 100,
            warm_up=1 if quick else 10,
        )
    run, schedule = (
        Times(tuple(seconds / tried for seconds in times.seconds)) for times in (runs, explorations)
    )
    title = f"one of {tried} schedules of a small bundle; {1 / schedule.median:,.0f} a second"
    return Section(
        title,
        (
            Comparison(
                "a schedule, judged", schedule, "a plain run", run, "floor", Goal(1 / PER_SECOND)
            ),
        ),
    )
