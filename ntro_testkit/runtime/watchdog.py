"""Stops workflow code that never gives control back: names the line, then unwinds it.

Everything else a run can get stuck on is found at quiescence, without a clock. A loop that never
awaits never reaches quiescence, so a thread watches real time and raises `BusyLoop` inside it.
"""

from __future__ import annotations

import contextlib
import ctypes
import operator
import sys
import threading
import time
from collections.abc import Iterator
from types import FrameType

TICK = 0.1
"""Real seconds between two looks at the watchdogs that are on duty."""


CAUGHT_AGAIN = 0.5
"""Real seconds after which code is stopped where it was stopped before: checks make many runs."""

Calls = tuple[tuple[str, str], ...]
"""The file and the name of each function on a run's part of a stack, the outermost first."""


class BusyLoop(BaseException):
    """Raised inside workflow code that has held the thread for too long.

    A BaseException, because a busy loop often sits inside `try: ... except Exception`.
    """


class Watchdog:
    """Watches one run at a time in the thread that runs it.

    `limit` is in real seconds. Between `begin` and `end`, `progress` must be called more often
    than that; otherwise `stack` keeps the stack of the culprit and `BusyLoop` is raised in it.
    """

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.stack: list[tuple[str, int, str]] = []
        self._since: float | None = None
        self._target = 0
        self._culprits: set[Calls] = set()
        self._watched = ("", "")
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Start watching the calling thread."""
        self.stack = []
        self._target = threading.get_ident()
        caller = sys._getframe(1).f_code
        self._watched = (caller.co_filename, caller.co_name)
        self._since = time.monotonic()
        _watcher().on_duty.add(self)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Watch the calling thread as long as the block lasts."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    def progress(self) -> None:
        """Say that the loop has control again."""
        self._since = time.monotonic()

    def pause(self) -> None:
        """Stop the clock while a real activity runs in its thread."""
        self._since = None

    def end(self) -> None:
        """Stop watching; an exception that is under way but not yet raised is taken in here.

        Taking it back would leave Python looking for it at every step, and on 3.11 with a profile
        function it would never get beyond the next call.
        """
        _watcher().on_duty.discard(self)
        with self._lock:
            self._since = None
        if self.stack:
            with contextlib.suppress(BusyLoop):
                _raise_in(self._target)
                while True:  # until Python raises it, at the next turn
                    pass

    @property
    def expired(self) -> bool:
        """Whether workflow code was caught holding the thread."""
        return bool(self.stack)

    def look(self) -> None:
        """Interrupt the run if its time is up; called by the watching thread."""
        since = self._since
        if since is None:
            return
        waited = time.monotonic() - since
        if waited > self.limit or (waited > CAUGHT_AGAIN and self._was_caught_here()):
            with self._lock:
                if self._since == since:
                    self._interrupt()

    def _was_caught_here(self) -> bool:
        """Tell whether the thread is in a function that was stopped before, or in what it calls."""
        if not self._culprits:
            return False
        now = self._calls(_stack(sys._current_frames().get(self._target)))
        return any(_begins_with(now, before) for before in self._culprits)

    def _calls(self, stack: list[tuple[str, int, str]]) -> Calls:
        """Return what is called within the watched function, wherever that is called from."""
        called = [(path, name) for path, _, name in stack]
        end = called.index(self._watched) if self._watched in called else len(called)
        return tuple(reversed(called[:end]))

    def _interrupt(self) -> None:
        self.stack = _stack(sys._current_frames().get(self._target))
        self._culprits.add(self._calls(self.stack))
        # Grants the exception time to unwind; code that swallows it is caught again.
        self._since = time.monotonic()
        _raise_in(self._target)


class _Watcher(threading.Thread):
    """Looks after all watchdogs on duty in this process.

    One thread for good: to start and end one per harness costs twice what a run does.
    """

    def __init__(self) -> None:
        super().__init__(name="ntro-testkit-watchdog", daemon=True)
        self.on_duty: set[Watchdog] = set()

    def run(self) -> None:
        while True:
            time.sleep(TICK)
            for watchdog in tuple(self.on_duty):
                watchdog.look()


_watching: list[_Watcher] = []


def _watcher() -> _Watcher:
    """Return the watching thread; started at first use, and again after a fork, which loses it."""
    if not _watching or not _watching[-1].is_alive():
        watcher = _Watcher()
        watcher.start()
        _watching[:] = [watcher]
    return _watching[0]


def _raise_in(thread: int) -> None:
    """Have `BusyLoop` raised in a thread; one that is under way already is replaced."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(BusyLoop))


def _stack(frame: FrameType | None) -> list[tuple[str, int, str]]:
    stack = []
    while frame is not None:
        stack.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    return stack


def _begins_with(one: Calls, other: Calls) -> bool:
    """Tell whether one of two stacks is the outer part of the other."""
    return all(map(operator.eq, one, other))
