"""The base class of all runbooks of this house."""

from __future__ import annotations

import random
import socket
import time
from datetime import timedelta
from typing import Any

from ntro.workflow import NtroWorkflow, runbook

SHORT = timedelta(minutes=5)


class HouseWorkflow(NtroWorkflow):
    def __init__(self) -> None:
        super().__init__()
        self.host = socket.gethostname()  # expect: NTR105

    @runbook.step(name="inherited", title="Inherited", icon="Hammer")
    async def inherited(self, name: str) -> str:
        return f"{name}-{self.suffix()}"

    def suffix(self) -> str:
        return "house"

    def prefix(self) -> str:
        return f"house-{random.random()}"

    @runbook.signal
    def noted(self, name: str) -> None:
        self.noted_at = time.time()  # expect: NTR101

    @runbook.query
    def age(self) -> float:
        return time.monotonic()  # expect: NTR102

    def on_row_action(self, action: dict[str, Any]) -> None:
        self.row_action_at = time.time_ns()

    def never_called(self) -> float:
        return time.time()


class AuditMixin:
    def audit(self, name: str) -> str:
        return f"{name}-{random.randint(1, 6)}"  # expect: NTR103/payload
