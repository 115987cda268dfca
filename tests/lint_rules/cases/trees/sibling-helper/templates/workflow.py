"""The workflow; its hazards are in the module beside it."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from . import dates
from .activities import load
from .dates import due_after, period

SHORT = timedelta(minutes=5)


@runbook.defn
class SiblingHelperWorkflow(NtroWorkflow):
    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> str:
        return await runbook.execute_activity(load, name, start_to_close_timeout=SHORT)

    @runbook.run
    async def run(self, name: str) -> str:
        text = await self.work(name)
        if dates.is_late(due_after(3)):
            text = await self.work("late")
        return f"{period()} {text}"
