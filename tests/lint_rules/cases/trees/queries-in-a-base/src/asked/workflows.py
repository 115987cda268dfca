"""Inherits handlers and overrides what one of them calls."""

from __future__ import annotations

from temporalio import workflow

from asked.base import Asked


@workflow.defn
class Answers(Asked):
    @workflow.run
    async def run(self, name: str) -> str:
        self.rows.append(name)
        self.last = name
        await workflow.wait_condition(lambda: len(self.rows) > 3)
        return name

    def describe(self) -> str:
        return f"answers {len(self.rows)}"

    @workflow.update
    async def change(self, name: str) -> str:
        self._remember(name)
        return name

    @change.validator
    def validate_change(self, name: str) -> None:
        self._check(name)

    def _check(self, name: str) -> None:
        self.checked = name  # expect: NTR121
        if not name:
            raise ValueError("no name")

    def _remember(self, name: str) -> None:
        self.last = name
