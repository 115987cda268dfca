"""Helpers whose parameters are annotated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from .clocks import Clock, FixedClock
    from .clocks import Folder as Directory


def stamp(clock: Clock) -> float:
    return clock.now()


def stamp_perhaps(clock: "Optional[Clock]" = None) -> float:
    return clock.now() if clock is not None else 0.0


def fixed_stamp(clock: FixedClock) -> float:
    return clock.now()


def listed(folder: Directory | None) -> list[str]:
    return folder.names() if folder else []
