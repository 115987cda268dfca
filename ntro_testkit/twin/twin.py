"""Our side of the twin: starts its process early, asks it late.

Imports nothing of a run, so that the process can be there before we have imported any ourselves.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from ntro_testkit.twin.answers import TwinAnswer
    from ntro_testkit.twin.order import TwinOrder

_MODULE = "ntro_testkit.twin.process"
_SEEDS = ("709", "1")
"""Hash seeds: the first that is not our own."""

_START_S = 30.0
"""What a process may take to be there, on a machine that is busy."""

_RUNS = 3
"""Runs of a scenario that may take all of their time: as here, and in two worlds."""


class TwinError(RuntimeError):
    """The twin's process died, or does not answer; the message names the bundle it was at."""


class Twin:
    """One process for all bundles of a session; a context manager, whose process ends with it."""

    def __init__(self) -> None:
        self._noise: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._noise,
            env=hostile_environment(),
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._asked: list[TwinOrder] = []
        self._answers: list[TwinAnswer] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, order: TwinOrder) -> None:
        """Send an order, without waiting; one that has been sent is not sent again.

        Raises `TwinError` when the process is not there any more.
        """
        if order in self._asked:
            return
        assert self._process.stdin is not None
        self._asked.append(order)
        try:
            self._process.stdin.write(order.as_json() + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._died(order) from None

    def answer(self, order: TwinOrder) -> TwinAnswer:
        """Wait for the answer to an order, which is sent now if it has not been.

        Raises `TwinError` when the process died over it, or is still at it when its runs have had
        their time.
        """
        from ntro_testkit.twin.answers import answer_from

        self.ask(order)
        place = self._asked.index(order)
        while len(self._answers) <= place:
            at = self._asked[len(self._answers)]
            patience = _START_S + _RUNS * at.timeout_s * max(1, len(at.scenarios))
            try:
                line = self._lines.get(timeout=patience)
            except queue.Empty:
                self.close()
                raise TwinError(f"{at.bundle}: the twin did not answer in {patience:g} s") from None
            if not line:
                self._lines.put("")
                raise self._died(at)
            self._answers.append(answer_from(line))
        return self._answers[place]

    def close(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:
                # It is gone, and with it what was still to be sent.
                continue
        self._noise.close()

    def _read(self) -> None:
        """Take the answers off the pipe as they come, so that the process never waits for us."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _died(self, order: TwinOrder) -> TwinError:
        code = self._process.wait()
        self._noise.seek(0)
        printed = self._noise.read().decode("utf-8", "replace").strip().splitlines()
        last = f": {printed[-1]}" if printed else ""
        return TwinError(f"{order.bundle}: the twin died over it (exit code {code}{last})")


def start_twin(*orders: TwinOrder) -> Twin:
    """Start a twin and send it orders, which it works on while we do something else."""
    twin = Twin()
    try:
        for order in orders:
            twin.ask(order)
    except BaseException:
        twin.close()
        raise
    return twin


def hostile_environment() -> dict[str, str]:
    """Return an environment in which the twin finds what we find, and hashes as we do not."""
    found = os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)
    ours = os.environ.get("PYTHONHASHSEED")
    seed = next(each for each in _SEEDS if each != ours)
    return {**os.environ, "PYTHONPATH": found, "PYTHONHASHSEED": seed}
