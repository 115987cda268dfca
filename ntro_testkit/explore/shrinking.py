"""Makes a schedule that shows a fault as short as it can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def shrink(items: Sequence[Item], shows: Callable[[Sequence[Item]], bool]) -> list[Item]:
    """Return a part of `items`, in the same order, that still shows what they show.

    Nothing of it can be left out any more: without any one of its items it shows nothing. What is
    left out happens in its usual order. `shows(items)` must hold.
    """
    kept = list(items)
    size = len(kept)
    while size:
        kept, any_left_out = _without_pieces(kept, size, shows)
        if not any_left_out or size > len(kept):
            size = min(size // 2, len(kept))
    return kept


def _without_pieces(
    items: list[Item], size: int, shows: Callable[[Sequence[Item]], bool]
) -> tuple[list[Item], bool]:
    """Leave out pieces of a size, from the end on, wherever what is left still shows it."""
    kept, any_left_out = items, False
    for start in range(len(items) - 1, -1, -size):
        begin = max(0, start - size + 1)
        shorter = kept[:begin] + kept[start + 1 :]
        if len(shorter) < len(kept) and shows(shorter):
            kept, any_left_out = shorter, True
    return kept, any_left_out
