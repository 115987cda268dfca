"""Workflows for the tests of replay: small ones with one subject each, and one that runs programs.

Imported by the tests and, in another process, by the official Replayer.
"""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from typing import Any

from ntro.workflow import activity, runbook
from ntro.workflow.exceptions import ActivityError, ApplicationError
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import (
    CancelledError,
    ChildWorkflowError,
    WorkflowAlreadyStartedError,
)

MINUTE = timedelta(minutes=1)


@activity.defn
async def double(number: int) -> int:
    return 2 * number


@activity.defn
async def echo(data: bytes) -> bytes:
    return data


@activity.defn
async def refuse(number: int) -> int:
    raise ApplicationError("refused", {"number": number}, type="REFUSED", non_retryable=True)


async def doubled(number: int, **options: Any) -> int:
    result: int = await runbook.execute_activity(
        double, number, start_to_close_timeout=MINUTE, **options
    )
    return result


class Flags:
    """A workflow with flags that signals raise."""

    def __init__(self) -> None:
        self.flags: set[str] = set()

    @runbook.signal
    def raise_flag(self, name: str) -> None:
        self.flags.add(name)

    @runbook.signal(name="raise-all")
    def raise_every_flag(self) -> None:
        self.flags |= {"a", "b"}

    async def flag(self, name: str, seconds: float | None = None) -> bool:
        timeout = None if seconds is None else timedelta(seconds=seconds)
        try:
            await runbook.wait_condition(lambda: name in self.flags, timeout=timeout)
        except TimeoutError:
            return False
        return True


@runbook.defn
class GatherOfAMetWaitAndAnActivity(Flags):
    @runbook.run
    async def run(self) -> list[Any]:
        self.flags.add("a")
        return await asyncio.gather(self.flag("a", 60.0), doubled(1))


@runbook.defn
class WaitMetBySignal(Flags):
    @runbook.run
    async def run(self) -> int:
        await self.flag("a", 60.0)
        return await doubled(1)


@runbook.defn
class WaitThatTimesOut(Flags):
    @runbook.run
    async def run(self) -> int:
        return 0 if await self.flag("never", 90.5) else await doubled(1)


@runbook.defn
class Sleeps:
    @runbook.run
    async def run(self) -> int:
        await asyncio.sleep(3)
        await workflow.sleep(timedelta(days=2))
        await asyncio.gather(asyncio.sleep(5), asyncio.sleep(1), asyncio.sleep(0))
        async with asyncio.timeout(60):
            await asyncio.sleep(0.25)
        return await doubled(1)


@runbook.defn
class ActivityCancelledInALaterTask:
    @runbook.run
    async def run(self) -> int:
        tasks = [asyncio.ensure_future(doubled(n)) for n in (1, 2)]
        _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        await doubled(3)
        return await doubled(4)


@runbook.defn
class ActivityCancelledByTheEnd:
    @runbook.run
    async def run(self) -> int:
        tasks = [asyncio.ensure_future(doubled(n)) for n in (1, 2)]
        _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        return 1


@runbook.defn
class ActivityCancelledAtOnce:
    @runbook.run
    async def run(self) -> int:
        handle = workflow.start_activity(double, 1, start_to_close_timeout=MINUTE)
        await asyncio.sleep(0)
        handle.cancel()
        with contextlib.suppress(ActivityError):
            await handle
        return await doubled(2)


@runbook.defn
class TimerCancelledInALaterTask:
    @runbook.run
    async def run(self) -> int:
        sleeping = asyncio.ensure_future(asyncio.sleep(60))
        await doubled(1)
        sleeping.cancel()
        await asyncio.gather(sleeping, return_exceptions=True)
        await asyncio.sleep(1)
        return await doubled(2)


@runbook.defn
class WaitForAroundAnActivity:
    @runbook.run
    async def run(self) -> int:
        return await asyncio.wait_for(doubled(1), 30)


@runbook.defn
class WaitForThatTimesOut(Flags):
    @runbook.run
    async def run(self) -> int:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.flag("never"), 30)
        return await doubled(1)


@runbook.defn
class FailingActivity:
    @runbook.run
    async def run(self) -> int:
        try:
            await runbook.execute_activity(refuse, 1, start_to_close_timeout=MINUTE)
        except ActivityError as error:
            cause = error.cause
            assert isinstance(cause, ApplicationError)
            return await doubled(len(cause.details))
        return 0


@runbook.defn
class FailingWorkflow:
    @runbook.run
    async def run(self) -> int:
        await doubled(1)
        raise ApplicationError("no such month", type="NO_MONTH")


@runbook.defn
class FailsByTimeout(Flags):
    @runbook.run
    async def run(self) -> None:
        await runbook.wait_condition(lambda: False, timeout=timedelta(hours=1))


@runbook.defn
class Bytes:
    @runbook.run
    async def run(self) -> bytes:
        result: bytes = await runbook.execute_activity(
            echo, b"\x00\xff", start_to_close_timeout=MINUTE
        )
        return result


@runbook.defn
class IdsFromTheRun:
    """Temporal's core compares the ids of activities and children: they carry the values."""

    @runbook.run
    async def run(self) -> int:
        await asyncio.sleep(1.5)
        info = runbook.info()
        values = [
            workflow.random().random(),
            workflow.uuid4(),
            workflow.random().randint(0, 10**9),
            runbook.now().isoformat(),
            workflow.time(),
            workflow.time_ns(),
            info.workflow_id,
            info.run_id,
            info.workflow_type,
            info.attempt,
            info.start_time.isoformat(),
        ]
        await doubled(1, activity_id="/".join(map(str, values)))
        first: str = await runbook.execute_child_workflow(WhoAmI)
        return await doubled(len(first))


@runbook.defn
class WhoAmI:
    @runbook.run
    async def run(self) -> str:
        info = runbook.info()
        parent = info.parent
        assert parent is not None
        values = [workflow.uuid4(), info.run_id, parent.workflow_id, parent.run_id]
        who = "/".join(map(str, values))
        await doubled(1, activity_id=who)
        return who


@runbook.defn
class Child(Flags):
    @runbook.run
    async def run(self, mode: str) -> str:
        if mode == "fails":
            raise ApplicationError("the child failed", type="CHILD")
        if mode == "waits":
            await self.flag("a")
        await doubled(1)
        return mode


@runbook.defn
class FailingChild:
    @runbook.run
    async def run(self) -> int:
        try:
            await runbook.execute_child_workflow(Child, "fails", id="failing")
        except ChildWorkflowError as error:
            return await doubled(len(str(error.cause)))
        return 0


@runbook.defn
class ChildIdTaken:
    @runbook.run
    async def run(self) -> int:
        handle = await runbook.start_child_workflow(Child, "waits", id="taken")
        with contextlib.suppress(WorkflowAlreadyStartedError):
            await runbook.start_child_workflow(Child, "waits", id="taken")
        await handle.signal("raise_flag", "a")
        await handle
        return await doubled(1)


@runbook.defn
class ConcurrentChildren:
    @runbook.run
    async def run(self) -> list[Any]:
        return await asyncio.gather(
            *(runbook.execute_child_workflow(Child, f"child {n}", id=f"c-{n}") for n in range(3)),
            doubled(1),
        )


@runbook.defn
class SignalsToAChild:
    @runbook.run
    async def run(self) -> int:
        handle = await runbook.start_child_workflow(Child, "waits", id="signalled")
        await handle.signal(Child.raise_flag, "b")
        await doubled(1)
        await handle.signal("raise_flag", "a")
        await handle
        with contextlib.suppress(ApplicationError):
            await handle.signal("raise_flag", "a")
        return await doubled(2)


@runbook.defn
class CancelledChild:
    @runbook.run
    async def run(self) -> int:
        handle = await runbook.start_child_workflow(Child, "waits", id="cancelled")
        await doubled(1)
        handle.cancel()
        with contextlib.suppress(ChildWorkflowError):
            await handle
        return await doubled(2)


@runbook.defn
class ChildCancelledBeforeItStarts:
    @runbook.run
    async def run(self) -> int:
        starting = asyncio.ensure_future(runbook.start_child_workflow(Child, "waits", id="no"))
        await asyncio.sleep(0)
        starting.cancel()
        with contextlib.suppress(ChildWorkflowError):
            await starting
        return await doubled(1)


@runbook.defn
class ChildCancelledWhileItStarts:
    @runbook.run
    async def run(self) -> int:
        first, second = (
            asyncio.ensure_future(runbook.start_child_workflow(Child, "waits", id=f"w-{n}"))
            for n in (1, 2)
        )
        handle = await first
        second.cancel()
        handle.cancel()
        await asyncio.gather(handle, await second, return_exceptions=True)
        return await doubled(1)


@runbook.defn
class SignalCancelledAtOnce:
    @runbook.run
    async def run(self) -> int:
        handle = await runbook.start_child_workflow(Child, "waits", id="unsignalled")
        sending = asyncio.ensure_future(handle.signal("raise_flag", "b"))
        await asyncio.sleep(0)
        sending.cancel()
        with contextlib.suppress(CancelledError):
            await sending
        await doubled(1)
        await handle.signal("raise_flag", "a")
        await handle
        return await doubled(2)


@runbook.defn
class EndsWithWorkLeft(Flags):
    """What is ready when the workflow returns still runs; its commands come before the end."""

    @runbook.run
    async def run(self) -> int:
        await doubled(1)
        self.waiting = asyncio.ensure_future(self.flag("c", 60.0))
        self.left = asyncio.ensure_future(doubled(2))
        await asyncio.sleep(0)
        self.late = asyncio.ensure_future(doubled(3))
        self.flags.add("c")
        return 1


@runbook.defn
class ActivityOptions:
    @runbook.run
    async def run(self) -> int:
        return await doubled(
            1,
            schedule_to_close_timeout=timedelta(minutes=10),
            heartbeat_timeout=timedelta(seconds=30),
            retry_policy=RetryPolicy(
                initial_interval=timedelta(milliseconds=500),
                maximum_attempts=3,
                non_retryable_error_types=["BAD"],
            ),
            task_queue="other",
        )


@runbook.defn
class StandInChild:
    @runbook.run
    async def run(self) -> int:
        from ntro.workflow._base import _resolve_workflow_class

        child = _resolve_workflow_class("month-end")
        await runbook.execute_child_workflow(child, {"period": "2026-01"}, id="played")
        with contextlib.suppress(ChildWorkflowError):
            await runbook.execute_child_workflow(child, {"period": "never"}, id="played-again")
        return await doubled(1)


@runbook.defn
class FailsItsTask:
    """The history stops before the workflow task that no replay gets past."""

    @runbook.run
    async def run(self) -> int:
        await doubled(1)
        self.never_set = await doubled(2)
        if self.never_set == 4:
            await asyncio.sleep(0)
            raise KeyError("a fault")
        return 0


@runbook.defn
class StaysStuck(Flags):
    @runbook.run
    async def run(self) -> int:
        await doubled(1)
        await self.flag("never")
        return await doubled(2)


@runbook.defn
class Program(Flags):
    """Runs a program: a list of steps, each a list of its kind and its arguments."""

    @runbook.run
    async def run(self, steps: list[list[Any]]) -> int:
        for step in steps:
            await self.step(step)
        return len(steps)

    async def step(self, step: list[Any]) -> None:
        kind, *arguments = step
        await getattr(self, f"do_{kind}")(*arguments)

    async def do_activity(self, number: int) -> None:
        await doubled(number)

    async def do_failing_activity(self, number: int) -> None:
        with contextlib.suppress(ActivityError):
            await runbook.execute_activity(refuse, number, start_to_close_timeout=MINUTE)

    async def do_sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def do_raise(self, name: str) -> None:
        self.flags.add(name)

    async def do_lower(self, name: str) -> None:
        self.flags.discard(name)

    async def do_wait(self, name: str, seconds: float) -> None:
        await self.flag(name, seconds)

    async def do_gather(self, steps: list[list[Any]]) -> None:
        await asyncio.gather(*map(self.step, steps))

    async def do_wait_for(self, step: list[Any], seconds: float) -> None:
        with contextlib.suppress(asyncio.TimeoutError, ActivityError, ChildWorkflowError):
            await asyncio.wait_for(self.step(step), seconds)

    async def do_cancel(self, step: list[Any], meanwhile: list[Any]) -> None:
        """Begin a step, do another one meanwhile, and cancel the first."""
        task = asyncio.ensure_future(self.step(step))
        await self.step(meanwhile)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def do_child(self, steps: list[list[Any]]) -> None:
        with contextlib.suppress(ChildWorkflowError, CancelledError):
            await runbook.execute_child_workflow(Program, steps)
