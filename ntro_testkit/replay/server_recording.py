"""Records the scenarios of a bundle on a real server, in a process of its own.

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

_MODULE = "ntro_testkit.replay.server_process"


class ServerRecordingError(RuntimeError):
    """Nothing can be recorded; the message says what to put right."""


@dataclass(frozen=True, slots=True)
class RecordingOrder:
    """What to record: directories, names of scenarios, and where the server is.

    Without an `address` a dev server is started, and stopped at the end. `timeout_s` bounds each
    run in real seconds.
    """

    bundle: str
    children: Sequence[str]
    scenarios: Sequence[str]
    address: str | None = None
    namespace: str = "default"
    timeout_s: float = 30.0
    workflow_class: str | None = None


@dataclass(frozen=True, slots=True)
class ServerRecording:
    """One scenario's run: how it ended, and the histories of its workflow and of its children."""

    scenario: str
    status: str
    error: str | None
    histories: tuple[History, ...]


def record_on_server(order: RecordingOrder) -> Iterator[ServerRecording]:
    """Run the scenarios one after the other, and yield each when it is done.

    A scenario that waits for a long timer ends as `stuck`. Raises `ServerRecordingError` when there
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
            histories = tuple(History(**each) for each in answer.pop("histories"))
            yield ServerRecording(**answer, histories=histories)
            done += 1
        if done < len(order.scenarios):
            raise ServerRecordingError(
                f"{Path(order.bundle)}: recording ended at the scenario "
                f"`{order.scenarios[done]}` (exit code {process.wait()})"
            )
