"""The strict check of histories in files, against temporalio's own Replayer, on one core."""

from __future__ import annotations

import json
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from benchmarks.figures import Comparison, Goal, Section
from benchmarks.histories import write_histories
from benchmarks.machine import one_core
from benchmarks.processes import Conversation, ProcessFailedError, python
from benchmarks.rounds import Timed, in_turns
from benchmarks.samples import SMALL
from ntro_testkit.history.history import History
from ntro_testkit.history.reading import read_histories
from ntro_testkit.loading import load_bundle

TITLE = "each history of a directory, read and replayed on one core"
GOAL = Goal(times=5)


def measure(quick: bool) -> Section:
    """Time both sides over the same files, in turns, each warm.

    Seconds are processor time per history, all threads of a process together: of real time the
    side with more threads gets more whenever something else wants the core.
    """
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


def _strict(directory: Path, count: int) -> Timed:
    from ntro_testkit.replay.strict.check import strict_check

    check = strict_check([load_bundle(SMALL).workflow_class])

    def replay() -> float:
        started, accepted = time.process_time(), 0
        for read in read_histories([directory]):
            accepted += isinstance(read, History) and not check(read).differences
        seconds = time.process_time() - started
        if accepted != count:
            raise ProcessFailedError(f"{accepted} of {count} histories replay as recorded")
        return seconds / count

    return replay


def _official(replayer: Conversation, directory: Path, count: int) -> Timed:
    def ask() -> float:
        answer = json.loads(replayer.ask(str(directory)))
        if answer["accepted"] != count:
            raise ProcessFailedError(f"the Replayer accepts {answer['accepted']} of {count}")
        return float(answer["seconds"]) / count

    return ask
