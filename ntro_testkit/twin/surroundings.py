"""Changes what surrounds workflow code, one factor at a time, and puts it back."""

from __future__ import annotations

import contextlib
import locale
import os
import platform
import random
import re
import socket
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ntro_testkit.siblings import mentioned_strings
from ntro_testkit.twin.clock import Clock
from ntro_testkit.twin.worlds import FACTORS, Factor, World

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]+")

_NEEDED = re.compile(
    r"PATH|PYTHON.*|LD_.*|DYLD_.*|SYSTEMROOT|COMSPEC|TMPDIR|TEMP|TMP|TEMPORAL_HOST"
)
"""Variables that Python and its libraries live on, or that say which runtime the SDK is on."""

_OF_THE_USER = ("USER", "LOGNAME", "USERNAME", "HOME", "HOSTNAME", "PWD", "SHELL")


class Surroundings:
    """A world, in some of its factors, as long as the block lasts.

    `variables` are the names of environment variables that the code may ask for.
    """

    def __init__(
        self, world: World, factors: Collection[Factor], variables: Iterable[str], clock: Clock
    ) -> None:
        self._world = world
        self._factors = factors
        self._variables = sorted(variables)
        self._clock = clock
        self._changes = contextlib.ExitStack()

    def __enter__(self) -> Self:
        change: dict[Factor, Callable[[], AbstractContextManager[None]]] = {
            "clock": lambda: self._clock.shifted_to(self._world.moment),
            "time zone": lambda: _time_zone(self._world.zone),
            "locale": lambda: _language(self._world.languages),
            "environment": lambda: _environment(self._world, self._variables),
            "random numbers": lambda: _random_numbers(self._world.seed),
            "working directory": _elsewhere,
            "machine": lambda: _machine(self._world),
        }
        with contextlib.ExitStack() as changes:
            # The environment as a whole first: a zone and a language have a variable of their own.
            for factor in sorted(FACTORS, key=lambda each: each != "environment"):
                if factor in self._factors:
                    changes.enter_context(change[factor]())
            self._changes = changes.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._changes.close()

    def begin_run(self) -> None:
        """Let every run begin at the same moment, and with the same random numbers."""
        self._clock.begin()
        if "random numbers" in self._factors:
            random.seed(self._world.seed)


def variables_named_in(directories: Iterable[str]) -> set[str]:
    """Return the words in the sources of bundles that may be names of environment variables."""
    words = {word for each in directories for word in mentioned_strings(Path(each))}
    return {word for word in words if _VARIABLE.fullmatch(word) and not _NEEDED.fullmatch(word)}


@contextlib.contextmanager
def _environment(world: World, named: Iterable[str]) -> Iterator[None]:
    before = dict(os.environ)
    try:
        for name in named:
            _change_variable(world, name)
        if world.drops:
            for name in before:
                if not _NEEDED.fullmatch(name.upper()):
                    os.environ.pop(name, None)
        for name in _OF_THE_USER:
            os.environ[name] = f"/{world.machine}" if name in ("HOME", "PWD") else world.machine
        os.environ["NTRO_TESTKIT_TWIN"] = world.machine
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _change_variable(world: World, name: str) -> None:
    """Set what is not set; what is set goes away later, or gets another value."""
    here = os.environ.get(name)
    if here is None:
        os.environ[name] = world.unset
    elif not world.drops:
        os.environ[name] = "2" if here == world.unset else world.unset


@contextlib.contextmanager
def _variable(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


@contextlib.contextmanager
def _time_zone(zone: str) -> Iterator[None]:
    # Windows has no such call: there a process keeps the zone of its machine.
    take_over: Callable[[], None] = getattr(time, "tzset", lambda: None)
    try:
        with _variable("TZ", zone):
            take_over()
            yield
    finally:
        take_over()


@contextlib.contextmanager
def _language(names: Iterable[str]) -> Iterator[None]:
    before = locale.setlocale(locale.LC_ALL)
    name = _first_installed(names)
    try:
        with _variable("LC_ALL", name), _variable("LANG", name):
            yield
    finally:
        locale.setlocale(locale.LC_ALL, before)


def _first_installed(names: Iterable[str]) -> str:
    """Switch to the first of these locales that there is, and return it; `C` is everywhere."""
    for name in names:
        try:
            return locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
    return locale.setlocale(locale.LC_ALL, "C")


@contextlib.contextmanager
def _random_numbers(seed: int) -> Iterator[None]:
    before = random.getstate()
    random.seed(seed)
    try:
        yield
    finally:
        random.setstate(before)


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as directory, contextlib.chdir(directory):
        yield


@contextlib.contextmanager
def _machine(world: World) -> Iterator[None]:
    answers: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
        (socket, "gethostname", lambda: world.machine),
        (socket, "getfqdn", lambda name="": name or f"{world.machine}.invalid"),
        (platform, "node", lambda: world.machine),
        (os, "cpu_count", lambda: world.processors),
        (os, "getlogin", lambda: world.machine),
    )
    with contextlib.ExitStack() as stack:
        for module, name, answer in answers:
            stack.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, answer)
        yield
