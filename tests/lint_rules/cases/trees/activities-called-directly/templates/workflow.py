"""Uses the helpers."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from .activities import Ledger, clean, plain_load
from .steps import load_inline, load_properly, save_inline

SHORT = timedelta(minutes=5)


@runbook.defn
class ActivitiesCalledDirectlyWorkflow(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()

    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> list[str]:
        return [
            await load_inline(name),
            await save_inline(name),
            await plain_load(name),  # expect: NTR115
            await self.ledger.post(name),  # expect: NTR115
        ]

    @runbook.step(name="properly", title="Properly", icon="Hammer")
    async def properly(self, name: str) -> list[str]:
        return [
            await load_properly(clean(name)),
            await runbook.execute_activity(plain_load, name, start_to_close_timeout=SHORT),
            await runbook.execute_activity(self.ledger.post, name, start_to_close_timeout=SHORT),
            self.ledger.label(),
        ]

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        await self.properly(name)
        return name
