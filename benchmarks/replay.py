"""The strict check of histories in files, against temporalio's own Replayer, on one core."""

from __future__ import annotations

import json
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.histories import write_histories
from benchmarks.machine import one_core
from benchmarks.processes import Conversation, ProcessFailedError, python
from benchmarks.rounds import Timed, in_turns, stopwatch
from benchmarks.samples import SMALL
from ntro_testkit.replay.checking import Plan, check_all
from ntro_testkit.replay.verdict import ReplayVerdict

TITLE = "each history of a directory, read and replayed on one core"
GOAL = Goal(times=5)


def measure(quick: bool) -> Section:
    """Time both sides over the same files, in turns, each warm; seconds are those per history."""
    if find_spec("temporalio") is None:
        return Section(TITLE, skipped="temporalio is not installed (extra `dev`)")
    count = 20 if quick else 200
    with one_core(), tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        directory = Path(folder)
        write_histories(directory, count)
        with Conversation(python("-m", "benchmarks.replay_process", str(SMALL))) as replayer:
            ours, theirs = in_turns(
                [_strict(directory, count), _official(replayer, directory, count)],
                rounds=2 if quick else 15,
                warm_up=1,
            )
    return Section(
        TITLE, (Comparison("strict", ours, "temporalio's Replayer", theirs, "peer", GOAL),)
    )


def check(directory: Path, count: int, jobs: int) -> None:
    """Check a directory of histories; raises when one is not as it was recorded."""
    checked = list(check_all(Plan(SMALL, (), (directory,)), jobs))
    accepted = [one for one in checked if isinstance(one, ReplayVerdict) and not one.differences]
    if len(accepted) != count:
        raise ProcessFailedError(f"{len(accepted)} of {count} histories replay as recorded")


def _strict(directory: Path, count: int) -> Timed:
    whole = stopwatch(lambda: check(directory, count, 1))
    return lambda: whole() / count


def _official(replayer: Conversation, directory: Path, count: int) -> Timed:
    def ask() -> float:
        answer = json.loads(replayer.ask(str(directory)))
        if answer["accepted"] != count:
            raise ProcessFailedError(f"the Replayer accepts {answer['accepted']} of {count}")
        return float(answer["seconds"]) / count

    return ask
