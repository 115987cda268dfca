"""Imports inside its methods."""

from __future__ import annotations

import importlib
from datetime import timedelta

from ntro.workflow import NtroWorkflow, runbook

from .activities import load

SHORT = timedelta(minutes=5)


@runbook.defn
class ImportsInFunctionsWorkflow(NtroWorkflow):
    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> object:
        import requests

        from . import clocks
        from .clocks import fixed

        values = [
            clocks.stamp(),
            fixed(),
            importlib.import_module(".clocks", __package__).other_stamp(),
            requests.get(name),  # expect: NTR107/sequence
        ]
        return await runbook.execute_activity(load, values, start_to_close_timeout=SHORT)

    @runbook.step(name="fixed", title="Fixed", icon="Hammer")
    async def fixed(self, name: str) -> object:
        import httpx

        from .clocks import fixed

        try:
            return await runbook.execute_activity(load, fixed(), start_to_close_timeout=SHORT)
        except httpx.HTTPError:
            return name

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        await self.fixed(name)
        return name
