"""Uses capabilities from a step, through `run_step` and in an activity."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from . import files
from .activities import load
from .models import Rows

SHORT = timedelta(minutes=5)


@runbook.defn
class CapabilitiesWorkflow(NtroWorkflow):
    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> None:
        await files.read(name)
        await self.run_step("extract", files.extract, name)
        await self.run_step("ask", self._ask, name)
        await self.run_step("load", load, name)

    async def _ask(self, name: str) -> object:
        return await files.ask(name)

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        rows: Rows = await runbook.execute_activity(load, name, start_to_close_timeout=SHORT)
        await self.wait_for_action(payload=rows, reason="check")
        return rows.first
