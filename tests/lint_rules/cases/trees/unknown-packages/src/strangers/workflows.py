"""Goes through the bridge."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from strangers.bridge import Adapter, converted, priced

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return value


@workflow.defn
class Strangers:
    @workflow.run
    async def run(self, name: str, table: dict[str, object]) -> list[object]:
        handler = table[name]
        values = [Adapter().load(name), priced(name), converted(name), handler]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
