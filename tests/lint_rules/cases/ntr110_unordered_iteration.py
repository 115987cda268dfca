"""NTR110: the order of sets, what carries it on and what kills it."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import statistics
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator, Set as AbstractSet
from dataclasses import dataclass, field
from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)
SOURCES = {"bank", "rent-roll"}
FROZEN = frozenset({"bank", "rent-roll"})
ORDERED = ("bank", "rent-roll")


@dataclass
class Basket:
    tags: set[str] = field(default_factory=set)


@activity.defn
async def book(value: object) -> object:
    return [*{"a", "b"}, *set(str(value)), ",".join({"a", "b"})]


def tags_of(names: list[str]) -> set[str]:
    return {name.lower() for name in names}


def untyped_tags(names: list[str]):
    return set(names)


def each_tag(names: list[str]) -> Iterator[str]:
    for name in set(names):  # expect: NTR110
        yield name


def joined(tags: set[str]) -> str:
    return ",".join(tags)  # expect: NTR110/payload


def joined_in_order(tags: set[str]) -> str:
    return ",".join(sorted(tags))


@workflow.defn
class Makers:
    """Everything that makes a set, in a loop that issues commands."""

    @workflow.run
    async def run(self, names: list[str], others: set[str], rows: dict[str, int]) -> None:
        for name in {"bank", "rent-roll"}:  # expect: NTR110/sequence
            await self._book(name)
        for name in set(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in frozenset(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in {name.lower() for name in names}:  # expect: NTR110/sequence
            await self._book(name)
        for name in others:  # expect: NTR110/sequence
            await self._book(name)
        for name in SOURCES:  # expect: NTR110/sequence
            await self._book(name)
        for name in FROZEN:  # expect: NTR110/sequence
            await self._book(name)
        for name in tags_of(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in untyped_tags(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in Basket().tags:  # expect: NTR110/sequence
            await self._book(name)
        for name in each_tag(names):
            await self._book(name)

    @workflow.signal
    async def algebra(self, names: list[str], others: set[str], rows: dict[str, int]) -> None:
        for name in set(names) - others:  # expect: NTR110/sequence
            await self._book(name)
        for name in others & set(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in others | {"bank"}:  # expect: NTR110/sequence
            await self._book(name)
        for name in others ^ {"bank"}:  # expect: NTR110/sequence
            await self._book(name)
        for name in others.union(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in others.difference(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in others.intersection(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in others.symmetric_difference(names):  # expect: NTR110/sequence
            await self._book(name)
        for name in others.copy():  # expect: NTR110/sequence
            await self._book(name)
        for name in rows.keys() | others:  # expect: NTR110/sequence
            await self._book(name)
        for name in rows.keys() & names:  # expect: NTR110/sequence
            await self._book(name)
        for item in rows.items() - {("bank", 1)}:  # expect: NTR110/sequence
            await self._book(item[0])

    async def _book(self, name: str) -> None:
        await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)


@runbook.defn
class Consumers(NtroWorkflow):
    """Everything that carries the order of a set into a payload."""

    @runbook.run
    async def run(self, tags: set[str]) -> list[object]:
        first, second = tags  # expect: NTR110/payload
        head, *tail = tags  # expect: NTR110/payload
        popped = tags.pop()  # expect: NTR110/payload
        values = [
            list(tags),  # expect: NTR110/payload
            tuple(tags),  # expect: NTR110/payload
            [*tags],  # expect: NTR110/payload
            [tag.upper() for tag in tags],  # expect: NTR110/payload
            [(tag, other) for tag in ORDERED for other in tags],  # expect: NTR110/payload
            ",".join(tags),  # expect: NTR110/payload
            ",".join(tag.upper() for tag in tags),  # expect: NTR110/payload
            list(map(str.upper, tags)),  # expect: NTR110/payload
            list(filter(None, tags)),  # expect: NTR110/payload
            list(zip(tags, ORDERED)),  # expect: NTR110/payload
            list(enumerate(tags)),  # expect: NTR110/payload
            next(iter(tags)),  # expect: NTR110/payload
            deque(tags),  # expect: NTR110/payload
            str(tags),  # expect: NTR110/payload
            f"{tags}",  # expect: NTR110/payload
            max(tags, key=len),  # expect: NTR110/payload
            min(tags, key=len),  # expect: NTR110/payload
            list(itertools.chain(tags, ORDERED)),  # expect: NTR110/payload
            list(itertools.islice(tags, 2)),  # expect: NTR110/payload
            joined(tags),
            first,
            second,
            head,
            tail,
            popped,
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="dicts", title="Dicts made of sets")
    async def dicts(self, tags: set[str]) -> None:
        for tag in dict.fromkeys(tags):  # expect: NTR110/sequence
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        for tag in Counter(tags):  # expect: NTR110/sequence
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        for tag in OrderedDict.fromkeys(tags):  # expect: NTR110/sequence
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        lengths = {tag: len(tag) for tag in tags}  # expect: NTR110/sequence
        for tag, length in lengths.items():
            await runbook.execute_activity(book, [tag, length], start_to_close_timeout=SHORT)

    @runbook.step(name="carried", title="Carried on")
    async def carried(self, tags: set[str]) -> None:
        rows: list[str] = []
        for tag in tags:  # expect: NTR110/payload
            rows.append(tag)
        await runbook.execute_activity(book, rows, start_to_close_timeout=SHORT)
        more: list[str] = []
        more.extend(tags)  # expect: NTR110/payload
        await runbook.execute_activity(book, more, start_to_close_timeout=SHORT)
        text = ""
        for tag in tags:  # expect: NTR110/payload
            text += tag
        await runbook.execute_activity(book, text, start_to_close_timeout=SHORT)

    @runbook.step(name="later", title="Decided later")
    async def later(self, tags: set[str]) -> None:
        ordered = list(tags)  # expect: NTR110/sequence
        for tag in ordered:
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        pending = set(ORDERED)
        while pending:
            tag = pending.pop()  # expect: NTR110
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)

    @runbook.step(name="together", title="Together")
    async def together(self, tags: set[str]) -> None:
        await asyncio.gather(*[self._book(tag) for tag in tags])  # expect: NTR110/sequence
        await asyncio.gather(*(self._book(tag) for tag in tags))  # expect: NTR110/sequence
        tasks = [asyncio.create_task(self._book(tag)) for tag in tags]  # expect: NTR110/sequence
        await asyncio.gather(*tasks)
        await asyncio.gather(*map(self._book, tags))  # expect: NTR110/sequence
        async with asyncio.TaskGroup() as group:
            for tag in tags:  # expect: NTR110/sequence
                group.create_task(self._book(tag))

    @runbook.step(name="first", title="The first that fits")
    async def first(self, tags: set[str]) -> None:
        wanted = next(tag for tag in tags if tag.startswith("b"))  # expect: NTR110/payload
        await runbook.execute_activity(book, wanted, start_to_close_timeout=SHORT)
        found = self._first(tags)
        await runbook.execute_activity(book, found, start_to_close_timeout=SHORT)
        child_id = "-".join(tags)  # expect: NTR110/sequence
        await runbook.execute_child_workflow("audit", wanted, id=child_id)

    def _first(self, tags: set[str]) -> str:
        for tag in tags:  # expect: NTR110
            if tag.startswith("b"):
                return tag
        return "none"

    async def _book(self, tag: str) -> None:
        await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)


@runbook.defn
class OrderKillers(NtroWorkflow):
    @runbook.run
    async def run(self, tags: set[str]) -> list[object]:
        values = [
            sorted(tags),
            sorted(tags, key=str.lower),
            sorted(list(tags)),
            len(tags),
            max(tags),
            min(tags),
            any(tag.startswith("b") for tag in tags),
            all(tag.startswith("b") for tag in tags),
            sum(1 for _ in tags),
            sum(len(tag) for tag in tags),
            "bank" in tags,
            "bank" not in tags,
            bool(tags),
            tags == {"bank"},
            tags <= SOURCES,
            tags.isdisjoint(SOURCES),
            tags.issubset(SOURCES),
            heapq.nsmallest(2, tags),
            statistics.median(len(tag) for tag in sorted(tags)),
            joined_in_order(tags),
            len(list(tags)),
            len({tag.lower() for tag in tags}),
            sorted(tags - SOURCES),
            sorted(tag.upper() for tag in tags if tag),
            sorted({tag: len(tag) for tag in tags}.items()),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="commands", title="Commands in order")
    async def commands(self, tags: set[str], rows: dict[str, int]) -> None:
        for tag in sorted(tags):
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        for tag in rows:
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        for tag in rows.keys():
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        for tag in dict.fromkeys(ORDERED):
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        for tag in {tag: 1 for tag in ORDERED}:
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        for tag in ORDERED:
            if tag in tags:
                await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        ordered = list(tags)
        ordered.sort()
        for tag in ordered:
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        await asyncio.gather(*[self._book(tag) for tag in sorted(tags)])

    async def _book(self, tag: str) -> None:
        await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)

    @runbook.step(name="quiet-bodies", title="Quiet bodies")
    async def quiet_bodies(self, tags: set[str]) -> None:
        count, seen = 0, set()
        for tag in tags:
            count += 1
        for tag in tags:
            seen.add(tag.lower())
        for tag in tags:
            if tag in SOURCES:
                count += len(tag)
        is_known = True
        for tag in tags:
            is_known = is_known and tag in SOURCES
        values = [count, len(seen), is_known]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="numbers", title="Sets of numbers")
    async def numbers(self, years: set[int]) -> None:
        for number in {3, 1, 2}:
            await runbook.execute_activity(book, number, start_to_close_timeout=SHORT)
        for number in set(range(3)):
            await runbook.execute_activity(book, number, start_to_close_timeout=SHORT)
        for year in years:
            await runbook.execute_activity(book, year, start_to_close_timeout=SHORT)

    @runbook.step(name="rebound", title="Rebound")
    async def rebound(self, names: list[str]) -> None:
        tags = sorted(set(names))
        for tag in tags:
            await runbook.execute_activity(book, tag, start_to_close_timeout=SHORT)
        unique = list(dict.fromkeys(names))
        await runbook.execute_activity(book, unique, start_to_close_timeout=SHORT)

    @runbook.query
    def tags(self) -> list[str]:
        return sorted(SOURCES | FROZEN)


@workflow.defn
class TaskKeeper:
    def __init__(self) -> None:
        self.background: set[asyncio.Task[None]] = set()
        self.members: AbstractSet[str] = frozenset()

    @workflow.run
    async def run(self, names: list[str]) -> int:
        for name in names:
            task = asyncio.create_task(self._wait(name))
            self.background.add(task)
            task.add_done_callback(self.background.discard)
        return len(self.members) + len(self.background)

    @workflow.update
    async def ask_all(self, question: str) -> None:
        for member in self.members:  # expect: NTR110/sequence
            await workflow.execute_activity(book, member, start_to_close_timeout=SHORT)

    async def _wait(self, name: str) -> None:
        await workflow.sleep(len(name))


def unused(tags: set[str]) -> list[str]:
    return [tag for tag in tags]
