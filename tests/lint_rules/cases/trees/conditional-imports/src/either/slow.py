"""The slow one."""

from __future__ import annotations

import time


def stamp() -> float:
    return float(time.time_ns())  # expect: NTR101/payload


def fixed() -> int:
    return 2
