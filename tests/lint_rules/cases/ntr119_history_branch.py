"""NTR119: code that asks whether it is being replayed, and then does something else."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow
from temporalio.workflow import unsafe
from temporalio.workflow import unsafe as risky

SHORT = timedelta(minutes=5)


class Tape:
    """Replays songs."""

    def is_replaying(self) -> bool:
        return True


@activity.defn
async def book(value: object) -> object:
    return value


def is_first_time() -> bool:
    return not workflow.unsafe.is_replaying()  # expect: NTR119/sequence


@workflow.defn
class Branches:
    @workflow.run
    async def run(self, name: str) -> str:
        if not workflow.unsafe.is_replaying():  # expect: NTR119/sequence
            await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)
        if unsafe.is_replaying():  # expect: NTR119/sequence
            return "replayed"
        if risky.is_replaying_history_events():  # expect: NTR119/sequence
            await workflow.sleep(1)
        replaying = workflow.unsafe.is_replaying()  # expect: NTR119/sequence
        while replaying:
            await workflow.sleep(1)
        if is_first_time():
            await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)
        return name

    @workflow.signal
    async def sends(self, name: str) -> None:
        value = workflow.unsafe.is_replaying()  # expect: NTR119/payload
        await workflow.execute_activity(book, value, start_to_close_timeout=SHORT)

    @workflow.signal
    async def chooses(self, name: str) -> None:
        seconds = 0 if workflow.unsafe.is_replaying() else 60  # expect: NTR119/sequence
        await workflow.sleep(seconds)

    @workflow.update
    async def waits(self, name: str) -> str:
        await workflow.wait_condition(
            lambda: not workflow.unsafe.is_replaying()  # expect: NTR119/sequence
        )
        return name


@workflow.defn
class OnlyLogs:
    @workflow.run
    async def run(self, name: str) -> str:
        if not workflow.unsafe.is_replaying():
            workflow.logger.info("first time for %s", name)
        if unsafe.is_replaying():
            workflow.logger.debug("again for %s", name)
            workflow.logger.debug("and again for %s", name)
        else:
            workflow.logger.info("first time for %s", name)
        return name

    @workflow.signal
    def noted(self, name: str) -> None:
        if not workflow.unsafe.is_replaying():
            self._log(name)

    def _log(self, name: str) -> None:
        workflow.logger.info("noted %s", name)

    @workflow.update
    async def facts(self, name: str) -> list[object]:
        info = workflow.info()
        values = [info.workflow_id, info.run_id, info.task_queue, info.workflow_type]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)

    @workflow.update
    async def patched(self, name: str) -> str:
        if workflow.patched("new-booking"):
            await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)
        return name


@runbook.defn
class OwnNames(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> str:
        tape = Tape()
        if tape.is_replaying():
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        return runbook.info().workflow_id

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, unsafe: Tape) -> None:
        if unsafe.is_replaying():
            await runbook.execute_activity(book, "shadowed", start_to_close_timeout=SHORT)


def debug() -> bool:
    return workflow.unsafe.is_replaying()
