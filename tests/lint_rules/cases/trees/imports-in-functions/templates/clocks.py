"""Imported late."""

from __future__ import annotations

import time


def stamp() -> float:
    return time.time()  # expect: NTR101/payload


def other_stamp() -> float:
    return float(time.time_ns())  # expect: NTR101/payload


def fixed() -> float:
    return 0.0


def of_activities() -> float:
    return time.time()
