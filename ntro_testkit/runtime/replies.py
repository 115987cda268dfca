"""What an activity call or a stand-in is answered with; decided above, carried out here."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from ntro_testkit.runtime.definitions import ActivityDefinition


@dataclass(frozen=True, slots=True)
class Value:
    """A value; it makes the trip through JSON like any result."""

    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """A value that is already the JSON it would travel as."""

    data: bytes | None
    source: str


@dataclass(frozen=True, slots=True)
class Failure:
    """The call fails with this exception: for good, unless its mock has `more` to say.

    A mock that is a list answers one attempt with each of its results, where activities are
    retried; a failure that nothing follows is what remains after all attempts.
    """

    error: BaseException
    source: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class InLoop:
    """An asynchronous mock: awaited on the virtual clock, outside workflow code."""

    coroutine: Coroutine[Any, Any, Any]
    source: str
    more: bool = False
    """As for a `Failure`, should it raise."""


@dataclass(frozen=True, slots=True)
class InThread:
    """A real activity: run in a thread with a real event loop, so that it can do real I/O."""

    call: Callable[[], Any]
    source: str


Reply = Value | Encoded | Failure | InLoop | InThread


class ActivityReplies(Protocol):
    """Decides what every activity call of one run is answered with."""

    def find(self, activity: Any) -> ActivityDefinition | None:
        """Return the registered activity a function or name stands for; None when there is none."""

    def reply(self, activity: ActivityDefinition, args: list[Any]) -> Reply:
        """Answer one call; `args` have made the trip through JSON."""
