"""An attribute that `runbook`, `activity` or the base class does not have.

The facade is narrower than temporalio, and `NtroWorkflow` narrower than some pages say: there is no
`runbook.sleep`, no `runbook.patched`, no `self.wait_for_signal`. Reading one raises AttributeError.
In workflow code that is no failure: the worker retries the workflow task for ever and the run shows
as RUNNING, with nothing in the Tenant UI to say why; in a decorator the worker cannot load the
bundle (D32, D44). What counts is the version of ntro that the bundle pins.

Bad:

    await runbook.sleep(60)
    event = await self.wait_for_signal("document_submitted")

Good:

    await asyncio.sleep(60)
    await self.await_signal_with_action(predicate=lambda: bool(self._uploads), action={...})
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.own_attributes import base_attributes
from lint_rules.runbook_code.failing.guards import is_reckoned_with
from lint_rules.sdk.suggesting import instead
from lint_rules.workflow_code.observation import Observation

_HANGS = "AttributeError, and the run hangs"
_RAISES = "reading it raises AttributeError"


def check(contract: Contract) -> Iterator[Observation]:
    """Report attributes of the facades and of the base class that no version to come has."""
    yield from _of_facades(contract)
    yield from _of_base(contract)


def _of_facades(contract: Contract) -> Iterator[Observation]:
    for found in contract.sdk_names.attributes:
        absent = contract.sdk.lacks(found.qualified)
        name = found.expression.name
        if absent is None or absent.owner_kind != "object" or absent.name != name:
            continue
        module = found.module
        if is_reckoned_with(contract.program, module, found.expression):
            continue
        via = contract.via(module, found.expression)
        spoken = found.owner.rpartition(".")[2]
        yield Observation(
            module=module,
            span=found.span,
            message=f"{contract.sdk.shown} has no `{spoken}.{name}`: {_HANGS if via else _RAISES}",
            alternative=instead(absent, contract.sdk, spoken),
            via=via,
            severity="error",
        )


def _of_base(contract: Contract) -> Iterator[Observation]:
    for found in base_attributes(contract.program, contract.classes, contract.sdk):
        module, expression = found.module, found.expression
        if is_reckoned_with(contract.program, module, expression):
            continue
        via = contract.via(module, expression)
        yield Observation(
            module=module,
            span=module.facts.span(expression),
            message=f"neither the class nor `NtroWorkflow` has `{expression.name}`:"
            f" {_HANGS if via else _RAISES}",
            alternative=instead(found.absent, contract.sdk, "self"),
            via=via,
            severity="error",
        )


RULE = Rule(
    code="NTR204",
    name="unknown-facade-attribute",
    summary="an attribute that the facade or the base class lacks",
    explanation=__doc__,
    contract=check,
)
