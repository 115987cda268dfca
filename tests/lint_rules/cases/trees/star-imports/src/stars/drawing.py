"""Names limited by `__all__`."""

from __future__ import annotations

import random

__all__ = ["draw", "fixed"] + ["roll"]


def draw() -> float:
    return random.random()  # expect: NTR103/payload


def roll() -> int:
    return random.randint(1, 6)  # expect: NTR103/payload


def fixed() -> float:
    return 0.5


def hidden() -> float:
    return random.random()
