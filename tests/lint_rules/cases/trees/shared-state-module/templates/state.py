"""State of the process."""

from __future__ import annotations

from collections.abc import Callable

CACHE: dict[str, str] = {}
RUNS: list[str] = []
HANDLERS: dict[str, Callable[[str], str]] = {}
LIMITS = {"bank": 3}
counter = 0


class Registry:
    instances: list[str] = []

    @classmethod
    def add(cls, name: str) -> None:
        cls.instances.append(name)  # expect: NTR114

    @classmethod
    def count(cls) -> int:
        return len(cls.instances)


def remember(name: str) -> None:
    CACHE[name] = name  # expect: NTR114


def increase() -> int:
    global counter
    counter += 1  # expect: NTR114
    return counter


def handles(name: str) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    def register(function: Callable[[str], str]) -> Callable[[str], str]:
        HANDLERS[name] = function
        return function

    return register


def remember_in_activity(name: str) -> None:
    RUNS.append(name)


def limit_of(name: str) -> int:
    return LIMITS.get(name, 0)
