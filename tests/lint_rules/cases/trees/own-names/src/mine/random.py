"""Numbers of one's own."""

from __future__ import annotations


def random() -> float:
    return 0.5


def choice(names: list[str]) -> str:
    return names[0]
