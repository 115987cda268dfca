"""NTR102: clocks that count from somewhere else on every worker."""

from __future__ import annotations

import asyncio
import functools
import time
import timeit
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)
BUDGET = 30.0


@contextmanager
def measured(name: str) -> Iterator[None]:
    started = time.perf_counter()  # expect: NTR102/noise
    yield
    runbook.logger.info("%s took %s", name, time.perf_counter() - started)  # expect: NTR102/noise


def timed(function: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
    @functools.wraps(function)
    async def wrapper(*args: object) -> object:
        started = time.monotonic()  # expect: NTR102/noise
        result = await function(*args)
        runbook.logger.info("took %s", time.monotonic() - started)  # expect: NTR102/noise
        return result

    return wrapper


def timed_activity(function: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
    @functools.wraps(function)
    async def wrapper(*args: object) -> object:
        started = time.monotonic()
        result = await function(*args)
        return [result, time.monotonic() - started, timeit.default_timer()]

    return wrapper


@activity.defn
@timed_activity
async def book(value: object) -> object:
    return [value, time.perf_counter(), time.process_time()]


@timed
async def load(account: str) -> object:
    return await runbook.execute_activity(book, account, start_to_close_timeout=SHORT)


class Stopwatch:
    def __init__(self) -> None:
        self.started = time.perf_counter()  # expect: NTR102

    def elapsed(self) -> float:
        return time.perf_counter() - self.started  # expect: NTR102/payload


class VirtualStopwatch:
    def __init__(self) -> None:
        self.started = runbook.now()

    def elapsed(self) -> timedelta:
        return runbook.now() - self.started

    def monotonic(self) -> float:
        return self.elapsed().total_seconds()


@runbook.defn
class Measures(NtroWorkflow):
    @runbook.run
    async def run(self, account: str) -> list[object]:
        watch = Stopwatch()
        with measured("load"):
            await load(account)
        values = [
            time.monotonic(),  # expect: NTR102/payload
            time.monotonic_ns(),  # expect: NTR102/payload
            time.perf_counter(),  # expect: NTR102/payload
            time.perf_counter_ns(),  # expect: NTR102/payload
            time.process_time(),  # expect: NTR102/payload
            time.process_time_ns(),  # expect: NTR102/payload
            time.thread_time(),  # expect: NTR102/payload
            time.thread_time_ns(),  # expect: NTR102/payload
            time.clock_gettime(time.CLOCK_MONOTONIC),  # expect: NTR102/payload
            time.clock_gettime_ns(time.CLOCK_PROCESS_CPUTIME_ID),  # expect: NTR102/payload
            time.get_clock_info("monotonic").resolution,  # expect: NTR102/payload
            timeit.default_timer(),  # expect: NTR102/payload
            timeit.timeit("1 + 1"),  # expect: NTR102/payload
            watch.elapsed(),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="deadline", title="Deadline")
    async def deadline(self, account: str) -> None:
        end = time.monotonic() + BUDGET  # expect: NTR102/sequence
        while time.monotonic() < end:  # expect: NTR102/sequence
            await runbook.execute_activity(book, account, start_to_close_timeout=SHORT)
        pause = max(0.0, end - time.perf_counter())  # expect: NTR102/sequence
        await asyncio.sleep(pause)


@workflow.defn
class TimesOut:
    def __init__(self) -> None:
        self.started = workflow.now()
        self.limit = time.monotonic() + BUDGET  # expect: NTR102

    @workflow.run
    async def run(self, account: str) -> str:
        clock = time.perf_counter
        if clock() > self.limit:  # expect: NTR102/sequence
            return "late"
        return account


@runbook.defn
class VirtualTime(NtroWorkflow):
    @runbook.run
    async def run(self, account: str) -> list[object]:
        watch = VirtualStopwatch()
        loop = asyncio.get_running_loop()
        started = loop.time()
        await asyncio.sleep(BUDGET)
        values = [
            loop.time() - started,
            watch.elapsed(),
            watch.monotonic(),
            time.CLOCK_MONOTONIC,
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="budget", title="Budget")
    async def budget(self, account: str) -> None:
        end = runbook.now() + timedelta(seconds=BUDGET)
        while runbook.now() < end:
            await runbook.execute_activity(book, account, start_to_close_timeout=SHORT)
        async with asyncio.timeout(BUDGET):
            await runbook.execute_activity(book, account, start_to_close_timeout=SHORT)


@workflow.defn
class TemporalClock:
    @workflow.run
    async def run(self, account: str) -> float:
        started = workflow.time()
        await workflow.sleep(1)
        return workflow.time() - started


def benchmark(number: int) -> float:
    started = time.perf_counter()
    timeit.timeit("1 + 1", number=number)
    return time.perf_counter() - started
