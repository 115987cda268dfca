"""Passes through what may go, and what should stay inside."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    import pydantic

    from passed import helpers  # expect: NTR123
    from passed.activities import book
    from passed.models import Row

SHORT = timedelta(minutes=5)


@workflow.defn
class Passes:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        row = Row(name)
        await workflow.execute_activity(book, row, start_to_close_timeout=SHORT)
        return [helpers.stamp(), helpers.region(), row.label(), pydantic.VERSION]
