"""The hook on Python 3.11: `sys.setprofile`, for as long as a run lasts, in its thread.

It is told of every call in the thread, so it first asks whether bundle code is in it. A profiler
written in Python that was there before goes on being told; one written in C, such as cProfile,
cannot be, and the guard stands back.
"""

from __future__ import annotations

import dis
import sys
from types import FrameType
from typing import Any

from ntro_testkit.guard.current import current_watching
from ntro_testkit.guard.hook import HookUnavailableError
from ntro_testkit.guard.known_hazards import known_hazards
from ntro_testkit.guard.watching import Watching

_RESUME = dis.opmap["RESUME"]


class ProfilingHook:
    """The hook of one harness; `roots` are path prefixes of the code it wants watched."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        self._files = _Files(roots)
        self._whole: dict[str, bool] = {}
        self._before: list[Any] = []

    def begin(self) -> None:
        """Install a profile function; raises `HookUnavailableError` beside one written in C."""
        before = sys.getprofile()
        if before is not None and not callable(before):
            raise HookUnavailableError(f"the profiler `{type(before).__name__}` is at work")
        self._before.append(before)
        sys.setprofile(_profile(self._files, self._whole, current_watching.get(), before))

    def end(self) -> None:
        """Put back what was there before, unless somebody else has taken the place since."""
        before = self._before.pop()
        now = sys.getprofile()
        if now is None or getattr(now, "is_guard", False):
            # It is None when the function has raised: Python takes it away then.
            sys.setprofile(before)

    def close(self) -> None:
        """Do nothing: after a run nothing is left."""


class _Files(dict[str, bool]):
    """Path of a file -> whether it holds bundle code."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        self._roots = roots

    def __missing__(self, path: str) -> bool:
        found = self[path] = path.startswith(self._roots)
        return found


def _profile(files: _Files, whole: dict[str, bool], watching: Watching | None, before: Any) -> Any:
    """Return a profile function that tells a run's watching, and the profiler from before.

    `whole` remembers of which files the data has everything.
    """
    assert watching is not None
    called, begun = watching.called, watching.begun
    known = known_hazards()
    codes, is_in_wildcard = known.told_of, known.is_in_wildcard

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        # Told of everything in this thread: each line here is a tenth of what it costs.
        if event == "c_call":
            if files[frame.f_code.co_filename]:
                called(frame, argument)
        elif event == "call":
            code = frame.f_code
            path = code.co_filename
            if path not in whole:
                whole[path] = is_in_wildcard(str(frame.f_globals.get("__name__")))
            if (whole[path] or id(code) in codes) and _begins(frame):
                begun(frame)
        if before is not None:
            before(frame, event, argument)

    profile.is_guard = True  # type: ignore[attr-defined] # how `end` knows it again
    return profile


def _begins(frame: FrameType) -> bool:
    """Tell whether a frame is at its beginning: generators and coroutines are called on and on."""
    return frame.f_code.co_code[frame.f_lasti] == _RESUME
