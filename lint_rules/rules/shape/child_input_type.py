"""An input that a child cannot read as its Context, whatever it holds.

The worker turns the input into JSON and reads it by the annotation of the child's `run`. A list or
a text where that is a model is refused with `Failed decoding arguments`; without any input, or with
None, which is passed on as no input, `run` misses its argument. Either way the child's first task
is retried for ever, and the parent waits for it.

Bad:

    await self.run_child_workflow(slug="book-slip", input=[slip])

Good:

    await self.run_child_workflow(slug="book-slip", input=slip)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.child_inputs import child_inputs
from lint_rules.contract.contract import Contract
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.payloads.conversion import refused
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report inputs that are plainly something else than the child's Context."""
    for found in child_inputs(contract):
        if not refused(found.sent, found.taken):
            continue
        yield Observation(
            module=found.module,
            span=found.span,
            message=f"`{found.slug}` takes {found.taken.word}; {found.sent.word} cannot be read"
            " as one, and the run hangs",
            alternative=f"what the `run` of `{found.slug}` takes",
            via=found.child.via,
            severity="error",
        )


RULE = Rule(
    code="NTR423",
    name="child-input-type",
    summary="an input of a type that the child cannot read",
    explanation=__doc__,
    contract=check,
)
