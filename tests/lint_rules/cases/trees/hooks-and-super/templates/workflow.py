"""Overrides what the base class calls."""

from __future__ import annotations

import uuid
from typing import Any

from ntro.workflow import runbook

from .activities import load
from .base import SHORT, AuditMixin, HouseWorkflow


@runbook.defn
class HooksAndSuperWorkflow(AuditMixin, HouseWorkflow):
    def suffix(self) -> str:
        return f"{super().suffix()}-{uuid.uuid4()}"  # expect: NTR104/payload

    def prefix(self) -> str:
        return "mine"

    def on_row_action(self, action: dict[str, Any]) -> None:
        self.row_id = uuid.uuid4()  # expect: NTR104

    def audit(self, name: str) -> str:
        return super().audit(name)

    @runbook.step(name="work", title="Work", icon="Hammer")
    async def work(self, name: str) -> str:
        text = f"{self.prefix()}-{self.audit(name)}"
        return await runbook.execute_activity(load, text, start_to_close_timeout=SHORT)

    @runbook.run
    async def run(self, name: str) -> str:
        await self.work(name)
        return await self.inherited(name)
