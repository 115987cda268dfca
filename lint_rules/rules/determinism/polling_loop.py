"""Sleeping in a loop until an attribute changes.

Each turn is a timer, with two events in the history, and the workflow notices late. A condition
costs nothing until it holds.

Bad:

    while not self._approved:
        await asyncio.sleep(5)

Good:

    await runbook.wait_condition(lambda: self._approved)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.endless import LoopFinder
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report loops that only sleep until an attribute of self changes."""
    finder = LoopFinder(workflow.program, workflow.reach)
    for reached, module, _, scopes in workflow.functions:
        for loop in finder.loops(module, scopes):
            if finder.polls(loop):
                yield Observation(
                    module=module,
                    span=loop.block.span,
                    message="every turn of this loop is a timer in the history",
                    alternative="await runbook.wait_condition(lambda: ...)",
                    via=reached,
                    severity="info",
                    sandbox="silent",
                )


RULE = Rule(
    code="NTR125",
    name="polling-loop",
    summary="a loop sleeps until an attribute changes; use runbook.wait_condition(...)",
    explanation=__doc__,
    check=check,
)
