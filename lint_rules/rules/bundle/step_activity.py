"""A declared `activity` that no activity is registered under, or that the step does not run.

The worker finds activities by the name in `@activity.defn(name=..)`, usually
`<slug_with_underscores>.<verb>` (3.5). The frontmatter is what people and the assistant read to
learn what a step does: a name that leads nowhere, or to another step, sends them to the wrong code
when a task hangs in it. The validator does not compare them (D27).

Bad:

    steps:
      - id: post
        activity: petty_cash.post     # registered as petty_cash.post_slip

Good:

    steps:
      - id: post
        activity: petty_cash.post_slip
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.declared.activities import name_of, registered, run_in
from lint_rules.declared.hints import waits_unseen
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.steps import Pair, pairs, the_runbook
from lint_rules.manifest.nodes import Node
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.runbook import Runbook
from lint_rules.workflow_code.observation import Observation, Step


def check(contract: Contract) -> Iterator[Observation]:
    """Report names of activities that lead nowhere, or to another step."""
    runbook = the_runbook(contract)
    if runbook is None:
        return
    named = [
        (pair, node) for pair in pairs(contract, runbook) for node in _names(pair) if node.text
    ]
    known = registered(contract) if named else None
    if known is None:
        return
    for pair, node in named:
        if any(pair.step.key == s.key for child in runbook.children for s in child.steps):
            # It may be one of the child.
            continue
        if node.text not in known:
            yield _unknown(contract, runbook, pair, node, known)
        else:
            yield from _elsewhere(contract, runbook, pair, node)


def _names(pair: Pair) -> tuple[Node, ...]:
    node = pair.declared.get("activity")
    if node is None:
        return ()
    return node.items if node.kind == "sequence" else (node,)


def _unknown(
    contract: Contract, runbook: Runbook, pair: Pair, node: Node, known: frozenset[str]
) -> Observation:
    own = run_in(contract, runbook, pair.step) or frozenset()
    close = nearest(node.text or "", sorted(own)) or nearest(node.text or "", sorted(known))
    activity = next((a for a in contract.activities if a.name == close), None)
    steps: tuple[Step, ...] = ()
    if activity is not None:
        steps = (in_code(activity.module, activity.function.span, f"the activity `{close}`"),)
    return in_manifest(
        contract,
        node,
        f"no activity is registered as `{node.text}`",
        f"`{close}`" if close else "the name in `@activity.defn(name=..)`",
        steps=steps,
    )


def _elsewhere(
    contract: Contract, runbook: Runbook, pair: Pair, node: Node
) -> Iterator[Observation]:
    """Report an activity that the step certainly does not run."""
    runs = run_in(contract, runbook, pair.step)
    if runs is None or node.text in runs or waits_unseen(contract, runbook, pair.step):
        return
    outside = (call for call in runbook.activity_calls if not call.steps)
    if any(name_of(contract, call) in (None, node.text) for call in outside):
        return
    listed = " and ".join(f"`{name}`" for name in sorted(runs))
    yield in_manifest(
        contract,
        node,
        f"the step `{pair.declared.id}` does not run `{node.text}`",
        listed or "no `activity`: the step runs none",
        steps=(in_code(pair.step.module, pair.step.span, f"the step `{pair.declared.id}`"),),
    )


RULE = Rule(
    code="NTR525",
    name="step-activity",
    summary="a declared activity that does not exist or that the step does not run",
    explanation=__doc__,
    contract=check,
)
