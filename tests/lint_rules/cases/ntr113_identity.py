"""NTR113: addresses and per-process hashes that end up in order, ids or data."""

from __future__ import annotations

import asyncio
import enum
import hashlib
from builtins import hash as builtin_hash
from builtins import id as builtin_id
from dataclasses import dataclass
from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from pydantic import BaseModel
from temporalio import workflow

SHORT = timedelta(minutes=5)


class Plain:
    """Has no `__repr__` of its own."""

    def __init__(self, name: str) -> None:
        self.name = name


class PlainChild(Plain):
    """Neither has this one."""


class Shown:
    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"Shown({self.name})"


class ShownChild(Shown):
    """Inherits a `__repr__`."""


class Named:
    def __str__(self) -> str:
        return "named"


class Account:
    """Hashes a number, which is the same everywhere."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __hash__(self) -> int:
        return self.number

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and other.number == self.number


@dataclass
class Row:
    name: str


class Model(BaseModel):
    name: str


class Colour(enum.Enum):
    RED = 1


class Registry:
    """Ids of its own."""

    def id(self, name: str) -> str:
        return name

    def hash(self, name: str) -> str:
        return name


@activity.defn
async def book(value: object) -> object:
    return [value, id(value), hash("a"), repr(Plain("a"))]


def bucket(name: str) -> int:
    return hash(name) % 4  # expect: NTR113/sequence


@workflow.defn
class Identities:
    @workflow.run
    async def run(self, names: list[str], row: Row) -> list[object]:
        values = [
            id(row),  # expect: NTR113/payload
            f"row-{id(row)}",  # expect: NTR113/payload
            builtin_id(row),  # expect: NTR113/payload
            hash("bank"),  # expect: NTR113/payload
            hash(names[0]),  # expect: NTR113/payload
            hash(("bank", 1)),  # expect: NTR113/payload
            hash(b"bank"),  # expect: NTR113/payload
            hash(Plain("a")),  # expect: NTR113/payload
            builtin_hash("bank"),  # expect: NTR113/payload
            sorted(names, key=hash),  # expect: NTR113
            sorted(names, key=id),  # expect: NTR113
            max(names, key=hash),  # expect: NTR113
            list(map(hash, names)),  # expect: NTR113
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)

    @workflow.signal
    async def decides(self, names: list[str]) -> None:
        if hash(names[0]) % 2:  # expect: NTR113/sequence
            await workflow.execute_activity(book, names, start_to_close_timeout=SHORT)
        for _ in range(bucket(names[0])):
            await workflow.execute_activity(book, names, start_to_close_timeout=SHORT)
        for name in sorted(names, key=lambda name: hash(name)):  # expect: NTR113
            await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)
        child_id = f"audit-{id(names)}"  # expect: NTR113/sequence
        await workflow.execute_child_workflow(Identities.run, names, id=child_id)


@runbook.defn
class DefaultTexts(NtroWorkflow):
    @runbook.run
    async def run(self, names: list[str]) -> list[object]:
        plain = Plain("a")
        values = [
            repr(plain),  # expect: NTR113/payload
            str(plain),  # expect: NTR113/payload
            f"{plain}",  # expect: NTR113/payload
            f"{plain!r}",  # expect: NTR113/payload
            repr(PlainChild("a")),  # expect: NTR113/payload
            repr(Named()),  # expect: NTR113/payload
            str(object()),  # expect: NTR113/payload
        ]
        runbook.logger.info("made %s", repr(plain))  # expect: NTR113/noise
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)


@runbook.defn
class Keys(NtroWorkflow):
    @runbook.run
    async def run(self, names: list[str]) -> list[object]:
        values = [
            hashlib.sha256(names[0].encode()).hexdigest(),
            hash(7),
            hash(len(names)),
            hash(1.5),
            hash(True),
            hash(Account(7)),
            sorted(names),
            sorted(names, key=len),
            sorted(names, key=str.lower),
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="texts", title="Texts of one's own")
    async def texts(self, row: Row) -> None:
        values = [
            repr(Shown("a")),
            f"{Shown('a')}",
            str(ShownChild("a")),
            str(Named()),
            f"{Named()}",
            repr(Row("a")),
            f"{row}",
            str(Model(name="a")),
            repr(Colour.RED),
            f"{ValueError('a')}",
            repr(row.name),
            f"{len(row.name)}",
            f"{Plain('a').name}",
        ]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="identity", title="Identity as a test")
    async def identity(self, row: Row | None, other: Row) -> None:
        same = row is None or row is other
        await runbook.execute_activity(book, same, start_to_close_timeout=SHORT)

    @runbook.step(name="lookup", title="Lookup")
    async def lookup(self, names: list[str]) -> None:
        accounts = {Account(1): "bank"}
        values = [accounts[Account(1)], {name: 1 for name in names}, "bank" in names]
        await runbook.execute_activity(book, len(values), start_to_close_timeout=SHORT)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, names: list[str]) -> None:
        registry = Registry()
        id = names[0]
        values = [registry.id("a"), registry.hash("b"), id, self.id]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, registry: Registry) -> None:
        id, hash = registry.id, registry.hash
        values = [id("a"), hash("b")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @property
    def id(self) -> str:
        return runbook.info().workflow_id


@workflow.defn
class NamedTasks:
    @workflow.run
    async def run(self, names: list[str]) -> str:
        task = asyncio.create_task(self._wait(), name="first")
        await task
        return names[0]

    async def _wait(self) -> None:
        await workflow.sleep(1)
