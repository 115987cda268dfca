"""An entry of `steps:` whose id is no step of the code.

The Tenant UI shows the plan of a runbook from the frontmatter and marks as done what
`current_steps` reports by the same id. A step that the class does not have never begins and never
ends there, and configuration under its id reaches nobody. The validator does not compare them
(D27).

Bad:

    steps:
      - id: reviews         # the method says name="review"

Good:

    steps:
      - id: review
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.steps import (
    declared_steps,
    every_step_is_known,
    passed_step_ids,
    steps_entry,
    the_runbook,
)
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report declared steps that the class does not have."""
    runbook = the_runbook(contract)
    entry = steps_entry(contract)
    if runbook is None or entry is None or not every_step_is_known(contract, runbook):
        return
    names = {step.name: step for step in runbook.steps if step.name}
    unknown = [step for step in declared_steps(contract) if step.id not in names]
    passed = passed_step_ids(contract, runbook) if unknown else None
    if passed is None:
        return
    unknown = [step for step in unknown if step.id not in passed]
    class_name = runbook.definition.name
    if unknown and not names and not passed:
        yield in_manifest(
            contract,
            entry.key_node,
            f"`{class_name}` has no steps, so none of those under `steps:` ever begins",
            '`@runbook.step(name="..", title="..")` on a method for each of them',
            steps=(in_code(runbook.module, runbook.definition.span, f"the class `{class_name}`"),),
        )
        return
    free = set(names) - {step.id for step in declared_steps(contract)}
    for step in unknown:
        close = nearest(step.id, sorted(free)) or nearest(step.id, sorted(names))
        meant = names.get(close or "")
        yield in_manifest(
            contract,
            step.id_node,
            f"`{class_name}` has no step `{step.id}`: it never begins",
            f"`{close}`" if close else "one of " + ", ".join(f"`{name}`" for name in names),
            steps=(in_code(meant.module, meant.span, f"the step `{close}`"),) if meant else (),
        )


RULE = Rule(
    code="NTR522",
    name="step-unknown",
    summary="an entry of `steps:` that is no step of the code",
    explanation=__doc__,
    contract=check,
)
