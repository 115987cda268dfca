"""A step of the code that `steps:` of `runbook.md` does not list.

The Tenant UI and the API show a runbook's plan from the frontmatter before a task begins, and the
breadcrumb of the run from the decorated methods (`current_steps`). A stage that only the code has
is missing from the plan: nobody knows who has to act there, nor how long it may take. The
validator compares neither (D27), and deploy does not send `runbook.md` (D56).

Bad:

    steps:
      - id: upload
      - id: post            # the class has a step `review` between them

Good:

    steps:
      - id: upload
      - id: review
      - id: post
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.steps import declared_steps, steps_entry, the_runbook
from lint_rules.manifest.nodes import Node
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.runbook import Runbook, Step
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report steps of the class that are not declared."""
    runbook = the_runbook(contract)
    manifest = contract.manifest
    if runbook is None or manifest is None or manifest.top is None:
        return
    entry = steps_entry(contract)
    if entry is None:
        yield from _no_steps(contract, runbook, manifest.top)
        return
    if entry.value.kind != "sequence":
        return
    declared = [step.id for step in declared_steps(contract)]
    names = {step.name for step in runbook.steps}
    misspelt = {nearest(each, [n for n in names if n]) for each in declared if each not in names}
    for step in runbook.steps:
        if step.own and step.name and step.name not in declared and step.name not in misspelt:
            yield in_manifest(
                contract,
                entry.key_node,
                f"`steps:` lacks the step `{step.name}` of `{runbook.definition.name}`",
                _after(runbook, step, declared),
                steps=(in_code(step.module, step.span, f"the step `{step.name}`"),),
            )


def _no_steps(contract: Contract, runbook: Runbook, top: Node) -> Iterator[Observation]:
    own = [step for step in runbook.steps if step.own and step.name]
    written = {entry.key for entry in top.entries}
    if not own or any(nearest(key, ("steps",)) for key in written):
        return
    named = ", ".join(f"`{step.name}`" for step in own)
    yield in_manifest(
        contract,
        top.entries[0].key_node if top.entries else top,
        f"`steps:` is missing: nothing is said of the steps {named}",
        f"`steps:` with an entry for each of {named}",
        steps=(in_code(own[0].module, own[0].span, f"the step `{own[0].name}`"),),
    )


def _after(runbook: Runbook, step: Step, declared: list[str]) -> str:
    """Say where in the list the entry belongs."""
    names = [each.name for each in runbook.steps if each.own]
    before = [name for name in names[: names.index(step.name)] if name in declared]
    where = f"after `{before[-1]}`" if before else "at the beginning"
    return f"an entry with `id: {step.name}` {where}"


RULE = Rule(
    code="NTR521",
    name="step-missing",
    summary="a step of the code that `steps:` does not list",
    explanation=__doc__,
    contract=check,
)
