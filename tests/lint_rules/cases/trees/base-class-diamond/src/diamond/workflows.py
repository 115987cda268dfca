"""The bottom of the diamond: left before right before root."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from diamond.left import Left
from diamond.right import Right

SHORT = timedelta(minutes=5)


class Bottom(Left, Right):
    def describe(self) -> list[object]:
        return ["bottom", *super().describe()]


@activity.defn
async def book(value: object) -> object:
    return value


@workflow.defn
class Diamond(Bottom):
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [self.describe(), self.label(), self.limit(), self.only_root()]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
