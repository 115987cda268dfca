"""NTR104: ids that are drawn, against ids that are made of what the workflow knows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4
from uuid import uuid1 as time_based

import nanoid
import shortuuid
import ulid
from bson import ObjectId
from ntro.subledger import Row
from ntro.workflow import NtroWorkflow, activity, runbook
from pydantic import BaseModel, Field
from temporalio import workflow

SHORT = timedelta(minutes=5)
NAMESPACE = uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
FUND = uuid.uuid5(NAMESPACE, "fund")


@dataclass
class Line:
    account: str
    id: str = field(default_factory=lambda: str(uuid4()))  # expect: NTR104


class Journal(BaseModel):
    period: str
    id: UUID = Field(default_factory=uuid4)  # expect: NTR104


class Posted(BaseModel):
    """Made by activities alone."""

    period: str
    id: UUID = Field(default_factory=uuid4)


class Expense(Row):
    """A row of a ledger; the base class draws an id unless one is given."""

    amount: int


class Counter:
    """Ids of its own, in a fixed order."""

    def __init__(self) -> None:
        self.last = 0

    def uuid4(self) -> str:
        self.last += 1
        return f"{self.last}"


@activity.defn
async def book(value: object) -> Posted:
    return Posted(period=f"{value} {uuid.uuid4()} {ObjectId()}")


@activity.defn
async def draw_id(period: str) -> str:
    return f"{period}-{uuid4().hex}"


def correlation_id() -> str:
    return uuid.uuid4().hex  # expect: NTR104/sequence


@workflow.defn
class Ids:
    @workflow.run
    async def run(self, period: str) -> list[object]:
        values = [
            uuid.uuid1(),  # expect: NTR104/payload
            uuid.uuid4(),  # expect: NTR104/payload
            uuid4(),  # expect: NTR104/payload
            time_based(),  # expect: NTR104/payload
            uuid.uuid4().hex,  # expect: NTR104/payload
            str(uuid4())[:8],  # expect: NTR104/payload
            f"{period}-{uuid4()}",  # expect: NTR104/payload
            uuid.getnode(),  # expect: NTR104/payload
            [uuid4() for _ in period],  # expect: NTR104/payload
            ulid.new(),  # expect: NTR104/payload
            nanoid.generate(),  # expect: NTR104/payload
            shortuuid.uuid(),  # expect: NTR104/payload
            ObjectId(),  # expect: NTR104/payload
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class Journals(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.run_token = uuid4()  # expect: NTR104

    @runbook.run
    async def run(self, period: str) -> Journal:
        lines = [Line(account) for account in ("1000", "2000")]
        await runbook.execute_activity(book, lines, start_to_close_timeout=SHORT)
        child_id = f"{period}-{uuid4()}"  # expect: NTR104/sequence
        await runbook.execute_child_workflow("audit", period, id=child_id)
        await runbook.execute_child_workflow("audit", period, id=correlation_id())
        runbook.logger.info("correlation %s", uuid4())  # expect: NTR104/noise
        return Journal(period=period)

    @runbook.step(name="rows", title="Rows")
    async def rows(self, period: str) -> None:
        moment = runbook.now()
        row = Expense(amount=1, created_at=moment, updated_at=moment)  # expect: NTR104/payload
        await runbook.execute_activity(book, row, start_to_close_timeout=SHORT)

    @runbook.step(name="bucket", title="Bucket")
    async def bucket(self, period: str) -> None:
        if uuid4().int % 2:  # expect: NTR104/sequence
            await runbook.execute_activity(book, period, start_to_close_timeout=SHORT)


@runbook.defn
class NamedIds(NtroWorkflow):
    @runbook.run
    async def run(self, period: str) -> list[object]:
        workflow_id = runbook.info().workflow_id
        values = [
            uuid.uuid5(NAMESPACE, f"{workflow_id}:1"),
            uuid.uuid3(NAMESPACE, f"{workflow_id}:2"),
            uuid.UUID("12345678123456781234567812345678"),
            UUID(int=7),
            UUID(bytes=bytes(16)),
            FUND,
            ObjectId("65a1b2c3d4e5f60718293a4b"),
            shortuuid.encode(FUND),
            ulid.parse("01BX5ZZKBKACTAV9WEVGEMMVRZ"),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="counted", title="Counted")
    async def counted(self, period: str) -> None:
        counter = Counter()
        values = [counter.uuid4(), counter.uuid4()]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="recorded", title="Recorded")
    async def recorded(self, period: str) -> None:
        drawn = await runbook.execute_activity(draw_id, period, start_to_close_timeout=SHORT)
        await runbook.execute_child_workflow("audit", period, id=f"audit-{drawn}")

    @runbook.step(name="rows", title="Rows")
    async def rows(self, period: str) -> None:
        moment = runbook.now()
        row = Expense(id=FUND, amount=1, created_at=moment, updated_at=moment)
        await runbook.execute_activity(book, row, start_to_close_timeout=SHORT)

    @runbook.step(name="types", title="Types")
    async def types(self, values: list[UUID]) -> None:
        known = [value for value in values if isinstance(value, UUID)]
        await runbook.execute_activity(book, known, start_to_close_timeout=SHORT)


@workflow.defn
class TemporalIds:
    @workflow.run
    async def run(self, period: str) -> str:
        child_id = f"audit-{workflow.uuid4()}"
        return await workflow.execute_child_workflow(Ids.run, period, id=child_id)


def new_token() -> str:
    return str(uuid.uuid4())
