"""`steps:` in another order than the steps of the code.

The Tenant UI shows the plan in the order of the frontmatter and the running task in the order in
which the class defines its step methods (`current_steps`). Where they differ, the list jumps when
the task starts, and what is done stands below what is not.

Bad:

    steps:
      - id: post
      - id: review          # the class defines `review` before `post`

Good:

    steps:
      - id: review
      - id: post
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from lint_rules.contract.contract import Contract
from lint_rules.declared.places import in_code, in_manifest
from lint_rules.declared.steps import pairs, the_runbook
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the first declared step that is out of order."""
    runbook = the_runbook(contract)
    if runbook is None:
        return
    names = [step.name for step in runbook.steps if step.own and step.name]
    if len(set(names)) < len(names):
        return
    both = [pair for pair in pairs(contract, runbook) if pair.step.own]
    places = [names.index(pair.declared.id) for pair in both]
    kept = _longest_rising(places)
    moved = next((pair for number, pair in enumerate(both) if number not in kept), None)
    if moved is None:
        return
    ordered = sorted(both, key=lambda pair: names.index(pair.declared.id))
    follower = ordered[(ordered.index(moved) + 1) % len(ordered)]
    is_last = ordered[-1] is moved
    where = "after all others" if is_last else f"before `{follower.declared.id}`"
    yield in_manifest(
        contract,
        moved.declared.id_node,
        f"`{moved.declared.id}` is listed out of order: the code defines it {where}",
        "the order of the code: " + ", ".join(f"`{pair.declared.id}`" for pair in ordered),
        steps=(in_code(moved.step.module, moved.step.span, f"the step `{moved.declared.id}`"),),
    )


def _longest_rising(numbers: Sequence[int]) -> frozenset[int]:
    """Return the places of a longest rising part, so that what is left out is least."""
    ends: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        at = bisect_left([numbers[end] for end in ends], number)
        before.append(ends[at - 1] if at else None)
        ends[at : at + 1] = [place]
    found: set[int] = set()
    place_: int | None = ends[-1] if ends else None
    while place_ is not None:
        found.add(place_)
        place_ = before[place_]
    return frozenset(found)


RULE = Rule(
    code="NTR523",
    name="declared-step-order",
    summary="`steps:` in another order than the steps of the code",
    explanation=__doc__,
    contract=check,
)
