"""The same code in both bundles; only their modules `dates` differ."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from .activities import load
from .dates import period

SHORT = timedelta(minutes=5)


@runbook.defn
class CloseMonthWorkflow(NtroWorkflow):
    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> str:
        return await runbook.execute_activity(load, name, start_to_close_timeout=SHORT)

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        return period()
