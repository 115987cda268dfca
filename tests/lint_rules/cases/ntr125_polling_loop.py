"""NTR125: loops that sleep until an attribute changes, a timer in the history for each turn."""

from __future__ import annotations

import asyncio
from asyncio import sleep
from datetime import datetime, timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    while not value:
        await asyncio.sleep(1)
    return value


class Machine:
    def __init__(self) -> None:
        self.done = False

    async def heartbeats(self) -> None:
        while not self.done:
            await asyncio.sleep(1)


@activity.defn
async def run_machine(name: str) -> str:
    await Machine().heartbeats()
    return name


@workflow.defn
class Polls:
    def __init__(self) -> None:
        self.done = False
        self.count = 0
        self.names: list[str] = []

    @workflow.run
    async def run(self, name: str) -> str:
        while not self.done:  # expect: NTR125
            await asyncio.sleep(1)
        while self.count < 3:  # expect: NTR125
            await sleep(60)
        while not self.names:  # expect: NTR125
            await workflow.sleep(60)
        await self._polled()
        return name

    async def _polled(self) -> None:
        while self.done is False:  # expect: NTR125
            await asyncio.sleep(5)

    @workflow.signal
    def finish(self, name: str) -> None:
        self.done = True
        self.count += 1
        self.names.append(name)


@runbook.defn
class PollsInARunbook(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.uploads: list[str] = []

    @runbook.run
    async def run(self, name: str) -> str:
        while not self.uploads:  # expect: NTR125
            await asyncio.sleep(30)
        return self.uploads[0]

    @runbook.signal
    def uploaded(self, name: str) -> None:
        self.uploads.append(name)


@runbook.defn
class Waits(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.done = False
        self.names: list[str] = []

    @runbook.run
    async def run(self, name: str) -> str:
        await runbook.wait_condition(lambda: self.done)
        await runbook.wait_condition(lambda: len(self.names) > 3, timeout=SHORT)
        return name

    @runbook.signal
    def finish(self, name: str) -> None:
        self.done = True
        self.names.append(name)

    @runbook.step(name="periodic", title="Periodic work")
    async def periodic(self, name: str) -> None:
        while not self.done:
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
            await asyncio.sleep(3600)

    @runbook.step(name="deadline", title="Deadline")
    async def deadline(self, due: datetime) -> None:
        while runbook.now() < due:
            await asyncio.sleep(60)

    @runbook.step(name="counted", title="Counted")
    async def counted(self, name: str) -> None:
        for _ in range(3):
            await asyncio.sleep(1)
        left = 3
        while left:
            await asyncio.sleep(1)
            left -= 1

    @runbook.step(name="drained", title="Drained")
    async def drained(self, name: str) -> None:
        while self.names:
            await runbook.execute_activity(book, self.names.pop(), start_to_close_timeout=SHORT)

    @runbook.step(name="once", title="Once")
    async def once(self, name: str) -> None:
        if not self.done:
            await asyncio.sleep(1)
        await runbook.execute_activity(run_machine, name, start_to_close_timeout=SHORT)
