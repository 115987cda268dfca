"""A workflow of its own."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

from temporalio import workflow

from several.activities import book

SHORT = timedelta(minutes=5)


def child_id(name: str) -> str:
    return f"{name}-{uuid.uuid4()}"  # expect: NTR104/sequence


@workflow.defn
class Child:
    @workflow.run
    async def run(self, name: str) -> str:
        return await self._book(name)

    async def _book(self, name: str) -> str:
        if random.random() < 0.5:  # expect: NTR103/sequence
            return name
        return await workflow.execute_activity(book, name, start_to_close_timeout=SHORT)


class NotAWorkflow:
    async def run(self, name: str) -> str:
        return f"{name}-{uuid.uuid4()}-{random.random()}"
