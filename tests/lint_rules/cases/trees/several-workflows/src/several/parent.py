"""Starts a child; the child's code is not the parent's."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from several.activities import book
from several.child import Child, child_id

SHORT = timedelta(minutes=5)


@workflow.defn
class Parent:
    @workflow.run
    async def run(self, name: str) -> str:
        await workflow.execute_child_workflow(Child.run, name, id=child_id(name))
        await workflow.start_child_workflow(Child.run, name, id=f"{name}-2")
        policy = RetryPolicy(maximum_attempts=3)
        return await workflow.execute_activity(
            book,
            name,
            start_to_close_timeout=SHORT,
            retry_policy=policy,
        )
