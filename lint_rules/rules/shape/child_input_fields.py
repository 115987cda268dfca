"""An input whose fields are not those of the child's Context.

Bundles cannot import each other, so the parent has a model, or a dict, of its own for what it sends
to a child, and nothing compares the two before they run. A required field that is not sent, or a
value that a field cannot be, is refused with `Failed decoding arguments`: the child's first task is
retried for ever and the parent waits for it. A field that the child does not have is dropped
without a word, or refused too when its Context forbids extra fields.

Bad:

    await self.run_child_workflow(slug="book-slip", input={"periods": ctx.period})

Good:

    await self.run_child_workflow(slug="book-slip", input={"period": ctx.period})
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lint_rules.contract.child_inputs import ChildInput, child_inputs
from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Expression
from lint_rules.finding import Severity
from lint_rules.nearest import nearest
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.payloads.conversion import clashes, forbids, missing, refused, unread
from lint_rules.runbook_code.wording import listed
from lint_rules.workflow_code.observation import Observation

_MANY = 50
"""As many fields are compared with a name: it is for people, and takes its time."""


def check(contract: Contract) -> Iterator[Observation]:
    """Report fields that are missing, too many, or of another type."""
    for found in child_inputs(contract):
        if refused(found.sent, found.taken):
            continue
        absent = missing(found.sent, found.taken)
        if absent:
            yield _seen(
                found,
                f"`{found.slug}` needs {listed(absent)}, which {found.sent.word} does not have:"
                " the run hangs",
                f"send {listed(absent)}",
                "error",
            )
            continue
        yield from _clashing(found)
        yield from _unread(found)


def _clashing(found: ChildInput) -> Iterator[Observation]:
    for key, field, takes in clashes(found.sent, found.taken, found.receiver):
        yield _seen(
            found,
            f"`{field.name}` of `{found.slug}` takes {takes}, and is sent {key.word}: the run"
            " hangs",
            f"send {takes}",
            "error",
            key.at,
        )


def _unread(found: ChildInput) -> Iterator[Observation]:
    model = found.taken.model
    if model is None:
        return
    for key in unread(found.sent, found.taken):
        name = min(key.names)
        near = nearest(name, islice(model.fields, _MANY))
        forbidden = forbids(found.taken)
        severity: Severity = "error" if forbidden else "warning" if near else "info"
        consequence = "the run hangs" if forbidden else "it is dropped without a word"
        yield _seen(
            found,
            f"`{found.slug}` has no field `{name}`: {consequence}",
            f"`{near}`" if near else f"send no `{name}`",
            severity,
            key.at,
        )


def _seen(
    found: ChildInput,
    message: str,
    alternative: str,
    severity: Severity,
    at: Expression | None = None,
) -> Observation:
    return Observation(
        module=found.module,
        span=found.span if at is None else found.module.facts.span(at),
        message=message,
        alternative=alternative,
        via=found.child.via,
        severity=severity,
    )


RULE = Rule(
    code="NTR424",
    name="child-input-fields",
    summary="an input that lacks, or has other, fields than the child's Context",
    explanation=__doc__,
    contract=check,
)
