"""The strict check in one process and in two."""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.histories import write_histories
from benchmarks.machine import cores
from benchmarks.processes import ProcessFailedError
from benchmarks.rounds import in_turns, stopwatch
from benchmarks.samples import SMALL
from ntro_testkit.replay.checking import Plan, check_all
from ntro_testkit.replay.verdict import ReplayVerdict

GOAL = Goal(times=1.8)


def measure(quick: bool) -> Section:
    """Time a whole check with the start of its processes, in turns."""
    count = 400 if quick else 6000
    title = f"{count:,} histories in two processes"
    if find_spec("temporalio") is None:
        return Section(title, skipped="temporalio is not installed (extra `dev`)")
    if cores() < 2:
        return Section(title, skipped="there is one core")
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        directory = Path(folder)
        write_histories(directory, count)
        two, one = in_turns(
            [
                stopwatch(lambda: check(directory, count, 2)),
                stopwatch(lambda: check(directory, count, 1)),
            ],
            rounds=1 if quick else 5,
            warm_up=0 if quick else 1,
        )
    return Section(title, (Comparison("--jobs 2", two, "--jobs 1", one, "peer", GOAL),))


def check(directory: Path, count: int, jobs: int) -> None:
    """Check a directory of histories; raises when one is not as it was recorded."""
    checked = list(check_all(Plan(SMALL, (), (directory,)), jobs))
    accepted = [one for one in checked if isinstance(one, ReplayVerdict) and not one.differences]
    if len(accepted) != count:
        raise ProcessFailedError(f"{len(accepted)} of {count} histories replay as recorded")
