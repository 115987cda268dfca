"""A gate in a loop: only the decision of the first turn is kept.

The SDK takes one snapshot for each step, and the first one wins (D49), also when a loop calls the
whole step again. After a rejection and a second try the Tenant UI still shows the rejection, with
what was shown the first time, although the run went on after an approval. What `step_snapshots`
holds is not what was decided.

Bad:

    while decision_of(answer) == "rejected":
        proposal = await self._correct(proposal)
        answer = await self.wait_for_action(payload=proposal)

Good:

    answer = await self.wait_for_action(payload=proposal)
    if decision_of(answer) == "rejected":
        return NavResult(status="rejected")
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Block
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.exclusive import loop_around
from lint_rules.runbook_code.gates.sites import GateSite, sites_of
from lint_rules.workflow_code.observation import Observation, Step


def check(contract: Contract) -> Iterator[Observation]:
    """Report gates that a loop may open again."""
    for runbook in contract.runbooks:
        for gate in runbook.gates:
            if gate.kind != "review":
                # A signal gate has no decision to lose.
                continue
            for site in sites_of(contract.workflow, runbook, gate):
                loop = loop_around(site.module, site.expression)
                if loop is not None or _is_in_comprehension(site):
                    yield _told(site, loop)
                    break


def _told(site: GateSite, loop: Block | None) -> Observation:
    gate = site.gate
    what = "a gate in a loop" if site.expression is gate.call else "a loop opens this gate again"
    span = loop.span if loop is not None else site.module.facts.span(site.expression)
    return Observation(
        module=gate.module,
        span=gate.module.facts.span(gate.call.function),
        message=f"{what}: only the first decision is kept",
        alternative="one gate in a step, and an end of the run after a rejection",
        via=gate.via,
        severity="warning",
        steps=(Step(site.module, span, "the loop"),),
    )


def _is_in_comprehension(site: GateSite) -> bool:
    return site.module.facts.scope_of(site.expression).kind == "comprehension"


RULE = Rule(
    code="NTR311",
    name="gate-in-loop",
    summary="a gate in a loop: only the decision of the first turn is kept",
    explanation=__doc__,
    contract=check,
)
