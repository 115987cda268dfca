"""A loop that never waits, or that waits for ever.

Without an await in it, a loop that nothing ends blocks the worker: after two seconds the deadlock
detector fails the task, again and again. With one, every turn adds to the history, which ends at
50,000 events.

Bad:

    while True:
        await asyncio.sleep(3600)
        await self._check(ctx)

Good:

    for _ in range(24 * 31):
        await asyncio.sleep(3600)
        if await self._check(ctx):
            break

A workflow that must run for ever continues as new (`workflow.continue_as_new`, not in the facade)
or hands the next period to a child runbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.endless import LoopFinder
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report loops that spin and loops without an end."""
    finder = LoopFinder(workflow.program, workflow.reach)
    for reached, module, _, scopes in workflow.functions:
        for loop in finder.loops(module, scopes):
            if finder.spins(loop):
                yield Observation(
                    module=module,
                    span=loop.block.span,
                    message="this loop never awaits, so nothing can end it: it blocks the worker",
                    alternative="await runbook.wait_condition(lambda: ...)",
                    via=reached,
                    impact="sequence",
                    sandbox="silent",
                )
            elif finder.never_ends(loop):
                yield Observation(
                    module=module,
                    span=loop.block.span,
                    message="nothing ends this loop, and every turn lengthens the history",
                    alternative="a bounded loop, continue-as-new, or a child runbook per period",
                    via=reached,
                    severity="warning",
                    sandbox="silent",
                )


RULE = Rule(
    code="NTR122",
    name="endless-loop",
    summary="a loop without a wait or without an end",
    explanation=__doc__,
    check=check,
)
