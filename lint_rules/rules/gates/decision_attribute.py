"""An attribute of the answer to a review gate, which is a dict.

The docs say that `wait_for_action` returns a `UserAction` with `action`, `payload` and
`corrections`. There is no such class: the SDK hands on the bare dict of the signal (D1). In
workflow code the AttributeError fails the workflow task, which the worker retries for ever: the run
hangs as RUNNING after the reviewer has answered (D44).

Bad:

    answer = await self.wait_for_action(payload=pack)
    if answer.action == "rejected":
        return NavResult(status="rejected")

Good:

    answer = await self.wait_for_action(payload=pack)
    if answer.get("action") == "rejected":
        return NavResult(status="rejected")
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Attribute, Call, Name
from lint_rules.program.names import lookup
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.answers.decisions import DIALECTS, Spot
from lint_rules.workflow_code.observation import Observation

_GUARDS = ("hasattr", "isinstance")


def check(contract: Contract) -> Iterator[Observation]:
    """Report attributes of answers."""
    for decision in contract.decisions:
        for spot in decision.attributes:
            attribute = spot.expression
            if not isinstance(attribute, Attribute) or _is_guarded(spot, attribute):
                continue
            name = attribute.name
            key = "type" if name in DIALECTS else name
            also = " and the other keys that clients use" if name in DIALECTS else ""
            yield Observation(
                module=spot.module,
                span=spot.span,
                message=f"the answer is a dict and has no attribute `{name}`: the run hangs here",
                alternative=f'`.get("{key}")`{also}',
                severity="error",
            )


def _is_guarded(spot: Spot, attribute: Attribute) -> bool:
    """Tell whether the code around asks what it has before it reads the attribute."""
    view, facts = spot.module.view, spot.module.facts
    value = attribute.value
    if isinstance(value, Name):
        found = lookup(spot.module, value.name, facts.scope_of(value), value)
        if len(found) > 1:
            # It may hold something that was made of the answer.
            return True
    block = facts.block_of(attribute)
    if any(b.kind == "try" for b in view.enclosing_blocks(block)):
        return True
    function = view.function_of(facts.scope_of(attribute))
    if function is None:
        return True
    calls = view.of_kind(view.running_with[function.scope], Call)
    return any(isinstance(c.function, Name) and c.function.name in _GUARDS for c in calls)


RULE = Rule(
    code="NTR304",
    name="decision-attribute",
    summary="an attribute of the answer to a review gate, which is a dict",
    explanation=__doc__,
    contract=check,
)
