"""The hook from Python 3.12: `sys.monitoring`, on the code of bundles and of a few functions.

Nothing else in the process pays for it, and coverage tools and debuggers have tools of their own.
To set and unset the events of all code takes as long as a run, so they stay from the first run of
a harness until it is closed or collected; when the last one is, the tool is given back.

Bundle code tells what it calls (CALL). Some functions are handed to others to be called, such as
`Field(default_factory=uuid4)`, or stand behind an operator, as in `os.environ["TZ"]`: these tell
that they begin (PY_START), and from where.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import CodeType, FunctionType, MethodType
from typing import Any

from ntro_testkit.guard.bundle_code import code_of
from ntro_testkit.guard.call_sites import UNKNOWN
from ntro_testkit.guard.current import current_watching
from ntro_testkit.guard.hook import HookUnavailableError
from ntro_testkit.guard.imports import Imports
from ntro_testkit.guard.known_hazards import KnownHazards, known_hazards

_monitoring: Any = vars(sys)["monitoring"]
"""Types are checked for Python 3.11, which has none."""

TOOL_NAME = "ntro-testkit guard"
TOOL_IDS = (3, 4)
"""The ids `sys.monitoring` has for nobody in particular."""

_WRITES = frozenset({"__setitem__", "__delitem__", "__init__", "__new__"})


class MonitoringHook:
    """The hook of one harness; `roots` are path prefixes of the code it wants watched."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        self._roots = roots
        self._imports = Imports()
        self._codes: list[CodeType] = []
        self._holds_tool = False

    def begin(self) -> None:
        """Watch what has been imported; raises `HookUnavailableError` when no tool is free."""
        if not self._holds_tool:
            _tool.acquire()
            self._holds_tool = True
        new = self._imports.new()
        if new:
            codes = list(code_of(new, self._roots))
            _tool.watch_calls(codes)
            self._codes += codes
            _tool.watch_beginnings(known_hazards())

    def end(self) -> None:
        """Leave everything for the next run."""

    def close(self) -> None:
        """Watch nothing any more."""
        if self._holds_tool:
            self._holds_tool = False
            _tool.release(self._codes)
            self._codes = []
            self._imports = Imports()


class _Tool:
    """The tool of this process, which all harnesses share; `sys.monitoring` has only a few."""

    def __init__(self) -> None:
        self.beginnings: dict[int, CodeType] = {}
        self._id: int | None = None
        self._holders = 0
        self.watched: dict[int, tuple[CodeType, int]] = {}

    def acquire(self) -> None:
        """Take an id, at first use; raises `HookUnavailableError`."""
        if self._id is None:
            self._id = _free_id()
            _monitoring.use_tool_id(self._id, TOOL_NAME)
            _monitoring.register_callback(self._id, _monitoring.events.CALL, _on_call)
            _monitoring.register_callback(self._id, _monitoring.events.PY_START, _on_start)
        self._holders += 1

    def watch_calls(self, codes: Iterable[CodeType]) -> None:
        """Let code tell what it calls; each time, one more holder wants it."""
        for code in codes:
            _, holders = self.watched.get(id(code), (code, 0))
            self.watched[id(code)] = (code, holders + 1)
            if holders == 0:
                self._set(code, _monitoring.events.CALL)

    def watch_beginnings(self, known: KnownHazards) -> None:
        """Let functions that are called by others for the bundle tell that they begin."""
        for code in (*_handed_on(known), *known.reading_codes()):
            if code.co_name not in _WRITES and id(code) not in self.beginnings:
                self.beginnings[id(code)] = code
                self._set(code, _monitoring.events.PY_START)

    def release(self, codes: Iterable[CodeType]) -> None:
        """Let go of code; the last holder gives the id back."""
        for code in codes:
            _, holders = self.watched.pop(id(code))
            if holders > 1:
                self.watched[id(code)] = (code, holders - 1)
            else:
                self._set(code, _monitoring.events.NO_EVENTS)
        self._holders -= 1
        if self._holders == 0 and self._id is not None:
            for code in self.beginnings.values():
                self._set(code, _monitoring.events.NO_EVENTS)
            self.beginnings.clear()
            for event in (_monitoring.events.CALL, _monitoring.events.PY_START):
                _monitoring.register_callback(self._id, event, None)
            _monitoring.free_tool_id(self._id)
            self._id = None

    def _set(self, code: CodeType, events: int) -> None:
        assert self._id is not None
        _monitoring.set_local_events(self._id, code, events)


_tool = _Tool()


def _on_call(_code: CodeType, _offset: int, function: Any, first: Any) -> None:
    watching = current_watching.get()
    if watching is None:
        return
    target = function.__func__ if type(function) is MethodType else function
    if id(target) in watching.unknown and id(first) not in watching.reads:
        return
    if type(target) is FunctionType:
        code = id(target.__code__)
        if code in _tool.beginnings or code in _tool.watched:
            # It tells by itself that it begins, or it is the bundle's own.
            return
    given = UNKNOWN if first is _monitoring.MISSING else first
    watching.called(sys._getframe(1), function, given)


def _on_start(_code: CodeType, _offset: int) -> None:
    watching = current_watching.get()
    if watching is not None:
        watching.begun(sys._getframe(1))


def _free_id() -> int:
    for number in TOOL_IDS:
        if _monitoring.get_tool(number) is None:
            return number
    names = " and ".join(f"`{_monitoring.get_tool(number)}`" for number in TOOL_IDS)
    raise HookUnavailableError(f"{names} use the tools of `sys.monitoring` it could have")


def _handed_on(known: KnownHazards) -> Iterable[CodeType]:
    for code, names in known.codes():
        if any(map(known.is_handed_on, names)):
            yield code
