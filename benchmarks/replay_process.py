"""The process of temporalio's Replayer: a directory per line of stdin, one answer per line.

    python -m benchmarks.replay_process BUNDLE

An answer is JSON: how many histories were accepted, and the seconds of processor time, all threads
together, from the first file to the last verdict. One Replayer serves a whole directory,
unsandboxed and with the platform's data converter, which is the fastest it can be used; its log is
off.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TextIO

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.server.quiet_core import quiet_runtime


def files(directory: Path) -> list[Path]:
    """Return the files in the order we read them in too."""
    return sorted(directory.iterdir())


async def histories(directory: Path) -> AsyncIterator[WorkflowHistory]:
    """Read one file after the other."""
    for file in files(directory):
        yield WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf-8"))


async def answer_all(bundle: Path, answers: TextIO) -> None:
    """Serve the lines of stdin until it closes."""
    replayer = Replayer(
        workflows=[load_bundle(bundle).workflow_class],
        workflow_runner=UnsandboxedWorkflowRunner(),
        data_converter=pydantic_data_converter,
        runtime=quiet_runtime(),
    )
    while line := await asyncio.to_thread(sys.stdin.readline):
        accepted = 0
        started = time.process_time()
        async with replayer.workflow_replay_iterator(histories(Path(line.strip()))) as results:
            async for result in results:
                accepted += result.replay_failure is None
        seconds = time.process_time() - started
        print(json.dumps({"accepted": accepted, "seconds": seconds}), file=answers, flush=True)


def main() -> None:
    """Answer, and leave without waiting for temporalio's core, which may abort at exit."""
    logging.disable()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    asyncio.run(answer_all(Path(sys.argv[1]), answers))
    os._exit(0)


if __name__ == "__main__":
    main()
