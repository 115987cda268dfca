"""Asks temporalio's own Replayer about histories, in a process of its own.

Its core prints what it likes and may abort while Python ends; neither reaches us. One history is
under way at a time, so memory is bounded, and when the process dies it is known over which.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from ntro_testkit.history.history import History
from ntro_testkit.import_errors import BundleError
from ntro_testkit.replay.official.verdicts import OfficialVerdict
from ntro_testkit.trace import SourceLine

_MODULE = "ntro_testkit.replay.official.process"
_END_S = 5.0


class OfficialError(RuntimeError):
    """The Replayer's process died; the message names the history it was at."""


class OfficialReplayer:
    """temporalio's Replayer for some bundles; a context manager, whose process ends with it.

    `bundles` are directories: the bundle and the children its code starts. Raises `BundleError`
    when one cannot be loaded.
    """

    def __init__(self, bundles: Sequence[Path], *, sandboxed: bool = False) -> None:
        self._noise: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._process = subprocess.Popen(
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._noise,
            text=True,
            encoding="utf-8",
        )
        self._sandboxed = sandboxed
        self.load(bundles)

    def load(self, bundles: Sequence[Path]) -> None:
        """Replay against these bundles from now on; the process ends when one cannot be loaded.

        Raises `BundleError`.
        """
        directories = [str(each.resolve()) for each in bundles]
        try:
            setup = {"bundles": directories, "sandboxed": self._sandboxed}
            unusable = self._ask(setup, "the start").get("unusable")
        except BaseException:
            self.close()
            raise
        if unusable:
            self.close()
            raise BundleError(unusable)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def judge(self, history: History) -> OfficialVerdict:
        """Replay one history; raises `OfficialError` when the process dies over it."""
        request = {"workflow_id": history.workflow_id, "events": list(history.events)}
        name = history.source or history.workflow_id
        found = self._ask(request, name)["judgement"]
        if found is None:
            return OfficialVerdict(history.workflow_id, history.run_id, history.source)
        line = found.pop("line")
        return OfficialVerdict(
            history.workflow_id,
            history.run_id,
            history.source,
            line=SourceLine(*line) if line else None,
            **found,
        )

    def close(self) -> None:
        """End the process; how it ends does not matter any more."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    # It is gone, and with it what was still to be sent.
                    continue
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._noise.close()

    def _ask(self, request: Mapping[str, Any], name: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise OfficialError(f"{name}: temporalio's Replayer died over it{self._last_words()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _last_words(self) -> str:
        """Return how the process ended and the last line it printed."""
        code = self._process.wait(_END_S)
        self._noise.seek(0)
        printed = self._noise.read().decode("utf-8", "replace").strip().splitlines()
        return f" (exit code {code}{': ' + printed[-1] if printed else ''})"


def check_officially(
    bundles: Sequence[Path], histories: Iterable[History], *, sandboxed: bool = False
) -> Iterator[OfficialVerdict]:
    """Yield the Replayer's verdict on each history, in order.

    Raises `BundleError` when a bundle cannot be loaded, `OfficialError` when the process dies.
    """
    with OfficialReplayer(bundles, sandboxed=sandboxed) as replayer:
        for history in histories:
            yield replayer.judge(history)
