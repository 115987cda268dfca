"""NTR109: threads, processes and loops of one's own, against tasks on the workflow's loop."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta

import anyio
import joblib
import trio
from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)
TENANT: contextvars.ContextVar[str] = contextvars.ContextVar("tenant")


class Loom:
    """Runs threads of wool."""

    def run(self, name: str) -> str:
        return name

    def system(self, name: str) -> str:
        return name

    def to_thread(self, name: str) -> str:
        return name


@activity.defn
async def book(value: object) -> object:
    threading.Thread(target=print).start()
    subprocess.run(["true"], check=True)
    return await asyncio.to_thread(len, [value])


def square(number: int) -> int:
    return number * number


def in_pool(numbers: list[int]) -> list[int]:
    with ThreadPoolExecutor() as pool:  # expect: NTR109/sequence
        return [len(numbers), id_of(pool)]


def id_of(value: object) -> int:
    return 1 if value else 0


@workflow.defn
class Threads:
    @workflow.run
    async def run(self, numbers: list[int]) -> list[object]:
        threading.Thread(target=len).start()  # expect: NTR109/sequence
        threading.Timer(1, len).start()  # expect: NTR109/sequence
        values = [
            ThreadPoolExecutor(2),  # expect: NTR109/sequence
            ProcessPoolExecutor(),  # expect: NTR109/sequence
            concurrent.futures.ThreadPoolExecutor(2),  # expect: NTR109/sequence
            multiprocessing.Pool(2),  # expect: NTR109/sequence
            multiprocessing.Process(target=len),  # expect: NTR109/sequence
            threading.current_thread().name,  # expect: NTR109/sequence
            in_pool(numbers),
        ]
        return [len(values)]

    @workflow.signal
    def processes(self, name: str) -> None:
        subprocess.run([name], check=True)  # expect: NTR109/sequence
        subprocess.Popen([name])  # expect: NTR109/sequence
        subprocess.check_output([name])  # expect: NTR109/sequence
        os.system(name)  # expect: NTR109/sequence
        os.popen(name)  # expect: NTR109/sequence
        os.kill(1, 9)  # expect: NTR109/sequence
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # expect: NTR109/sequence
        sys.exit(1)  # expect: NTR109/sequence


@runbook.defn
class Loops(NtroWorkflow):
    @runbook.run
    async def run(self, numbers: list[int]) -> list[object]:
        loop = asyncio.get_running_loop()
        return [
            await asyncio.to_thread(square, 1),  # expect: NTR109/sequence
            await loop.run_in_executor(None, square, 1),  # expect: NTR109/sequence
            await asyncio.create_subprocess_exec("true"),  # expect: NTR109/sequence
            await asyncio.create_subprocess_shell("true"),  # expect: NTR109/sequence
            await anyio.to_thread.run_sync(square, 1),  # expect: NTR109/sequence
            joblib.Parallel(2)([]),  # expect: NTR109/sequence
        ]

    @runbook.step(name="loops", title="Loops of one's own")
    async def own_loops(self, numbers: list[int]) -> None:
        loop = asyncio.get_event_loop()
        loop.call_soon_threadsafe(square, 1)  # expect: NTR109/sequence
        loop.add_signal_handler(15, square, 1)  # expect: NTR109/sequence
        loop.run_until_complete(self._wait())  # expect: NTR109/sequence
        loop.stop()  # expect: NTR109/sequence
        asyncio.run_coroutine_threadsafe(self._wait(), loop)  # expect: NTR109/sequence
        asyncio.run(self._wait())  # expect: NTR109/sequence
        asyncio.set_event_loop(loop)  # expect: NTR109/sequence
        other = asyncio.new_event_loop()  # expect: NTR109/sequence
        other.close()  # expect: NTR109/sequence
        trio.run(self._wait)  # expect: NTR109/sequence

    async def _wait(self) -> None:
        await asyncio.sleep(1)


@runbook.defn
class Tasks(NtroWorkflow):
    @runbook.run
    async def run(self, numbers: list[int]) -> list[object]:
        TENANT.set("main")
        task = asyncio.create_task(self._double(1))
        shielded = asyncio.shield(asyncio.ensure_future(self._double(2)))
        async with asyncio.TaskGroup() as group:
            group.create_task(self._double(3))
        async with asyncio.timeout(5):
            await asyncio.wait_for(task, timeout=1)
        values = await asyncio.gather(self._double(4), self._double(5), return_exceptions=True)
        return [*values, await shielded, TENANT.get()]

    async def _double(self, number: int) -> int:
        await asyncio.sleep(number)
        return 2 * number

    @runbook.step(name="loop", title="The workflow's loop")
    async def workflow_loop(self, number: int) -> None:
        loop = asyncio.get_running_loop()
        task = loop.create_task(self._double(number))
        loop.call_soon(task.cancel)
        loop.call_later(1, task.cancel)
        future: asyncio.Future[int] = loop.create_future()
        future.set_result(square(number))
        await runbook.execute_activity(book, await future, start_to_close_timeout=SHORT)

    @runbook.step(name="types", title="Types")
    async def types(self, threads: list[threading.Thread]) -> None:
        try:
            await runbook.execute_activity(book, len(threads), start_to_close_timeout=SHORT)
        except (concurrent.futures.TimeoutError, subprocess.CalledProcessError):
            runbook.logger.info("failed %s", signal.Signals.SIGTERM)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, name: str) -> None:
        loom = Loom()
        values = [loom.run(name), loom.system(name), loom.to_thread(name)]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, asyncio: Loom, os: Loom) -> None:
        values = [asyncio.run("a"), asyncio.to_thread("b"), os.system("c")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


@workflow.defn
class TemporalTasks:
    @workflow.run
    async def run(self, numbers: list[int]) -> list[int]:
        started = [
            workflow.start_activity(book, number, start_to_close_timeout=SHORT)
            for number in numbers
        ]
        return [await handle for handle in started]


async def main() -> None:
    with ThreadPoolExecutor(max_workers=4) as pool:
        pool.submit(square, 2)


if __name__ == "__main__":
    asyncio.run(main())
    sys.exit(0)
