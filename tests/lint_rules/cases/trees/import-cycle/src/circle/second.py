"""Needs the first."""

from __future__ import annotations

import random

from circle import first


def odd(number: int) -> object:
    if number == 0:
        return random.random()  # expect: NTR103/payload
    return first.even(number - 1)


def never_called(number: int) -> object:
    return first.even(number), random.random()
