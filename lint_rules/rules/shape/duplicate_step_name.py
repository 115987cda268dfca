"""Two steps with one name.

The name is the id of a step: progress, snapshots and children are kept under it. The query
`current_steps` lists both, and both turn active and completed together; the second keeps no
snapshot, so the Tenant UI shows the decision of the first in its place (D48, D49).

Bad:

    @runbook.step(name="review", title="Check lines", icon="Check")
    async def _check(self, ctx): ...

    @runbook.step(name="review", title="Check totals", icon="Check")
    async def _totals(self, ctx): ...

Good:

    @runbook.step(name="review_lines", title="Check lines", icon="Check")
    async def _check(self, ctx): ...

    @runbook.step(name="review_totals", title="Check totals", icon="Check")
    async def _totals(self, ctx): ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.runbook import Runbook, Step
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report every step whose name an earlier one has."""
    for runbook in runbooks_of_ntro(contract):
        first: dict[str, Step] = {}
        for step in _methods(runbook):
            if not step.name:
                continue
            other = first.setdefault(step.name, step)
            if other is not step:
                yield Observation(
                    module=step.module,
                    span=step.span,
                    message=f"the step name `{step.name}` is already that of"
                    f" `{other.function.name}`: both turn active and completed together",
                    alternative=f"a name of its own for `{step.function.name}`",
                    severity="error",
                )


def _methods(runbook: Runbook) -> Iterator[Step]:
    """Yield each method once: of two with one name the class only has the last."""
    last = {step.function.name: step for step in runbook.steps}
    yield from last.values()


RULE = Rule(
    code="NTR405",
    name="duplicate-step-name",
    summary="two steps with one name; they turn active and completed together",
    explanation=__doc__,
    contract=check,
)
