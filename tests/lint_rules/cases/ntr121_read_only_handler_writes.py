"""NTR121: queries and validators that change the workflow they only look at."""

from __future__ import annotations

import copy
import dataclasses
from dataclasses import dataclass, field
from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


@dataclass
class State:
    rows: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, row: str) -> None:
        self.rows.append(row)

    def total(self) -> int:
        return len(self.rows) + self.count


@activity.defn
async def book(value: object) -> object:
    return value


def total_of(rows: list[str]) -> int:
    ordered = list(rows)
    ordered.sort()
    return len(ordered)


@workflow.defn
class WritesInQueries:
    def __init__(self) -> None:
        self.asked = 0
        self.rows: list[str] = []
        self.by_name: dict[str, list[str]] = {}
        self.state = State()
        self.last: str | None = None

    @workflow.run
    async def run(self, name: str) -> str:
        self.rows.append(name)
        await workflow.wait_condition(lambda: self.asked > 0)
        return name

    @workflow.query
    def counted(self) -> int:
        self.asked += 1  # expect: NTR121
        return self.asked

    @workflow.query
    def assigned(self, name: str) -> str:
        self.last = name  # expect: NTR121
        return name

    @workflow.query(name="appended")
    def appended(self, name: str) -> list[str]:
        self.rows.append(name)  # expect: NTR121
        return self.rows

    @workflow.query
    def sorted_rows(self) -> list[str]:
        self.rows.sort()  # expect: NTR121
        return self.rows

    @workflow.query
    def popped(self) -> str:
        return self.rows.pop()  # expect: NTR121

    @workflow.query
    def subscripts(self, name: str) -> int:
        self.by_name[name] = []  # expect: NTR121
        del self.rows[0]  # expect: NTR121
        self.rows[0] = name  # expect: NTR121
        self.by_name.setdefault(name, [])  # expect: NTR121
        self.by_name[name].append(name)  # expect: NTR121
        return 1

    @workflow.query
    def nested(self, name: str) -> int:
        self.state.count += 1  # expect: NTR121
        self.state.rows.append(name)  # expect: NTR121
        return self.state.count

    @workflow.query
    def aliased(self, name: str) -> list[str]:
        rows = self.rows
        rows.append(name)  # expect: NTR121
        return rows

    @workflow.query
    def named(self, name: str) -> str:
        setattr(self, "last", name)  # expect: NTR121
        return name

    @workflow.query
    def helped(self, name: str) -> str:
        self._remember(name)
        return name

    def _remember(self, name: str) -> None:
        self.last = name  # expect: NTR121

    @workflow.update
    async def change(self, name: str) -> str:
        self.last = name
        return name

    @change.validator
    def check_change(self, name: str) -> None:
        self.asked += 1  # expect: NTR121
        if not name:
            raise ValueError("no name")


@runbook.defn
class WritesInRunbookQueries(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    @runbook.run
    async def run(self, name: str) -> str:
        self.seen.add(name)
        return name

    @runbook.query
    def seen_names(self) -> list[str]:
        self.seen.add("asked")  # expect: NTR121
        return sorted(self.seen)

    @runbook.query(name="cleared")
    def cleared(self) -> int:
        self.seen.clear()  # expect: NTR121
        return len(self.seen)


@workflow.defn
class OnlyReads:
    def __init__(self) -> None:
        self.rows: list[str] = []
        self.by_name: dict[str, list[str]] = {}
        self.state = State()

    @workflow.run
    async def run(self, name: str) -> str:
        self.rows.append(name)
        self.state.add(name)
        self.by_name[name] = [name]
        return name

    @workflow.query
    def row_count(self) -> int:
        count = 0
        for _ in self.rows:
            count += 1
        return count

    @workflow.query
    def copied(self, name: str) -> list[str]:
        rows = list(self.rows)
        rows.append(name)
        rows.sort()
        return rows

    @workflow.query
    def copied_in_other_ways(self, name: str) -> list[object]:
        copied = self.rows.copy()
        copied.append(name)
        sliced = self.rows[:]
        sliced.pop()
        deep = copy.deepcopy(self.by_name)
        deep[name] = []
        merged = {**self.by_name, name: []}
        merged.pop(name)
        spread = [*self.rows, name]
        spread.reverse()
        return [copied, sliced, deep, merged, spread]

    @workflow.query
    def replaced(self) -> State:
        state = dataclasses.replace(self.state, count=1)
        state.count += 1
        return state

    @workflow.query
    def made(self, name: str) -> State:
        state = State()
        state.add(name)
        state.count = 2
        return state

    @workflow.query
    def total(self) -> int:
        return self.state.total() + total_of(self.rows)

    @workflow.signal
    def add(self, name: str) -> None:
        self.rows.append(name)

    @workflow.update
    async def change(self, name: str) -> str:
        self.rows[0] = name
        return name

    @change.validator
    def check_change(self, name: str) -> None:
        names = set(self.rows)
        names.discard(name)
        if not names:
            raise ValueError("no other name")


@runbook.defn
class OnlyReadsInRunbooks(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[str] = []

    @runbook.run
    async def run(self, name: str) -> str:
        await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)
        return name

    @runbook.signal
    def add(self, name: str) -> None:
        self._add(name)

    def _add(self, name: str) -> None:
        self.rows.append(name)

    @runbook.query
    def rows_in_order(self) -> list[str]:
        return sorted(self.rows)
