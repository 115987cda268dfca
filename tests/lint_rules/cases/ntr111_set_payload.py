"""NTR111: a set that is written into the history, where it becomes a list in hash order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ntro.workflow import NtroWorkflow, activity, runbook
from pydantic import BaseModel
from temporalio import workflow

SHORT = timedelta(minutes=5)
SOURCES = {"bank", "rent-roll"}


@dataclass
class Tags:
    names: set[str]


class TagModel(BaseModel):
    names: frozenset[str]


@activity.defn
async def book(value: object) -> set[str]:
    return {"a", str(value)}


@activity.defn
async def count(value: object) -> int:
    return len({value})


def tags_of(names: list[str]) -> set[str]:
    return {name.lower() for name in names}


def ordered_tags_of(names: list[str]) -> list[str]:
    return sorted({name.lower() for name in names})


@workflow.defn
class Results:
    @workflow.run
    async def run(self, names: list[str]) -> set[str]:
        return {name.lower() for name in names}  # expect: NTR111/payload

    @workflow.update
    async def constant(self, name: str) -> None:
        await workflow.execute_activity(
            book,
            SOURCES,  # expect: NTR111/payload
            start_to_close_timeout=SHORT,
        )


@runbook.defn
class Sends(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    @runbook.run
    async def run(self, tags: set[str], names: list[str]) -> object:
        await self.run_step("literal", book, {"bank", "rent-roll"})  # expect: NTR111/payload
        await self.run_step("made", book, set(names))  # expect: NTR111/payload
        await self.run_step("frozen", book, frozenset(names))  # expect: NTR111/payload
        await self.run_step("algebra", book, set(names) - SOURCES)  # expect: NTR111/payload
        await self.run_step("keys", book, {"a": 1}.keys() | SOURCES)  # expect: NTR111/payload
        await self.run_step("given", book, tags)  # expect: NTR111/payload
        await self.run_step("returned", book, tags_of(names))  # expect: NTR111/payload
        await self.run_step("seen", book, self.seen)  # expect: NTR111/payload
        await self.run_step("nested", book, [1, set(names)])  # expect: NTR111/payload
        await self.run_step("row", book, {"tags": set(names)})  # expect: NTR111/payload
        await self.run_step("dataclass", book, Tags(set(names)))  # expect: NTR111/payload
        await self.run_step("model", book, TagModel(names=set(names)))  # expect: NTR111/payload
        return {"tags": set(names)}  # expect: NTR111/payload

    @runbook.step(name="children", title="Children")
    async def children(self, names: list[str]) -> None:
        await self.run_child_workflow(
            slug="audit",
            input={"tags": set(names)},  # expect: NTR111/payload
            step_id="children",
        )
        await runbook.execute_activity(
            book,
            {name for name in names if name},  # expect: NTR111/payload
            start_to_close_timeout=SHORT,
        )


@runbook.defn
class Ordered(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    @runbook.run
    async def run(self, tags: set[str], names: list[str]) -> list[str]:
        await self.run_step("sorted", book, sorted(tags))
        await self.run_step("deduplicated", book, list(dict.fromkeys(names)))
        await self.run_step("counted", book, len(set(names)))
        await self.run_step("asked", book, "bank" in tags)
        await self.run_step("compared", book, tags == SOURCES)
        await self.run_step("dict", book, dict.fromkeys(names))
        await self.run_step("ordered", book, ordered_tags_of(names))
        await self.run_step("row", book, {"tags": sorted(tags), "count": len(tags)})
        return sorted(self.seen)

    @runbook.signal
    def seen_one(self, name: str) -> None:
        self.seen.add(name)

    @runbook.step(name="guards", title="Guards")
    async def guards(self, names: list[str]) -> None:
        unknown = set(names) - SOURCES
        if unknown:
            await self.run_step("unknown", book, min(unknown))
        known = [name for name in names if name in SOURCES]
        await self.run_step("known", book, known)

    @runbook.step(name="rebound", title="Rebound")
    async def rebound(self, names: list[str]) -> None:
        tags = sorted(set(names))
        await runbook.execute_activity(book, tags, start_to_close_timeout=SHORT)

    @runbook.step(name="models", title="Models of lists")
    async def models(self, names: list[str]) -> None:
        rows = [{"name": name} for name in sorted(set(names))]
        await runbook.execute_activity(count, rows, start_to_close_timeout=SHORT)

    @runbook.query
    def seen_names(self) -> list[str]:
        return sorted(self.seen)


@workflow.defn
class TemporalOrdered:
    @workflow.run
    async def run(self, names: list[str]) -> int:
        tags = sorted(set(names))
        answer = await workflow.execute_activity(count, tags, start_to_close_timeout=SHORT)
        return int(answer) + len(SOURCES)
