"""NTR122: loops that neither wait nor end, which the deadlock detector stops."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

from ntro.workflow import NtroWorkflow, WorkflowError, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


@activity.defn
async def book(value: object) -> object:
    while True:
        activity.logger.info("working on %s", value)


def spin(names: list[str]) -> None:
    while True:  # expect: NTR122
        names.append("spun")


def numbers() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


def find(names: list[str]) -> str:
    while True:
        name = names.pop()
        if name:
            return name


def fail(names: list[str]) -> None:
    raise WorkflowError(f"nothing in {names}")


def never_called() -> None:
    while True:
        pass


@workflow.defn
class Spins:
    def __init__(self) -> None:
        self.count = 0
        self.approved = False

    @workflow.run
    async def run(self, names: list[str]) -> None:
        spin(names)
        while not self.approved:  # expect: NTR122
            pass

    @workflow.signal
    def counts(self) -> None:
        while True:  # expect: NTR122
            self.count += 1

    @workflow.signal
    async def helps(self) -> None:
        while True:  # expect: NTR122
            self._step()

    @workflow.signal
    async def ends_only_inside(self, names: list[str]) -> None:
        while True:  # expect: NTR122
            for name in names:
                if name:
                    break

    @workflow.signal
    async def ends_only_elsewhere(self, names: list[str]) -> None:
        while 1:  # expect: NTR122

            def done() -> str:
                return "done"

            names.append(done())

    @workflow.signal
    async def handles(self, names: list[str]) -> None:
        while True:  # expect: NTR122
            try:
                self._step()
            except ValueError:
                continue

    def _step(self) -> None:
        self.count += 1


@runbook.defn
class WaitsOrEnds(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.done = False

    @runbook.run
    async def run(self, names: list[str]) -> str:
        while True:
            await runbook.wait_condition(lambda: bool(self.names) or self.done)
            if self.done:
                return "done"
            await self._book(self.names.pop(0))

    @runbook.signal
    def add(self, name: str) -> None:
        self.names.append(name)

    @runbook.step(name="breaks", title="Breaks")
    async def breaks(self, names: list[str]) -> None:
        while True:
            if not names:
                break
            names.pop()
        while True:
            name = find([*names, "last"])
            if name == "last":
                raise WorkflowError("nothing left")
            names.append(name)

    @runbook.step(name="conditions", title="Conditions")
    async def conditions(self, names: list[str]) -> None:
        while names:
            names.pop()
        number = 10
        while number > 0:
            number -= 1
        while (name := names.pop()) != "last":
            self.names.append(name)
        for name in names:
            self.names.append(name)

    @runbook.step(name="helpers", title="Helpers that wait or end")
    async def helpers(self, names: list[str]) -> None:
        while True:
            await self._turn(names)
            if self.done:
                break
        while True:
            fail(names)

    @runbook.step(name="generators", title="Generators")
    async def generators(self, names: list[str]) -> None:
        for number, name in zip(numbers(), names, strict=False):
            await self._book(f"{name}{number}")

    @runbook.step(name="waits", title="Waits in other ways")
    async def waits(self, names: list[str]) -> None:
        lines: asyncio.Queue[str] = asyncio.Queue()
        while not self.done:
            self.names.append(await lines.get())
        while not self.done:
            async with asyncio.timeout(5):
                await self._turn(names)

    async def _turn(self, names: list[str]) -> None:
        await runbook.wait_condition(lambda: bool(self.names))
        names.append(self.names.pop(0))

    async def _book(self, name: str) -> None:
        await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)


@workflow.defn
class ContinuesAsNew:
    def __init__(self) -> None:
        self.names: list[str] = []

    @workflow.run
    async def run(self, names: list[str]) -> None:
        while True:
            await workflow.wait_condition(lambda: bool(self.names))
            names.append(self.names.pop())
            if len(names) > 100:
                workflow.continue_as_new(names)

    @workflow.signal
    def renew(self, names: list[str]) -> None:
        while True:
            self.names.extend(names)
            workflow.continue_as_new(self.names)


if __name__ == "__main__":
    while True:
        pass
