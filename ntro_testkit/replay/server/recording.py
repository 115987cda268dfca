"""Runs the scenarios of a bundle on a real server, in a process of its own.

temporalio's core may abort while Python ends; that process ends without it, this one never has it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ntro_testkit.history.history import History
from ntro_testkit.run_data import run_of
from ntro_testkit.trace import RunResult

_MODULE = "ntro_testkit.replay.server.process"


class ServerRecordingError(RuntimeError):
    """Nothing can be run; the message says what to put right."""


@dataclass(frozen=True, slots=True)
class RecordingOrder:
    """What to run: directories, names of scenarios, and where the server is.

    Without an `address` (HOST:PORT) a dev server is started, and stopped at the end. `timeout_s`
    bounds each run in real seconds. `input` is JSON data, and faked unless `has_input`. With
    `sandbox`, workflow code runs in Temporal's sandbox.
    """

    bundle: str
    children: Sequence[str]
    scenarios: Sequence[str]
    address: str | None = None
    namespace: str = "default"
    timeout_s: float = 30.0
    workflow_class: str | None = None
    has_input: bool = False
    input: Any = None
    sandbox: bool = False


def record_on_server(order: RecordingOrder) -> Iterator[RunResult]:
    """Run the scenarios one after the other, and yield each when it is done.

    Scenarios are the built-in ones, the author's, and those that are made of the happy run. The
    results have the histories of the workflow and of its children; their values are plain data. A
    scenario that waits for a long timer ends as `stuck`. Raises `ServerRecordingError` when there
    is no server or when the bundle cannot be loaded.
    """
    with subprocess.Popen(
        [sys.executable, "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(asdict(order)) + "\n")
        process.stdin.flush()
        done = 0
        for line in process.stdout:
            answer: dict[str, Any] = json.loads(line)
            if "problem" in answer:
                raise ServerRecordingError(answer["problem"])
            result = run_of(answer["run"])
            result.may_fail = answer["may_fail"]
            result.histories = [History(**each) for each in answer["histories"]]
            yield result
            done += 1
        if done < len(order.scenarios):
            raise ServerRecordingError(
                f"{Path(order.bundle)}: the process that runs on the server ended at the scenario "
                f"`{order.scenarios[done]}` (exit code {process.wait()})"
            )
