"""Look once an hour, a number of times."""

from __future__ import annotations

import asyncio

from ntro.workflow import NtroWorkflow, runbook

from .models import HourlyContext, HourlyResult

HOUR = 3600


@runbook.defn
class HourlyWorkflow(NtroWorkflow):
    """Nothing but durable timers."""

    @runbook.step(name="wait", title="Wait", icon="Clock")
    async def _wait(self, count: int) -> int:
        for _ in range(count):
            await asyncio.sleep(HOUR)
        return count

    @runbook.run
    async def run(self, ctx: HourlyContext) -> HourlyResult:
        """Wait, then say how often."""
        return HourlyResult(looks=await self._wait(ctx.count))
