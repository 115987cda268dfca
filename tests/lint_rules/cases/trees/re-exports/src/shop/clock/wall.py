"""The clocks themselves."""

from __future__ import annotations

import time
from time import time_ns as nanoseconds


def moment() -> float:
    return time.time()  # expect: NTR101/payload


def hours() -> int:
    return nanoseconds() // 3_600_000_000_000  # expect: NTR101/payload


def minutes() -> float:
    return time.time() / 60  # expect: NTR101/payload


def quiet_moment() -> float:
    return 0.0


def stamp_of_activities() -> float:
    return time.time()
