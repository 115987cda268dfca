"""The workflow that sees the stars."""

from __future__ import annotations

from datetime import timedelta

from temporalio import activity, workflow

from .everything import *

SHORT = timedelta(minutes=5)


def hidden() -> str:
    return "mine"


def _secret() -> str:
    return "mine"


@activity.defn
async def book(value: object) -> object:
    return value


@workflow.defn
class Stars:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [draw(), roll(), fixed(), label(), hidden(), _secret(), overridden()]
        values.append(uuid4())  # expect: NTR104/payload
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)
