"""An activity returns an observable result that says no event type.

What activities return as a subclass of `ObservableResult` is emitted as an event under the
`event_type` of its inner `class ObserverMeta` (contract 3.6). The base class says `""`: a subclass
without one of its own is emitted under no name, and whoever waits for the event never sees it. An
`ObserverMeta` without any `event_type` has not even that, and reading it raises AttributeError.

Bad:

    class PostedSlip(ObservableResult):
        entry_id: str

Good:

    class PostedSlip(ObservableResult):
        class ObserverMeta:
            event_type = "slip.posted"

        entry_id: str
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.program import Instance, ProjectClass
from lint_rules.program.annotations import annotated
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.derived import bases_in
from lint_rules.runbook_code.payloads.events import has_event_type, is_observable, observer_meta
from lint_rules.runbook_code.read import activities_of
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report returned results whose event type is certainly empty."""
    silent = [
        kind
        for kind in dict.fromkeys(_returned(contract))
        if not has_event_type(contract.program, kind)
    ]
    # Of a class that others derive from, one of those may be returned.
    bases = bases_in(contract.program, contract.templates) if silent else frozenset()
    for kind in silent:
        if kind in bases:
            continue
        module = contract.program.modules[kind.module]
        record = module.facts.classes[kind.number]
        meta = observer_meta(contract.program, kind)
        at = module if meta is None else contract.program.modules[meta.module]
        yield Observation(
            module=at,
            span=record.span if meta is None else at.facts.classes[meta.number].span,
            message=f"`{record.name}` is returned by an activity and says no event type: it is"
            " emitted under no name",
            alternative='`class ObserverMeta:` with `event_type = "<subject>.<event>"`',
            severity="warning",
        )


def _returned(contract: Contract) -> Iterator[ProjectClass]:
    for module in contract.templates:
        for activity in activities_of(contract.program, module):
            returns = activity.function.returns
            if returns is None:
                continue
            for meaning in annotated(contract.program, module, returns):
                kind = meaning.of if isinstance(meaning, Instance) else None
                if isinstance(kind, ProjectClass) and is_observable(contract.program, kind):
                    yield kind


RULE = Rule(
    code="NTR432",
    name="event-type",
    summary="an observable result of an activity without an event type",
    explanation=__doc__,
    contract=check,
)
