"""Steps that run in another order than the breadcrumb shows.

The breadcrumb of the Tenant UI lists the steps in the order in which the class defines them
(contract 1.3). When `run` comes to a later one first, the breadcrumb jumps: a step is active or
completed while one in front of it is still pending.

Bad:

    @runbook.step(name="post", title="Post", icon="Database")
    async def _post(self, ctx): ...

    @runbook.step(name="review", title="Check", icon="Check")
    async def _review(self, ctx): ...

    @runbook.run
    async def run(self, ctx):
        await self._review(ctx)
        await self._post(ctx)

Good:

    @runbook.step(name="review", title="Check", icon="Check")
    async def _review(self, ctx): ...

    @runbook.step(name="post", title="Post", icon="Database")
    async def _post(self, ctx): ...

Only an order that is certain is reported: nothing in loops, and no branches of one `if`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro, runs_properly
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.step_order import StepOrder
from lint_rules.runbook_code.runbook import Runbook, Step
from lint_rules.workflow_code.observation import Observation

_MANY = 40
"""Steps whose pairs are compared; no breadcrumb has as many."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report the first step of each class that a later one comes before."""
    for runbook in runbooks_of_ntro(contract):
        if runs_properly(runbook):
            found = _displaced(contract, runbook)
            if found is not None:
                yield _observation(*found)


def _displaced(contract: Contract, runbook: Runbook) -> tuple[Step, Step] | None:
    steps = [step for step in runbook.steps if step.own][:_MANY]
    if len(steps) < 2:
        return None
    order = StepOrder(contract.workflow.walks, runbook)
    for place, step in enumerate(steps):
        for later in steps[place + 1 :]:
            if order.certainly_before(later, step):
                return step, later
    return None


def _observation(step: Step, later: Step) -> Observation:
    first, second = (each.name or each.function.name for each in (step, later))
    return Observation(
        module=step.module,
        span=step.span,
        message=f"the step `{first}` is defined before `{second}`, but runs after it:"
        " the breadcrumb shows them in the order of the code",
        alternative=f"define `{step.function.name}` after `{later.function.name}`",
        severity="warning",
    )


RULE = Rule(
    code="NTR408",
    name="step-order",
    summary="steps that run in another order than they are defined in",
    explanation=__doc__,
    contract=check,
)
