"""Times and durations in the JSON form of protobuf, in nanoseconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ntro_testkit.history.problems import DamagedError

SECOND = 1_000_000_000
"""Nanoseconds in one."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def nanoseconds(moment: Any) -> int:
    """Return a time such as `2026-03-31T08:00:00.25Z` as nanoseconds since 1970.

    Raises `DamagedError` for anything else.
    """
    if not isinstance(moment, str) or len(moment) < 20:
        raise DamagedError(f"expected a time, found {moment!r}")
    base, rest = moment[:19], moment[19:]
    fraction = ""
    if rest[0] == ".":
        digits = len(rest) - len(rest[1:].lstrip("0123456789"))
        fraction, rest = rest[1:digits], rest[digits:]
    zone = "+00:00" if rest in ("Z", "z") else rest
    whole = datetime.fromisoformat(base + zone) - _EPOCH
    return (whole.days * 86_400 + whole.seconds) * SECOND + int(f"{fraction:0<9}"[:9])


def moment_of(value: int) -> datetime:
    """Return nanoseconds since 1970 as a time in UTC, to the microsecond below."""
    return _EPOCH + timedelta(microseconds=value // 1000)


def span(duration: Any) -> int:
    """Return a duration such as `86400s` or `0.5s` in nanoseconds; None is none, 0.

    Raises `DamagedError` for anything else.
    """
    if duration is None:
        return 0
    if not isinstance(duration, str) or not duration.endswith("s"):
        raise DamagedError(f"expected a duration such as `60s`, found {duration!r}")
    whole, _, fraction = duration[:-1].partition(".")
    if not fraction:
        return int(whole) * SECOND
    nanos = int(f"{fraction:0<9}"[:9])
    return int(whole) * SECOND + (-nanos if whole.startswith("-") else nanos)


def spoken(value: int) -> str:
    """Return nanoseconds as people say them: `2 d`, `90 s`, `1 h 30 min`, `0.25 s`."""
    if value == 0:
        return "none"
    seconds, rest = divmod(value, SECOND)
    if rest or seconds < 60:
        return f"{value / SECOND:g} s"
    words = []
    for name, size in (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count} {name}")
    return " ".join(words)
