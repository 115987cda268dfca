"""Reads settings of two modules."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from . import defaults, settings
from .activities import load
from .settings import NAMES

SHORT = timedelta(minutes=5)


@runbook.defn
class ImportTimeValuesWorkflow(NtroWorkflow):
    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> None:
        for _ in range(settings.LIMIT + defaults.LIMIT):
            await runbook.execute_activity(load, name, start_to_close_timeout=SHORT)
        if defaults.DEFAULT_REGION == "eu":
            await runbook.execute_activity(load, NAMES[0], start_to_close_timeout=SHORT)

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        runbook.logger.info("loaded at %s", defaults.LOADED)
        return settings.RUN_TOKEN
