"""Uses the objects."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from implicit.objects import Clock, Label, Money, Rows

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return [value, Clock().never_read, Money(1) - Money(2)]


@workflow.defn
class Implicit:
    def __init__(self) -> None:
        self.clock = Clock()

    @workflow.run
    async def run(self, name: str) -> list[object]:
        with Rows(name) as rows:
            texts = list(rows)
        moneys = sorted([Money(1), Money(2)])
        values = [
            self.clock.now,
            self.clock.started,
            self.clock.name,
            f"{Label()}",
            str(Label()),
            len(rows),
            1 + Money(2),
            len(texts) + len(moneys),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
