"""NTR123: ways out of the sandbox, and what is only passed through."""

from __future__ import annotations

import time
from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow
from temporalio.worker import Worker
from temporalio.workflow import unsafe
from temporalio.workflow import unsafe as risky

with workflow.unsafe.imports_passed_through():
    import pydantic

SHORT = timedelta(minutes=5)


class Beach:
    """Sand and boxes."""

    def sandbox_unrestricted(self) -> Beach:
        return self

    def __enter__(self) -> str:
        return "beach"

    def __exit__(self, *error: object) -> None:
        return None


class Row(pydantic.BaseModel):
    name: str


@activity.defn
async def book(value: object) -> object:
    return value


def outside(name: str) -> str:
    with workflow.unsafe.sandbox_unrestricted():  # expect: NTR123
        return name.upper()


@workflow.defn
class Escapes:
    @workflow.run
    async def run(self, name: str) -> str:
        with workflow.unsafe.sandbox_unrestricted():  # expect: NTR123
            name = name.upper()
        with unsafe.sandbox_unrestricted():  # expect: NTR123
            name = name.lower()
        with risky.sandbox_unrestricted():  # expect: NTR123
            stamp = time.time()  # expect: NTR101/payload
        return f"{outside(name)} {stamp}"


@workflow.defn(sandboxed=False)  # expect: NTR123
class Unsandboxed:
    @workflow.run
    async def run(self, name: str) -> str:
        return name


@workflow.defn(name="unsandboxed-too", sandboxed=False)  # expect: NTR123
class UnsandboxedToo:
    @workflow.run
    async def run(self, name: str) -> str:
        return name


@workflow.defn(name="sandboxed", sandboxed=True)
class Sandboxed:
    @workflow.run
    async def run(self, name: str) -> str:
        await workflow.execute_activity(book, Row(name=name), start_to_close_timeout=SHORT)
        return name


@runbook.defn
class OwnNames(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> str:
        beach = Beach()
        with beach.sandbox_unrestricted() as place:
            return place

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, unsafe: Beach) -> None:
        with unsafe.sandbox_unrestricted() as place:
            await runbook.execute_activity(book, place, start_to_close_timeout=SHORT)

    @runbook.step(name="rows", title="Rows")
    async def rows(self, name: str) -> None:
        await runbook.execute_activity(book, Row(name=name), start_to_close_timeout=SHORT)


def worker_of(client: object) -> Worker:
    return Worker(client, task_queue="funds", workflows=[Sandboxed], activities=[book])
