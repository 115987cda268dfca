"""Calls what is decorated."""

from __future__ import annotations

from temporalio import workflow

from wrapped.steps import lower, send, title, upper


class Base:
    @staticmethod
    def plain(name: str) -> str:
        return name


@workflow.defn
class Wrapped(Base):
    @workflow.run
    async def run(self, name: str) -> str:
        return await send(upper(lower(title(self.plain(name)))))
