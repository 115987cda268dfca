"""Where a call stands in its source, and what it is given, as far as that can be looked up.

A hook tells which instruction calls. Its position in the source is where the call's expression
ends, and no two calls end in the same place.
"""

from __future__ import annotations

import ast
import itertools
import linecache
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any, Final

from ntro_testkit.trace import SourceLine

UNKNOWN: Final = object()
"""A value that cannot be known without running code."""


@dataclass(frozen=True, slots=True)
class CallSite:
    """An instruction's line, and the call it makes where it makes one."""

    line: SourceLine
    call: ast.Call | None


class CallSites:
    """Finds call sites; each file is parsed once, and only when it calls something classified."""

    def __init__(self) -> None:
        self._calls: dict[str, dict[tuple[int, int], ast.Call]] = {}

    def at(self, frame: FrameType) -> CallSite:
        """Return where a frame stands."""
        code = frame.f_code
        first, last, _, column = _position(code, frame.f_lasti)
        call = None
        if last is not None and column is not None:
            call = self._of(code.co_filename).get((last, column))
        number = call.lineno if call is not None else first or frame.f_lineno
        return CallSite(SourceLine(code.co_filename, number, code.co_name), call)

    def _of(self, path: str) -> dict[tuple[int, int], ast.Call]:
        if path not in self._calls:
            self._calls[path] = _calls_in("".join(linecache.getlines(path)))
        return self._calls[path]


def value_of(node: ast.expr, frame: FrameType) -> Any:
    """Return the value of an expression that is a constant, a name, or a field of one of these.

    Nothing is run for it: what a property or a call would give is `UNKNOWN`.
    """
    match node:
        case ast.Constant(value):
            return value
        case ast.Tuple(elements):
            values = tuple(value_of(each, frame) for each in elements)
            return UNKNOWN if any(value is UNKNOWN for value in values) else values
        case ast.JoinedStr():
            return _SomeText()
        case ast.Name(name):
            return _named(name, frame)
        case ast.Attribute(owner, name):
            return fields(value_of(owner, frame)).get(name, UNKNOWN)
        case _:
            return UNKNOWN


class _SomeText(str):
    """A text of which only the type is known."""

    __slots__ = ()


def _named(name: str, frame: FrameType) -> Any:
    for names in (frame.f_locals, frame.f_globals, frame.f_builtins):
        if name in names:
            return names[name]
    return UNKNOWN


def fields(value: Any) -> dict[str, Any]:
    """Return what an object itself has, without asking it."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return found if isinstance(found, dict) else {}


def _position(code: CodeType, offset: int) -> tuple[int | None, int | None, int | None, int | None]:
    nothing = (None, None, None, None)
    return next(itertools.islice(code.co_positions(), max(offset, 0) // 2, None), nothing)


def _calls_in(source: str) -> dict[tuple[int, int], ast.Call]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        # Code that was made, or whose file has been edited since it was imported.
        return {}
    return {
        (node.end_lineno, node.end_col_offset): node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and node.end_lineno is not None
        and node.end_col_offset is not None
    }
