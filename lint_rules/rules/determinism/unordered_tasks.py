"""Waiting for tasks through a set.

`asyncio.wait` returns sets and `asyncio.as_completed` starts from one; a set of tasks is ordered
by memory address. What is done with the tasks comes in another order on replay. The sandbox only
warns.

Bad:

    done, _ = await asyncio.wait(tasks)
    for task in done:
        await self._book(task.result())

Good:

    for result in await asyncio.gather(*tasks):
        await self._book(result)

To react to the first that is done, go through the tasks in their own order and ask `task.done()`.
`workflow.wait` of temporalio keeps the order, but neither the facade nor LocalRuntime has it.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR112",
    name="unordered-tasks",
    summary="tasks taken from a set in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR112", "hands tasks back in an order that is not the same on replay"),
    fix="unsafe",
)
