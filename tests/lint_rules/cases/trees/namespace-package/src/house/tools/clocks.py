"""Looks at the clock."""

from __future__ import annotations

import time


def stamp() -> float:
    return time.time()  # expect: NTR101/payload


def never_called() -> float:
    return time.time()
