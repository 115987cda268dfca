"""The answer to a review gate decides nothing.

`wait_for_action` returns whatever the reviewer answered, an approval or a rejection, and the run
goes on after either. An answer that is thrown away, only logged, or only kept where nobody reads
it lets a rejection through: what was rejected is posted all the same. No other reader notices: the
Tenant UI shows the gate as rejected, the SDK's harness passes REJECT_ALL as soon as the run
completes (D10), and the run ends as COMPLETED. A gate whose buttons are written out and offer no
rejection asks for no decision, and is left alone.

Bad:

    await self.wait_for_action(payload=pack)
    return await self._commit(ctx, pack)

Good:

    answer = await self.wait_for_action(payload=pack)
    if decision_of(answer) == "rejected":
        return NavResult(status="rejected")
    return await self._commit(ctx, pack)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Leave
from lint_rules.program import Program
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.answers.decisions import Decision
from lint_rules.runbook_code.runbook import Gate
from lint_rules.runbook_code.written import written
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report review gates whose answer decides nothing."""
    for decision in contract.decisions:
        gate = decision.gate
        if decision.decides or decision.is_lost or decision.is_loose:
            continue
        if decision.judged or decision.branches or decision.shapes or not _is_awaited(gate):
            continue
        if _asks_for_no_decision(contract.program, gate):
            continue
        yield Observation(
            module=gate.module,
            span=gate.module.facts.span(gate.call.function),
            message=_message(decision),
            alternative='read the answer, and stop on a rejection: `answer.get("type")` and the'
            " other keys that clients use",
            via=gate.via,
            severity="error",
        )


def _message(decision: Decision) -> str:
    keys = sorted({key for read in decision.reads for key in read.keys or ()})
    if keys:
        named = ", ".join(f"`{key}`" for key in keys)
        return f"only {named} of the answer is read: a rejection changes nothing"
    return "the answer decides nothing: a rejection is treated like an approval"


def _is_awaited(gate: Gate) -> bool:
    """Tell whether the call is awaited somewhere; one that is thrown away unawaited is NTR315's."""
    view, number = gate.module.view, gate.call.number
    returned = (isinstance(record, Leave) for record in view.contexts.get(number, ()))
    return number in view.parents or any(returned)


def _asks_for_no_decision(program: Program, gate: Gate) -> bool:
    """Tell whether the written buttons of a gate have no rejection among them."""
    given = gate.call.keyword("display_hint")
    actions = given and written(program, gate.module, given).get("config", "actions")
    if not actions or actions.kind != "sequence" or not actions.complete or not actions.items:
        return False
    kinds = [(item.get("kind") or item.get("id")) for item in actions.items]
    words = [kind.text if kind else None for kind in kinds]
    return all(word is not None and "reject" not in word for word in words)


RULE = Rule(
    code="NTR301",
    name="decision-ignored",
    summary="the answer to a review gate decides nothing",
    explanation=__doc__,
    contract=check,
)
