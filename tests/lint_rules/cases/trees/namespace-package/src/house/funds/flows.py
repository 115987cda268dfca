"""A package without `__init__.py`, two levels deep."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from house.tools.clocks import stamp
from house.tools.names import clean

from ..tools import names

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return value


@workflow.defn
class OpenHouse:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [stamp(), clean(name), names.label(name)]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
