"""Goes through them."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from ordering import tags
from ordering.tags import KNOWN, Basket, known_tags, listed_tags, ordered_tags

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    return [value, tags.listed_in_activities(["a", "b"])]


@workflow.defn
class Travels:
    def __init__(self) -> None:
        self.basket = Basket()

    @workflow.run
    async def run(self, names: list[str]) -> int:
        for name in tags.tags_of(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in known_tags(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in KNOWN:  # expect: NTR110/sequence
            await self._book(name)
        for name in self.basket.all_tags():  # expect: NTR110/sequence
            await self._book(name)
        for name in listed_tags(names):
            await self._book(name)
        return tags.count_tags(names)

    @workflow.signal
    async def in_order(self, names: list[str]) -> None:
        self.basket.tags.update(names)
        for name in ordered_tags(names):
            await self._book(name)
        for name in self.basket.ordered:
            await self._book(name)
        for name in sorted(self.basket.all_tags()):
            await self._book(name)

    async def _book(self, name: str) -> None:
        await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)
