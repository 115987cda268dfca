"""Draws examples of a strategy inside of a test, the same ones whenever it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import Phase, find, given, settings
from hypothesis.errors import NoSuchExample
from hypothesis.strategies import SearchStrategy

STABLE = settings(
    derandomize=True,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    phases=[Phase.generate, Phase.shrink],
)


def drawn(strategy: SearchStrategy[Any], count: int = 25) -> list[Any]:
    """Return examples of a strategy, the simplest one first; all health checks are on."""
    seen: list[Any] = []

    @settings(STABLE, max_examples=count)
    @given(strategy)
    def collect(value: Any) -> None:
        seen.append(value)

    collect()
    return seen


def simplest(
    strategy: SearchStrategy[Any], wanted: Callable[[Any], bool] = lambda _value: True
) -> Any:
    """Return the minimal example, of those that are wanted."""
    return find(strategy, wanted, settings=settings(STABLE, max_examples=500))


def is_drawn(strategy: SearchStrategy[Any], wanted: Callable[[Any], bool]) -> bool:
    """Tell whether such an example comes sooner or later; it is not shrunk."""
    try:
        find(
            strategy, wanted, settings=settings(STABLE, max_examples=3000, phases=[Phase.generate])
        )
    except NoSuchExample:
        return False
    return True
