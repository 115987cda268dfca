"""NTR108: calls that hold up the event loop, against those that give it back."""

from __future__ import annotations

import asyncio
import getpass
import pdb
import queue
import threading
import time
from datetime import timedelta
from queue import Queue
from time import sleep

import click
import questionary
from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


class Bed:
    """Sleeps and waits without the operating system."""

    def sleep(self, hours: int) -> int:
        return hours

    def get(self) -> int:
        return 1

    def acquire(self) -> bool:
        return True

    def input(self, text: str) -> str:
        return text


@activity.defn
async def book(value: object) -> object:
    time.sleep(1)
    return [value, input("value? "), Queue().get()]


def pause() -> None:
    time.sleep(1)  # expect: NTR108/sequence


def pause_of_activities() -> None:
    time.sleep(1)


@activity.defn
def slow(value: str) -> str:
    pause_of_activities()
    return value


@workflow.defn
class Sleeps:
    @workflow.run
    async def run(self, name: str) -> str:
        time.sleep(1)  # expect: NTR108/sequence
        sleep(1)  # expect: NTR108/sequence
        pause()
        for _ in name:
            time.sleep(0.1)  # expect: NTR108/sequence
        nap = time.sleep
        nap(1)  # expect: NTR108/sequence
        return name

    @workflow.signal
    def slow_signal(self, name: str) -> None:
        time.sleep(len(name))  # expect: NTR108/sequence


@runbook.defn
class Asks(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> list[object]:
        values = [
            input("name? "),  # expect: NTR108/sequence
            getpass.getpass(),  # expect: NTR108/sequence
            click.prompt("name"),  # expect: NTR108/sequence
            questionary.text("name").ask(),  # expect: NTR108/sequence
        ]
        breakpoint()  # expect: NTR108/sequence
        pdb.set_trace()  # expect: NTR108/sequence
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


@workflow.defn
class Waits:
    def __init__(self) -> None:
        self.lines: Queue[str] = queue.Queue()

    @workflow.run
    async def run(self, name: str) -> list[object]:
        self.lines.put(name)  # expect: NTR108/sequence
        first = self.lines.get()  # expect: NTR108/sequence
        self.lines.join()  # expect: NTR108/sequence
        return [first, Queue().get(), queue.SimpleQueue().get()]  # expect: NTR108/sequence

    @workflow.update
    async def locked(self, name: str) -> str:
        wait_for(None, None)
        return name


def wait_for(lock: threading.Lock | None, event: threading.Event | None) -> None:
    if lock and event:
        lock.acquire()  # expect: NTR108/sequence
        event.wait()  # expect: NTR108/sequence


@runbook.defn
class GivesBack(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.lines: asyncio.Queue[str] = asyncio.Queue()
        self.lock = asyncio.Lock()
        self.is_ready = asyncio.Event()
        self.waiting: queue.Queue[str] = queue.Queue()

    @runbook.run
    async def run(self, name: str) -> str:
        await asyncio.sleep(1)
        await asyncio.sleep(0)
        await runbook.wait_condition(lambda: not self.lines.empty())
        return await self.lines.get()

    @runbook.step(name="primitives", title="Primitives")
    async def primitives(self, name: str) -> None:
        await self.lines.put(name)
        await self.lock.acquire()
        self.lock.release()
        async with self.lock:
            await self.is_ready.wait()
        await asyncio.wait_for(self.lines.join(), timeout=5)
        async with asyncio.Semaphore(2):
            await self.is_ready.wait()

    @runbook.step(name="without-waiting", title="Without waiting")
    async def without_waiting(self, name: str) -> None:
        self.waiting.put_nowait(name)
        values = [self.waiting.get_nowait(), self.waiting.qsize(), self.waiting.empty()]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, name: str) -> None:
        bed = Bed()
        values = [bed.sleep(8), bed.get(), bed.acquire(), bed.input(name)]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, time: Bed) -> None:
        input = time.input
        values = [time.sleep(8), input("name")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


@workflow.defn
class TemporalWaits:
    def __init__(self) -> None:
        self.is_ready = False

    @workflow.run
    async def run(self, name: str) -> str:
        await workflow.sleep(1)
        await workflow.wait_condition(lambda: self.is_ready)
        await workflow.execute_activity(slow, name, start_to_close_timeout=SHORT)
        return name

    @workflow.signal
    def ready(self) -> None:
        self.is_ready = True


if __name__ == "__main__":
    sleep(1)
