"""The project's own higher-order functions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable


def each(items: Iterable[str], function: Callable[[str], str]) -> list[str]:
    return [function(item) for item in items]


async def retry(times: int, function: Callable[[], Awaitable[str]]) -> str:
    for _ in range(times - 1):
        try:
            return await function()
        except ValueError:
            continue
    return await function()


def compose(*functions: Callable[[str], str]) -> Callable[[str], str]:
    def composed(text: str) -> str:
        for function in functions:
            text = function(text)
        return text

    return composed


class Pipeline:
    def __init__(self, *, clean: Callable[[str], str]) -> None:
        self.clean = clean

    def run(self, text: str) -> str:
        return self.clean(text)
