"""Uses them."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from kept.base import Keeps
from kept.services import Archive

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return [value, Archive("other").names()]


@workflow.defn
class Kept(Keeps):
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            self.dice.throw(),
            self.services.dice.roll(),
            self.services.archive.names(),
            self.services.archive.path_of(name),
            self.services.clock(),  # expect: NTR101/payload
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
