"""NTR112: tasks that come back in the order of their addresses."""

from __future__ import annotations

import asyncio
from asyncio import FIRST_COMPLETED, as_completed
from asyncio import wait as wait_for_any
from collections.abc import Awaitable
from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


class Kitchen:
    """Waits for orders, not for tasks."""

    def wait(self, names: list[str]) -> list[str]:
        return names

    def as_completed(self, names: list[str]) -> list[str]:
        return sorted(names)


@activity.defn
async def book(value: object) -> object:
    tasks = [asyncio.create_task(asyncio.sleep(1))]
    done, _ = await asyncio.wait(tasks)
    return [value, len(done), [await task for task in asyncio.as_completed(tasks)]]


async def first_result(tasks: list[asyncio.Task[str]]) -> str:
    done, _ = await asyncio.wait(tasks, return_when=FIRST_COMPLETED)  # expect: NTR112
    return done.pop().result()


@workflow.defn
class Waits:
    @workflow.run
    async def run(self, names: list[str]) -> list[str]:
        tasks = [asyncio.create_task(self._book(name)) for name in names]
        done, pending = await asyncio.wait(tasks)  # expect: NTR112/sequence
        for task in done:
            await self._book(task.result())
        for task in pending:
            task.cancel()
        return [await first_result(tasks)]

    @workflow.update
    async def results(self, names: list[str]) -> list[str]:
        tasks = [asyncio.create_task(self._book(name)) for name in names]
        done, _ = await wait_for_any(tasks)  # expect: NTR112/payload
        return [task.result() for task in done]

    @workflow.signal
    async def completed(self, names: list[str]) -> None:
        books = [self._book(name) for name in names]
        for task in asyncio.as_completed(books):  # expect: NTR112/sequence
            await self._book(await task)
        for task in as_completed([self._book("last")]):  # expect: NTR112/sequence
            await task

    @workflow.signal
    async def local(self, names: list[str]) -> None:
        await asyncio.gather(  # expect: NTR112/sequence
            workflow.execute_local_activity(book, names, start_to_close_timeout=SHORT),
            workflow.execute_local_activity(book, names, start_to_close_timeout=SHORT),
        )

    @workflow.signal
    async def cancel_all(self) -> None:
        for task in asyncio.all_tasks():  # expect: NTR112
            task.cancel()

    async def _book(self, name: str) -> str:
        return await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)


@runbook.defn
class Gathers(NtroWorkflow):
    @runbook.run
    async def run(self, names: list[str]) -> list[str]:
        return await asyncio.gather(*[self._book(name) for name in names])

    async def _book(self, name: str) -> str:
        return await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)

    @runbook.step(name="one-by-one", title="One by one")
    async def one_by_one(self, names: list[str]) -> None:
        tasks = [asyncio.create_task(self._book(name)) for name in names]
        for task in tasks:
            await task
        finished = [task for task in tasks if task.done()]
        await asyncio.wait_for(tasks[0], timeout=len(finished))

    @runbook.step(name="group", title="Group")
    async def group(self, names: list[str]) -> None:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._book(name)) for name in names]
        await self._book(tasks[0].result())

    @runbook.step(name="own", title="Own names")
    async def own_names(self, names: list[str]) -> None:
        kitchen = Kitchen()
        for name in kitchen.as_completed(kitchen.wait(names)):
            await self._book(name)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, asyncio: Kitchen) -> None:
        for name in asyncio.wait(["a"]):
            await self._book(name)


@workflow.defn
class TemporalWaits:
    @workflow.run
    async def run(self, names: list[str]) -> list[str]:
        tasks = [asyncio.create_task(self._book(name)) for name in names]
        done, pending = await workflow.wait(tasks)
        for task in workflow.as_completed(pending):
            await task
        return [task.result() for task in done]

    async def _book(self, name: str) -> str:
        return await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)

    @workflow.signal
    async def local(self, names: list[str]) -> None:
        for name in names:
            await workflow.execute_local_activity(book, name, start_to_close_timeout=SHORT)

    @workflow.signal
    async def event(self, waiting: list[Awaitable[str]]) -> None:
        ready = asyncio.Event()
        ready.set()
        await ready.wait()
