"""A declared `component` that is not what the step shows.

The Tenant UI draws the plan from `component` in the frontmatter and the running step from the
display hint of its gate: `APPROVAL_FORM` for `wait_for_action`, `FILE_UPLOAD` for an upload,
`MULTI_FILE_UPLOAD` for `collect_documents`, unless the hint says otherwise. A step without a gate
shows `LOADING` and, when it is done, `SUMMARY`; one that is declared as a form promises a decision
that nobody is asked for. `APPROVAL`, which the docs name, is no value of `UIComponent` (3.2).

Bad:

    steps:
      - id: review
        component: APPROVAL

Good:

    steps:
      - id: review
        component: APPROVAL_FORM
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.hints import (
    Hint,
    gates_of,
    hint_of,
    waits_unseen,
)
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.steps import Pair, declared_steps, pairs, the_runbook
from lint_rules.manifest.nodes import Node
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.components import COMPONENTS, WITHOUT_GATE
from lint_rules.runbook_code.runbook import Runbook
from lint_rules.workflow_code.observation import Observation

_MEANT = {"APPROVAL": "APPROVAL_FORM", "UPLOAD": "FILE_UPLOAD", "TABLE": "DATA_TABLE"}


def check(contract: Contract) -> Iterator[Observation]:
    """Report components that do not exist, or are not those of the code."""
    runbook = the_runbook(contract)
    if runbook is None:
        return
    paired = {pair.declared.id: pair for pair in pairs(contract, runbook)}
    for declared in declared_steps(contract):
        node = declared.get("component")
        if node is None or node.is_null:
            continue
        pair = paired.get(declared.id)
        if node.text not in COMPONENTS:
            yield _unknown(contract, node)
        elif pair is not None:
            yield from _compared(contract, runbook, pair, node, node.text)


def _unknown(contract: Contract, node: Node) -> Observation:
    word = node.raw if node.kind == "scalar" else node.what
    close = _MEANT.get(word.upper()) or nearest(word, COMPONENTS)
    listed = ", ".join(f"`{each}`" for each in COMPONENTS)
    message = f"there is no component `{word}`"
    return in_manifest(contract, node, message, f"`{close}`" if close else f"one of {listed}")


def _compared(
    contract: Contract, runbook: Runbook, pair: Pair, node: Node, component: str
) -> Iterator[Observation]:
    hints = [hint_of(contract, gate) for gate in gates_of(runbook, pair.step)]
    if hints:
        if all(hint.component in COMPONENTS for hint in hints):
            yield from _against(contract, pair, node, component, hints)
    elif component not in WITHOUT_GATE and not waits_unseen(contract, runbook, pair.step):
        yield in_manifest(
            contract,
            node,
            f"the step `{pair.declared.id}` is declared as `{component}` and waits for nobody",
            "`LOADING`, or `SUMMARY` for a result to read",
            steps=(in_code(pair.step.module, pair.step.span, f"the step `{pair.declared.id}`"),),
        )


def _against(
    contract: Contract, pair: Pair, node: Node, component: str, hints: list[Hint]
) -> Iterator[Observation]:
    shown = list(dict.fromkeys(hint.component for hint in hints))
    if component in shown:
        return
    first = hints[0]
    words = " or ".join(f"`{each}`" for each in shown)
    where = first.value.get("component") if first.value is not None else None
    at = where.span if where is not None and where.module is first.gate.module else first.gate.span
    yield in_manifest(
        contract,
        node,
        f"the step `{pair.declared.id}` is declared as `{component}`, its gate shows {words}",
        words,
        steps=(in_code(first.gate.module, at, f"shows {words}"),),
    )


RULE = Rule(
    code="NTR524",
    name="step-component",
    summary="a declared component that is not what the step shows",
    explanation=__doc__,
    contract=check,
)
