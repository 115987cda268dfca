"""Uses whatever was chosen."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

try:
    import orjson as json
except ImportError:
    import json

from either import chosen

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return [value, chosen.stamp()]


@workflow.defn
class Either:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            chosen.stamp(),
            chosen.fixed(),
            chosen.draw(),  # expect: NTR103/payload
            json.loads("{}"),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
