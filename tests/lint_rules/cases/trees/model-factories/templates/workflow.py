"""Makes models in workflow code."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from .activities import load
from .models import Journal, Line, Loaded, Plain

SHORT = timedelta(minutes=5)


@runbook.defn
class ModelFactoriesWorkflow(NtroWorkflow):
    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> list[Loaded]:
        journal = Journal(period=name)
        return await runbook.execute_activity(load, journal, start_to_close_timeout=SHORT)

    @runbook.run
    async def run(self, name: str) -> Plain:
        loaded: list[Loaded] = await self.work(name)
        lines = [Line(number) for number, _ in enumerate(loaded)]
        await runbook.execute_activity(load, lines, start_to_close_timeout=SHORT)
        return Plain(names=[name])
