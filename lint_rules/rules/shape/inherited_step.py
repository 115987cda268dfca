"""A step that a base class or mixin defines.

The query `current_steps` looks only at the class itself, `vars(type(self))`: a step of a base class
runs, but the breadcrumb of the Tenant UI does not have it (D48).

Bad:

    class WithUpload(NtroWorkflow):
        @runbook.step(name="upload", title="Upload", icon="Upload")
        async def _upload(self, ctx): ...

    @runbook.defn
    class NavMonthlyWorkflow(WithUpload): ...

Good:

    class WithUpload(NtroWorkflow):
        async def _receive(self, ctx): ...

    @runbook.defn
    class NavMonthlyWorkflow(WithUpload):
        @runbook.step(name="upload", title="Upload", icon="Upload")
        async def _upload(self, ctx):
            return await self._receive(ctx)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.step_decorators import misuse
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the steps of bases."""
    for runbook in runbooks_of_ntro(contract):
        for step in runbook.steps:
            wrong = misuse(contract.program, step.module, step.function, step.decorator)
            if step.own or wrong is not None:
                continue
            name = runbook.definition.name
            yield Observation(
                module=step.module,
                span=step.span,
                message=f"the step `{step.function.qualname}` is not in the breadcrumb of"
                f" `{name}`, which only inherits it",
                alternative=f"a step of `{name}` itself that calls a plain method of the base",
                severity="error",
            )


RULE = Rule(
    code="NTR407",
    name="inherited-step",
    summary="a step of a base class, which the breadcrumb does not show",
    explanation=__doc__,
    contract=check,
)
