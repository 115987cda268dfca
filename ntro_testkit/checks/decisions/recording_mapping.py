"""A dict that notes which of its keys a bundle reads; everything else about it is a dict's."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

_Instruction = tuple[FrameType, int]
"""A place in running code: a frame, and where in its code it is."""


@dataclass(slots=True)
class Reads:
    """What was read of mappings.

    Attributes:
        keys: asked for by name, there or not, in the order they were first asked for.
        whole: one was gone through, copied, compared or printed.
    """

    keys: dict[str, None] = field(default_factory=dict)
    whole: bool = False


def _by_key(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def noted(self: RecordingMapping, key: Any, *default: Any) -> Any:
        asked = self._asked_by_the_bundle()
        # `dict(answer)` asks for all keys, then for each: in one breath, that is the whole.
        if isinstance(key, str) and asked is not None and asked != self._gone_through:
            self._reads.keys.setdefault(key)
        return method(self, key, *default)

    return noted


def _as_a_whole(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def noted(self: RecordingMapping, *arguments: Any) -> Any:
        asked = self._asked_by_the_bundle()
        if asked is not None:
            self._reads.whole = True
            self._gone_through = asked
        return method(self, *arguments)

    return noted


class RecordingMapping(dict[str, Any]):
    """Notes what code whose files begin with `roots` reads of it, itself or through a library.

    What the SDK reads does not count: it looks at every answer to tell row actions from decisions.
    Code written in C that goes past a dict's methods, as pydantic does, is not seen.
    """

    def __init__(self, values: Mapping[str, Any], reads: Reads, roots: tuple[str, ...]) -> None:
        super().__init__(values)
        self._reads = reads
        self._roots = roots
        self._gone_through: _Instruction | None = None

    __getitem__ = _by_key(dict.__getitem__)
    __contains__ = _by_key(dict.__contains__)
    get = _by_key(dict.get)
    pop = _by_key(dict.pop)
    setdefault = _by_key(dict.setdefault)

    __iter__ = _as_a_whole(dict.__iter__)
    __reversed__ = _as_a_whole(dict.__reversed__)
    __repr__ = _as_a_whole(dict.__repr__)
    __eq__ = _as_a_whole(dict.__eq__)
    __ne__ = _as_a_whole(dict.__ne__)
    __or__ = _as_a_whole(dict.__or__)
    __ror__ = _as_a_whole(dict.__ror__)
    keys = _as_a_whole(dict.keys)
    values = _as_a_whole(dict.values)
    items = _as_a_whole(dict.items)
    copy = _as_a_whole(dict.copy)
    popitem = _as_a_whole(dict.popitem)

    def __reduce_ex__(self, _protocol: Any) -> tuple[Any, ...]:
        """Be copied and pickled as the dict it stands for."""
        return dict, (dict(self),)

    def _asked_by_the_bundle(self) -> _Instruction | None:
        """Return what asks, if bundle code is on the stack, and nearer than the SDK's."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename.startswith(self._roots):
                return frame, frame.f_lasti
            if str(frame.f_globals.get("__name__")).partition(".")[0] == "ntro":
                return None
            frame = frame.f_back
        return None
