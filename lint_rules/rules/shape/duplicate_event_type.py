"""Two results that are emitted under one event type.

Whoever listens for an event tells what it carries by its type alone (contract 3.6). Two classes
with one type look the same from outside, and a field that only one of them has is missing every
other time. The SDK has three types of its own: `extraction.completed`, `trial_balance.parsed` and
`journal_proposal.emitted`.

Bad:

    class Slip(ObservableResult):
        class ObserverMeta:
            event_type = "slip.read"

    class PostedSlip(ObservableResult):
        class ObserverMeta:
            event_type = "slip.read"

Good:

    class Slip(ObservableResult):
        class ObserverMeta:
            event_type = "slip.read"

    class PostedSlip(ObservableResult):
        class ObserverMeta:
            event_type = "slip.posted"
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.program import External, ProjectClass
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.payloads.events import (
    SDK_EVENTS,
    is_observable,
    own_event_type,
    own_meta,
)
from lint_rules.runbook_code.written import Value
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report event types that another result, or one of the SDK, has already."""
    first: dict[str, ProjectClass] = {}
    for kind, value, text in _event_types(contract):
        known = first.setdefault(text, kind)
        if known is kind and text in SDK_EVENTS:
            if not _derives(contract, kind, SDK_EVENTS[text]):
                yield _taken(value, f"the SDK emits `{text}` itself, with other fields")
        elif known is not kind and not _is_related(contract, kind, known):
            module = contract.program.modules[known.module]
            name = module.facts.classes[known.number].name
            yield _taken(value, f"`{name}` is emitted as `{text}` too: nobody can tell them apart")


def _taken(value: Value, message: str) -> Observation:
    return Observation(
        module=value.module,
        span=value.span,
        message=message,
        alternative="a type of its own: `<subject>.<event>`",
        severity="warning",
    )


def _event_types(contract: Contract) -> Iterator[tuple[ProjectClass, Value, str]]:
    for module in contract.templates:
        for record in module.facts.classes:
            kind = ProjectClass(module.name, record.number)
            meta = own_meta(contract.program, kind)
            if meta is None or not is_observable(contract.program, kind):
                continue
            value = own_event_type(contract.program, meta)
            if value is not None and value.text:
                yield kind, value, value.text


def _is_related(contract: Contract, one: ProjectClass, other: ProjectClass) -> bool:
    program = contract.program
    return other in (program.mro(one) or ()) or one in (program.mro(other) or ())


def _derives(contract: Contract, kind: ProjectClass, source: str) -> bool:
    order = contract.program.mro(kind) or ()
    return any(isinstance(base, External) and base.name.startswith(source) for base in order)


RULE = Rule(
    code="NTR433",
    name="duplicate-event-type",
    summary="an event type that another result has already",
    explanation=__doc__,
    contract=check,
)
