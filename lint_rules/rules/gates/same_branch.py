"""A test of the decision after which the run does the same either way.

Both branches are alike, or neither does more than log, or the test only asks whether there is an
answer. The dict that `wait_for_action` returns is never empty, so `if answer:` is true of a
rejection as well. The Tenant UI shows that the reviewer rejected, and the run commits: nothing
fails, in no runtime, and REJECT_ALL passes (D10).

Bad:

    answer = await self.wait_for_action(payload=pack)
    if answer:
        await self._commit(ctx, pack)

Good:

    answer = await self.wait_for_action(payload=pack)
    if decision_of(answer) == "approved":
        await self._commit(ctx, pack)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.answers.decisions import Branch, Decision, Spot
from lint_rules.runbook_code.gates.same_code import is_same_code
from lint_rules.workflow_code.observation import Observation

_STOP = "stop on a rejection, and go on only after an approval"


def check(contract: Contract) -> Iterator[Observation]:
    """Report tests of a decision that change nothing."""
    for decision in contract.decisions:
        if decision.is_broken:
            continue
        alike = [branch for branch in decision.branches if _is_alike(branch)]
        if alike:
            yield _told(alike[0], "both branches do the same: a rejection changes nothing")
        elif not (decision.decides or decision.is_lost or decision.is_loose):
            yield from _without_effect(decision)


def _without_effect(decision: Decision) -> Iterator[Observation]:
    if decision.branches or decision.judged:
        # Where it was last seen: the test itself may stand in a helper that is not at fault.
        last = decision.last or (decision.branches or decision.judged)[0]
        yield _told(last, "nothing depends on this: a rejection changes nothing")
    elif decision.shapes:
        yield _told(
            decision.shapes[0],
            "this asks whether there is an answer, and a rejection is one",
            'compare what the answer says: `answer.get("type")` and the other keys clients use',
        )


def _is_alike(branch: Branch) -> bool:
    if branch.block.kind != "if":
        return False
    module = branch.module
    after = module.view.followers.get(branch.block.number, ())
    return any(is_same_code(module, branch.block.number, other) for other in after)


def _told(spot: Spot, message: str, alternative: str = _STOP) -> Observation:
    return Observation(
        module=spot.module,
        span=spot.span,
        message=message,
        alternative=alternative,
        severity="error",
    )


RULE = Rule(
    code="NTR303",
    name="same-branch",
    summary="a test of the decision after which the run does the same either way",
    explanation=__doc__,
    contract=check,
)
