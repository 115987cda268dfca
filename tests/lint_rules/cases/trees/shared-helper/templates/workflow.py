"""Calls a helper that was written for activities."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from .activities import Mailer, load
from .shared import pure, shared

SHORT = timedelta(minutes=5)


@runbook.defn
class SharedHelperWorkflow(NtroWorkflow):
    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> None:
        await runbook.execute_activity(load, shared(name), start_to_close_timeout=SHORT)
        await runbook.execute_activity(Mailer.send, pure(name), start_to_close_timeout=SHORT)

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        return pure(name)
