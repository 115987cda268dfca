"""What is sent to children, beside what they take: both sides of a call between bundles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from lint_rules.contract.child_context import child_context
from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Comprehension, Display, Expression, Starred
from lint_rules.facts.records import Span
from lint_rules.program import Module
from lint_rules.runbook_code.models import model_of
from lint_rules.runbook_code.payloads.conversion import Conversion, Sent, Taken
from lint_rules.runbook_code.read import child_slug
from lint_rules.runbook_code.runbook import ChildCall


@dataclass(frozen=True, slots=True)
class ChildInput:
    """One input of a child whose type is known on both sides; `receiver` reads the child's."""

    child: ChildCall
    slug: str
    expression: Expression
    sent: Sent
    taken: Taken
    receiver: Conversion

    @property
    def module(self) -> Module:
        """The module of the call."""
        return self.child.module

    @property
    def span(self) -> Span:
        """Where the input is written."""
        return self.module.facts.span(self.expression)


def child_inputs(contract: Contract) -> Iterator[ChildInput]:
    """Yield the inputs of children in other bundles, as far as both sides can be told."""
    if contract.siblings is None:
        return
    sender = Conversion(contract.program, contract.model)
    for runbook in contract.runbooks:
        for child in runbook.children:
            slug = child_slug(child) if child.how != "facade" else None
            inputs = list(_inputs(child)) if slug is not None else []
            found = _receiver(contract, slug) if slug is not None and inputs else None
            if slug is None or found is None:
                continue
            receiver, taken = found
            for expression in inputs:
                sent = sender.sent(child.module, expression)
                if sent is not None:
                    yield ChildInput(child, slug, expression, sent, taken, receiver)


def _receiver(contract: Contract, slug: str) -> tuple[Conversion, Taken] | None:
    opened = contract.siblings.open(slug) if contract.siblings is not None else None
    context = child_context(opened) if opened is not None else None
    if opened is None or context is None:
        return None
    receiver = Conversion(opened.program, partial(model_of, opened.program))
    taken = receiver.taken(context.module, context.annotation)
    if taken is None:
        return None
    if context.is_optional:
        taken = Taken(taken.word, taken.shape, taken.model, takes_none=True)
    return receiver, taken


def _inputs(child: ChildCall) -> Iterator[Expression]:
    """Yield the expressions of the inputs, one for all those of a comprehension."""
    inputs = child.inputs
    if inputs is None:
        return
    if child.how == "run_child_workflow":
        yield inputs
        return
    match inputs:
        case Display(_, "list" | "tuple", elements):
            yield from (each for each in elements if not isinstance(each, Starred))
        case Comprehension(_, "list" | "set" | "generator", element):
            yield element
