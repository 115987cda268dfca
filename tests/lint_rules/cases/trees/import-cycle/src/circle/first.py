"""Needs the second."""

from __future__ import annotations

import time

from circle import second
from circle.third import *


def even(number: int) -> object:
    if number == 0:
        return time.time()  # expect: NTR101/payload
    return second.odd(number - 1)


def plain(number: int) -> int:
    return number + start
