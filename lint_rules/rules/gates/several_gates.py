"""A second gate in one step: only the first decision of a step is kept.

The SDK takes one snapshot for each step, and the first one wins (D49). The second gate works for
the run, but what was shown there and what was decided is never recorded: the Tenant UI shows the
first decision for the whole step, and so does every audit that reads `step_snapshots`. Gates in
different branches of one `if` are not two gates of one run.

Bad:

    @runbook.step(name="review", title="Review", icon="ClipboardCheck")
    async def _review(self, ctx: NavContext) -> dict[str, Any]:
        first = await self.wait_for_action(reason="The accountant.")
        second = await self.wait_for_action(reason="The client.")
        return {"accountant": first, "client": second}

Good:

    @runbook.step(name="review_accountant", title="Accountant", icon="ClipboardCheck")
    async def _review_accountant(self, ctx: NavContext) -> dict[str, Any]:
        return await self.wait_for_action(reason="The accountant.")

    @runbook.step(name="review_client", title="Client", icon="ClipboardCheck")
    async def _review_client(self, ctx: NavContext) -> dict[str, Any]:
        return await self.wait_for_action(reason="The client.")
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.exclusive import can_both_run
from lint_rules.runbook_code.gates.sites import GateSite, sites_in_steps
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the second gate of a step."""
    for runbook in contract.runbooks:
        for step, sites in sites_in_steps(contract.workflow, runbook):
            second = _second(sites)
            if second is not None:
                named = step.name or step.function.name
                lost = "decision" if second.gate.kind == "review" else "snapshot"
                yield Observation(
                    module=second.module,
                    span=second.module.facts.span(second.expression),
                    message=f"a second gate in the step `{named}`: only the first {lost} is kept",
                    alternative="a step of its own for each gate",
                    severity="warning",
                )


_MOST = 40
"""Gates of one step that are compared with each other."""


def _second(sites: list[GateSite]) -> GateSite | None:
    """Return the first place that can open a gate after another did."""
    for place, site in enumerate(sites[:_MOST]):
        for before in sites[:place]:
            if can_both_run(site.module, before.expression, site.expression):
                return site
    return None


RULE = Rule(
    code="NTR310",
    name="several-gates-in-step",
    summary="a second gate in one step: only the first {lost} is kept",
    explanation=__doc__,
    contract=check,
)
