"""What activities answer in a run: an author's mocks, the real function, or a fake by type."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ntro_testkit.fakes import MockUnavailable, generate_fake
from ntro_testkit.runtime.definitions import (
    ActivityDefinition,
    activity_definition,
    activity_name,
)
from ntro_testkit.runtime.payloads import Payload, payload_of
from ntro_testkit.runtime.replies import Encoded, Failure, InLoop, InThread, Reply, Value
from ntro_testkit.sdk_activities import SDK_REPLIES

Mock = Any
"""A value, a callable of the activity's arguments, an exception, or a list of these for the first,
second, ... call. A list *value* is written as a callable: `lambda *_: [...]`.

A failure ends an activity for good. On the backend `sdk`, one that something follows in a list ends
one attempt: the activity's retry policy says whether and when the next one is made."""


class MockError(ValueError):
    """A mock that cannot be used; the message says what to write instead."""


class MockBook:
    """The activities of a harness and what answers them; shared by its runs.

    `registered` are the activities a worker would know, `extra` functions that run for real under
    their own name, `mocks` and `real` what the author said, by name or by function.
    """

    def __init__(
        self,
        registered: Iterable[Callable[..., Any]],
        extra: Iterable[Callable[..., Any]] = (),
        mocks: Mapping[Any, Mock] | None = None,
        real: Mapping[Any, Callable[..., Any] | bool] | Collection[Any] | None = None,
    ) -> None:
        self._activities = {
            definition.name: definition for definition in map(activity_definition, registered)
        }
        self._real: dict[str, Callable[..., Any]] = {}
        for function in extra:
            self._add_extra(activity_definition(function))
        self._mocks = {self._known(key): mock for key, mock in (mocks or {}).items()}
        self._add_real(real or ())
        self._fakes: dict[str, bytes | None] = {}

    def for_run(self, failures: Mapping[str, Any]) -> RunMocks:
        """Return the mocks of one run; lists of results start at their first again."""
        return RunMocks(
            self, {self._known(name): _raised(name, error) for name, error in failures.items()}
        )

    def find(self, activity: Any) -> ActivityDefinition | None:
        """Return the registered activity a function or name stands for."""
        name = activity if isinstance(activity, str) else activity_name(activity)
        return self._activities.get(name) if name else None

    @property
    def only_fakes(self) -> bool:
        """Whether the author said nothing about any activity: all of them answer with fakes."""
        return not self._mocks and not self._real

    def names(self) -> list[str]:
        """Return the names of all registered activities."""
        return sorted(self._activities)

    def mock_for(self, name: str) -> Mock | None:
        """Return what the author said about an activity."""
        return self._mocks.get(name)

    def has_mock(self, name: str) -> bool:
        """Tell whether the author said anything about an activity."""
        return name in self._mocks

    def real_for(self, name: str) -> Callable[..., Any] | None:
        """Return the function to run for real, if that was asked for."""
        return self._real.get(name)

    def fake(self, activity: ActivityDefinition) -> Encoded:
        """Return the fake of an activity's result as JSON; made once.

        Raises `MockError` with a stub to paste when there is no type to fake from.
        """
        name = activity.name
        if name not in self._fakes:
            self._fakes[name] = _faked(activity)
        return Encoded(self._fakes[name], "fake")

    def _add_extra(self, definition: ActivityDefinition) -> None:
        known = self._activities.get(definition.name)
        # `load_runbook_with_children` hands back the very activities that are mocked anyway.
        if known is not None and known.function is definition.function:
            return
        self._activities[definition.name] = definition
        self._run_for_real(definition.name, definition.function)

    def _add_real(self, real: Mapping[Any, Callable[..., Any] | bool] | Collection[Any]) -> None:
        for key in real:
            name = self._known(key)
            given = real[key] if isinstance(real, Mapping) else True
            self._run_for_real(name, given if callable(given) else self._activities[name].function)

    def _run_for_real(self, name: str, function: Callable[..., Any] | None) -> None:
        if function is not None:
            self._real[name] = function

    def _known(self, key: Any) -> str:
        """Return the name of an activity the author means.

        Raises `MockError`, naming the nearest one, when the bundle has no such activity.
        """
        name = key if isinstance(key, str) else activity_definition(key).name
        if name in self._activities:
            return name
        by_function = [a for a in self._activities if a.split(".")[-1] == name]
        if len(by_function) == 1:
            return by_function[0]
        near = difflib.get_close_matches(name, self._activities, n=1, cutoff=0.4)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        known = ", ".join(sorted(self._activities)) or "none"
        raise MockError(f"no activity `{name}` is registered{hint} (registered: {known})")


class RunMocks:
    """The answers of one run."""

    def __init__(self, book: MockBook, failures: Mapping[str, BaseException]) -> None:
        self._book = book
        self._failures = failures
        self._calls: dict[str, int] = {}

    def find(self, activity: Any) -> ActivityDefinition | None:
        """Return the registered activity a function or name stands for."""
        return self._book.find(activity)

    def reply(self, activity: ActivityDefinition, args: list[Any]) -> Reply:
        """Answer one call: the scenario's failure, a mock, the real function, or a fake."""
        name = activity.name
        if name in self._failures:
            return Failure(self._failures[name], "scenario")
        if self._book.has_mock(name):
            mock, more = self._next(name, self._book.mock_for(name))
            return _carried_out(name, mock, args, more=more)
        function = self._book.real_for(name)
        if function is not None:
            return InThread(lambda: _call_for_real(function, args), "real")
        if name in SDK_REPLIES:
            return Value(SDK_REPLIES[name](*args), "fake")
        return self._book.fake(activity)

    def _next(self, name: str, mock: Mock) -> tuple[Mock, bool]:
        """Return what answers this call, and whether a list has more for the one after it."""
        if not isinstance(mock, list):
            return mock, False
        number = self._calls.get(name, 0)
        self._calls[name] = number + 1
        if number >= len(mock):
            raise MockError(
                f"the mock of `{name}` has {len(mock)} result(s) and was called once more; "
                f"to return a list, write `lambda *_: [...]`"
            )
        return mock[number], number + 1 < len(mock)


def _carried_out(name: str, mock: Mock, args: Sequence[Any], *, more: bool) -> Reply:
    if isinstance(mock, BaseException) or (
        isinstance(mock, type) and issubclass(mock, BaseException)
    ):
        return Failure(_raised(name, mock), "mock", more)
    if not callable(mock) or isinstance(mock, type):
        return Value(mock, "mock")
    try:
        outcome = mock(*args)
    except MockError:
        raise
    except Exception as error:  # noqa: BLE001 - what a mock raises is the activity's failure
        return Failure(error, "mock", more)
    return InLoop(outcome, "mock", more) if inspect.iscoroutine(outcome) else Value(outcome, "mock")


def _raised(name: str, error: Any) -> BaseException:
    """Return the exception a mock stands for; a class is called without arguments."""
    if isinstance(error, BaseException):
        return error
    if not (isinstance(error, type) and issubclass(error, BaseException)):
        raise MockError(f"activity `{name}` can only fail with an exception, not with {error!r}")
    try:
        return error()
    except TypeError as problem:
        raise MockError(
            f"activity `{name}`: `{error.__name__}` needs arguments: give an exception, "
            f"`{error.__name__}(...)`, instead of its class"
        ) from problem


def _call_for_real(function: Callable[..., Any], args: list[Any]) -> Any:
    """Call a real activity in its thread; an asynchronous one gets a real event loop."""
    import asyncio

    outcome = function(*args)
    return asyncio.run(outcome) if inspect.iscoroutine(outcome) else outcome


def _faked(activity: ActivityDefinition) -> bytes | None:
    signature = activity.signature
    if not signature.has_result:
        parameters = ", ".join(
            [name if required else f"{name}=None" for name, _, required in signature.parameters]
            + (["*rest"] if signature.variadic else [])
        )
        raise MockError(
            f"activity `{activity.name}` has no return annotation to fake from: annotate it, or "
            f"paste this and fill it in: mocks={{{activity.name!r}: lambda {parameters}: ...}}"
        )
    try:
        return encoded_fake(signature.result).data
    except MockUnavailable as error:
        raise MockError(
            f"activity `{activity.name}` cannot be faked: {error} "
            f"(here: mocks={{{activity.name!r}: ...}})"
        ) from error


def encoded_fake(declared: Any) -> Payload:
    """Return the fake of a type as it travels; a type always has the same one, so it is remembered.

    Raises `MockUnavailable`.
    """
    try:
        hash(declared)
    except TypeError:
        # A type that cannot be hashed cannot be remembered either.
        return payload_of(generate_fake(declared))
    # `int | str` equals `str | int`, but the first member decides: their text differs.
    return _remembered_fake(declared, str(declared))


@lru_cache(maxsize=512)
def _remembered_fake(declared: Any, text: str) -> Payload:
    return payload_of(generate_fake(declared))
