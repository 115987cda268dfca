"""Activities, and functions that are none."""

from __future__ import annotations

from ntro.workflow import activity
from ntro.workflow import activity as act


@activity.defn
async def load(name: str) -> str:
    return await save(name)


@act.defn(name="save-rows")
async def save(name: str) -> str:
    return clean(name)


class Ledger:
    @activity.defn
    async def post(self, name: str) -> str:
        return name

    def label(self) -> str:
        return "ledger"


def clean(name: str) -> str:
    return name.strip()


plain_load = load
