"""Stops workflow code that never gives control back: names the line, then unwinds it.

Everything else a run can get stuck on is found at quiescence, without a clock. A loop that never
awaits never reaches quiescence, so a thread watches real time and raises `BusyLoop` inside it.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from types import FrameType, TracebackType


class BusyLoop(BaseException):
    """Raised inside workflow code that has held the thread for too long.

    A BaseException, because a busy loop often sits inside `try: ... except Exception`.
    """


class Watchdog:
    """Watches one thread; reused by all runs of a harness.

    `limit` is in real seconds. Between `begin` and `end`, `progress` must be called more often
    than that; otherwise `frame` keeps the stack of the culprit and `BusyLoop` is raised in it.
    """

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.stack: list[tuple[str, int, str]] = []
        self._deadline: float | None = None
        self._target = 0
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Start watching the calling thread."""
        self.stack = []
        self._target = threading.get_ident()
        self._deadline = time.monotonic() + self.limit
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._watch, name="ntro-testkit-watchdog", daemon=True
            )
            self._thread.start()

    def progress(self) -> None:
        """Say that the loop has control again."""
        self._deadline = time.monotonic() + self.limit

    def pause(self) -> None:
        """Stop the clock while a real activity runs in its thread."""
        self._deadline = None

    def end(self) -> None:
        """Stop watching; an exception that is under way but not yet raised is taken back."""
        with self._lock:
            self._deadline = None
            if self.stack:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._target), None)

    @property
    def expired(self) -> bool:
        """Whether workflow code was caught holding the thread."""
        return bool(self.stack)

    def close(self) -> None:
        """End the watching thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def __enter__(self) -> Watchdog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _watch(self) -> None:
        while not self._stop.wait(self.limit / 4):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                with self._lock:
                    if self._deadline == deadline:
                        self._interrupt()

    def _interrupt(self) -> None:
        self.stack = _stack(sys._current_frames().get(self._target))
        # Grants the exception time to unwind; code that swallows it is caught again.
        self._deadline = time.monotonic() + self.limit
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(self._target), ctypes.py_object(BusyLoop)
        )


def _stack(frame: FrameType | None) -> list[tuple[str, int, str]]:
    stack = []
    while frame is not None:
        stack.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    return stack
