"""Hands typed objects on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from temporalio import activity, workflow

from typed.clocks import FixedClock, Folder, clock_of
from typed.reports import fixed_stamp, listed, stamp, stamp_perhaps

if TYPE_CHECKING:
    from random import random as draw

    from typed.clocks import Clock
else:

    def draw() -> float:
        return 0.5


SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return value


@workflow.defn
class Typed:
    def __init__(self) -> None:
        self.clock: Clock = clock_of("main")
        self.fixed = FixedClock()

    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            stamp(self.clock),
            self.clock.now(),
            clock_of(name).now(),
            stamp_perhaps(),
            fixed_stamp(self.fixed),
            listed(Folder(Path(name))),
            draw(),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
