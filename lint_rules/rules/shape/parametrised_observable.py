"""`ObservableResult` with a type in brackets.

The documented `ObservableResult[X]` raises TypeError: the class is not generic (contract 3.6). The
module cannot be imported, so neither the worker nor the validator can load the bundle.

Bad:

    class PostedSlip(ObservableResult[Slip]): ...

Good:

    class PostedSlip(ObservableResult):
        slip: Slip
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Subscript
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.payloads.events import OBSERVABLE
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report subscripts of the base class of observable results."""
    for module in contract.templates:
        for found in module.view.every(Subscript):
            if contract.program.name(module, found.value) in OBSERVABLE:
                yield Observation(
                    module=module,
                    span=module.facts.span(found),
                    message="`ObservableResult` is not generic: with brackets it raises TypeError",
                    alternative="`ObservableResult`, with a field for what it carries",
                    severity="error",
                )


RULE = Rule(
    code="NTR434",
    name="parametrised-observable",
    summary="`ObservableResult[...]`, which raises TypeError",
    explanation=__doc__,
    contract=check,
)
