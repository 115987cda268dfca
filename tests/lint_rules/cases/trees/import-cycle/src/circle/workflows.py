"""Goes in circles."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

import circle
from circle.first import plain

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return value


@workflow.defn
class Circle:
    @workflow.run
    async def run(self, number: int) -> object:
        values = [circle.odd(number), plain(number), self._turn(number)]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)

    def _turn(self, number: int) -> int:
        return self._return(number - 1) if number else 0

    def _return(self, number: int) -> int:
        return self._turn(number)
