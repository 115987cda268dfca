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
from lint_rules.manifest.keys import TOP_KEYS
from lint_rules.manifest.nodes import Node
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.runbook import Step
from lint_rules.workflow_code.observation import Observation

_MOST = 5


def check(contract: Contract) -> Iterator[Observation]:
    """Report steps of the class that are not declared."""
    runbook = the_runbook(contract)
    manifest = contract.manifest
    if runbook is None or manifest is None or manifest.top is None:
        return
    own = [step for step in runbook.steps if step.own and step.name]
    entry = steps_entry(contract)
    if entry is None:
        written = {each.key for each in manifest.top.entries} - set(TOP_KEYS)
        if own and not any(nearest(key, ("steps",)) for key in written):
            first = next(iter(manifest.top.entries), None)
            at = first.key_node if first else manifest.top
            said = f"nothing under `steps:` speaks of {_named(own)}"
            yield _told(contract, at, own, said, f"`steps:` with {_entries(own)}")
        return
    declared = [step.id for step in declared_steps(contract)]
    names = [step.name for step in runbook.steps if step.name]
    meant = {nearest(each, names) for each in declared if each not in names}
    missing = [step for step in own if step.name not in declared and step.name not in meant]
    if missing and entry.value.kind == "sequence":
        said = f"`steps:` lacks {_named(missing)} of `{runbook.definition.name}`"
        yield _told(contract, entry.key_node, missing, said, _where(own, missing, declared))


def _told(
    contract: Contract, at: Node, missing: list[Step], message: str, instead: str
) -> Observation:
    places = (in_code(s.module, s.span, f"the step `{s.name}`") for s in missing[:_MOST])
    return in_manifest(contract, at, message, instead, steps=tuple(places))


def _named(steps: list[Step]) -> str:
    word = "the step" if len(steps) == 1 else "the steps"
    return f"{word} {', '.join(f'`{step.name}`' for step in steps)}"


def _entries(steps: list[Step]) -> str:
    return ", ".join(f"`id: {step.name}`" for step in steps)


def _where(own: list[Step], missing: list[Step], declared: list[str]) -> str:
    """Say where in the list the first of them belongs."""
    before = [s.name for s in own[: own.index(missing[0])] if s.name in declared]
    where = f"after `{before[-1]}`" if before else "at the beginning"
    return f"{_entries(missing)} {where}" if len(missing) == 1 else _entries(missing)


RULE = Rule(
    code="NTR521",
    name="step-missing",
    summary="a step of the code that `steps:` does not list",
    explanation=__doc__,
    contract=check,
)
