"""Uses the helpers."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from . import output
from .activities import load
from .patience import drained, spun, suppressed, tidied, tried, waited

SHORT = timedelta(minutes=5)


@runbook.defn
class ShapesInHelpersWorkflow(NtroWorkflow):
    async def _load(self, name: str) -> str:
        return await runbook.execute_activity(load, name, start_to_close_timeout=SHORT)

    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> str:
        await tried(self._load(name), "none")
        await suppressed(self._load(name))
        await tidied(self._load(name))
        await waited([name, "last"])
        return await self._load(name)

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        drained([name], lambda: True)
        output.shout(name)
        output.warn(name)
        output.whisper(name)
        spun([name])
        return name
