"""Changes the state of another module."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from . import state
from .activities import load
from .handlers import handle_bank
from .state import CACHE, Registry, increase, limit_of, remember

SHORT = timedelta(minutes=5)


@runbook.defn
class SharedStateModuleWorkflow(NtroWorkflow):
    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> str:
        remember(name)
        increase()
        Registry.add(name)
        state.CACHE.pop(name)  # expect: NTR114
        CACHE.clear()  # expect: NTR114
        state.counter = 3  # expect: NTR114
        return await runbook.execute_activity(load, name, start_to_close_timeout=SHORT)

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        limits = dict(state.LIMITS)
        limits[name] = limit_of(name)
        return handle_bank(name)
