"""The workflow of the shop."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

import shop.clock.wall
from shop import api
from shop.activities import book
from shop.api import now
from shop.clock import wall

SHORT = timedelta(minutes=5)


@workflow.defn
class Sell:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            now(),
            api.quiet_moment(),
            api.hours_of_clock(),
            wall.minutes(),
            shop.clock.wall.quiet_moment(),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
