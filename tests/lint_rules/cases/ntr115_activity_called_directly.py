"""NTR115: activities that run inline, without an event, a timeout or a retry."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Awaitable, Callable
from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from ntro.workflow.task import load_previous_task_activity
from temporalio import activity as temporal_activity
from temporalio import workflow
from temporalio.activity import defn as activity_defn

SHORT = timedelta(minutes=5)


@activity.defn
async def book(name: str) -> str:
    return await fetch(name)


@activity.defn(name="fetch-rows")
async def fetch(name: str) -> str:
    return normalised(name)


@temporal_activity.defn
def count(name: str) -> int:
    return len(name)


@activity_defn(name="sum-up")
async def sum_up(name: str) -> int:
    return len(name)


class Ledger:
    def __init__(self, name: str) -> None:
        self.name = name

    @activity.defn
    async def post(self, amount: int) -> int:
        return amount + await self.balance()

    @activity.defn
    async def balance(self) -> int:
        return self.plain()

    def plain(self) -> int:
        return 1


class LongLedger(Ledger):
    """Inherits its activities."""


def normalised(name: str) -> str:
    return name.strip()


async def book_twice(name: str) -> list[str]:
    first = await book(name)  # expect: NTR115
    rebooked = book
    second = await rebooked(name)  # expect: NTR115
    return [first, second]


async def book_properly(name: str) -> str:
    return await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)


async def with_retries(function: Callable[[str], Awaitable[str]], name: str) -> str:
    return await runbook.execute_activity(function, name, start_to_close_timeout=SHORT)


@workflow.defn
class CallsDirectly:
    def __init__(self) -> None:
        self.ledger = Ledger("main")

    @workflow.run
    async def run(self, name: str) -> list[object]:
        return [
            await book(name),  # expect: NTR115
            await fetch(name),  # expect: NTR115
            count(name),  # expect: NTR115
            await sum_up(name),  # expect: NTR115
            await Ledger("other").post(1),  # expect: NTR115
            await self.ledger.balance(),  # expect: NTR115
            await LongLedger("other").post(1),  # expect: NTR115
            await asyncio.create_task(book(name)),  # expect: NTR115
            await asyncio.gather(book(name), fetch(name)),  # expect: NTR115
            await functools.partial(book, name)(),  # expect: NTR115
            [count(part) for part in name.split()],  # expect: NTR115
            await book_twice(name),
            await load_previous_task_activity(name),  # expect: NTR115
        ]

    @workflow.signal
    async def condition(self, name: str) -> None:
        await workflow.wait_condition(lambda: count(name) > 3)  # expect: NTR115


@runbook.defn
class GivesReferences(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger("main")
        self.chosen = book

    @runbook.run
    async def run(self, name: str) -> list[object]:
        return [
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT),
            await runbook.execute_activity(self.chosen, name, start_to_close_timeout=SHORT),
            await runbook.execute_activity(self.ledger.post, 1, start_to_close_timeout=SHORT),
            await self.run_step("fetch", fetch, name),
            await self.run_step("post", self.ledger.post, 1),
            await book_properly(name),
            await with_retries(book, name),
            normalised(name),
            self.ledger.plain(),
        ]

    @runbook.step(name="choose", title="Choose")
    async def choose(self, name: str) -> None:
        chosen = book if name else fetch
        table = {"book": book, "fetch": fetch}
        await runbook.execute_activity(chosen, name, start_to_close_timeout=SHORT)
        await runbook.execute_activity(table["book"], name, start_to_close_timeout=SHORT)
        for function in (book, fetch):
            await runbook.execute_activity(function, name, start_to_close_timeout=SHORT)

    @runbook.step(name="partial", title="Partial")
    async def partial(self, name: str) -> None:
        execute = functools.partial(runbook.execute_activity, book, start_to_close_timeout=SHORT)
        await execute(name)

    @runbook.step(name="named", title="Named")
    async def named(self, name: str) -> None:
        await runbook.execute_activity("fetch-rows", name, start_to_close_timeout=SHORT)
        runbook.logger.info("will run %s", book.__name__)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, name: str) -> None:
        fetch = normalised
        await runbook.execute_activity(book, fetch(name), start_to_close_timeout=SHORT)
        await self.book(name)

    async def book(self, name: str) -> str:
        return await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)

    @runbook.step(name="previous", title="Previous")
    async def previous(self, name: str) -> None:
        await self.load_previous_task(workflow_slug=name, entity_id=name)


@workflow.defn
class TemporalReferences:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        handle = workflow.start_activity(book, name, start_to_close_timeout=SHORT)
        return [
            await handle,
            await workflow.execute_activity_method(Ledger.post, 1, start_to_close_timeout=SHORT),
            await workflow.execute_local_activity(count, name, start_to_close_timeout=SHORT),
            await asyncio.gather(
                workflow.execute_activity(book, name, start_to_close_timeout=SHORT),
                workflow.execute_activity(fetch, name, start_to_close_timeout=SHORT),
            ),
        ]


async def main() -> None:
    await book("main")
    await Ledger("main").post(1)
