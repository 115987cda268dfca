"""Files of histories for the replay benchmarks: what two scenarios of the small bundle leave."""

from __future__ import annotations

import json
import os
from pathlib import Path

from benchmarks.samples import SMALL, small_input
from ntro_testkit import HAPPY, REJECT_ALL, WorkflowHarness
from ntro_testkit.history.history import History
from ntro_testkit.replay.recording.corpus import history_text

_LINKS = 1000
"""Names one file goes by in `write_many`; file systems set a limit, some at 65,000."""


def write_histories(directory: Path, count: int) -> None:
    """Write `count` files, in turns what was approved and what was rejected, each with its own id.

    `directory` must exist.
    """
    texts = [(one.workflow_id, history_text(one)) for one in _recorded()]
    for number in range(count):
        workflow_id, text = texts[number % len(texts)]
        own = text.replace(json.dumps(workflow_id), json.dumps(f"claim-{number:06}"))
        _file(directory, number).write_text(own, encoding="utf-8")


def write_many(directory: Path, count: int) -> None:
    """Write so many files that most must share their bytes with others, to fit on a disk."""
    distinct = max(2, count // _LINKS)
    write_histories(directory, distinct)
    for number in range(distinct, count):
        os.link(_file(directory, number % distinct), _file(directory, number))


def _file(directory: Path, number: int) -> Path:
    return directory / f"claim-{number:06}.json"


def _recorded() -> list[History]:
    given = small_input()
    with WorkflowHarness(SMALL, record_histories=True) as harness:
        runs = [harness.run_sync(input=given, scenario=each) for each in (HAPPY, REJECT_ALL)]
    return [run.histories[0] for run in runs]
