"""temporalio imported where the facade of ntro has the name.

`from temporalio import workflow, activity` is the first generation of the runbook API. On Temporal
both work. But such a bundle runs nowhere else: without a worker around it, as in
`python -m`, under LocalRuntime or in the sandbox of a managed agent, `workflow.info()`,
`workflow.now()` and `workflow.execute_activity(...)` raise, and where temporalio is not installed
the bundle cannot even be imported (contract 1.0, 1.3, D40). New names, `step` among them, come to
the facade only.

What the facade lacks (`RetryPolicy`, `patched`, heartbeats) is taken from temporalio as before, and
so are its exceptions: those of `ntro.workflow.exceptions` are `Exception` under LocalRuntime (D33).
A name imported by itself (`from temporalio.workflow import info`) is reported without a fix. The
fix is offered where every use in the module has one in the facade that means the same.

Bad:

    from temporalio import workflow

    @workflow.defn
    class NavMonthlyWorkflow(NtroWorkflow): ...

Good:

    from ntro.workflow import NtroWorkflow, runbook

    @runbook.defn
    class NavMonthlyWorkflow(NtroWorkflow): ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.records import Import
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.sdk_use.old_facade import has_name, old_facades, old_uses
from lint_rules.workflow_code.observation import Observation

_FACADES = {"temporalio.workflow": "runbook", "temporalio.activity": "activity"}


def check(contract: Contract) -> Iterator[Observation]:
    """Report the imports of a bundle that uses ntro, whose SDK has a facade."""
    if contract.files is None or not contract.classes:
        return
    if not contract.sdk.surface.has("ntro.workflow.runbook.defn"):
        return
    members = {str(path) for path in contract.project.members}
    for module in contract.modules:
        if module.path in members:
            for found, name in old_facades(module):
                yield from _observations(contract, module, found, name)
            yield from _single_names(module)


def _single_names(module: Module) -> Iterator[Observation]:
    """Report `from temporalio.workflow import info`, of which the facade has the name."""
    for found in module.facts.imports:
        facade = _FACADES.get(found.module or "")
        if facade is None or found.level or found.typing_only or found.name is None:
            continue
        if has_name(found.module or "", found.name):
            yield Observation(
                module=module,
                span=found.span,
                message=f"`{found.module}.{found.name}` works only on Temporal; the facade has it",
                alternative=f"`{facade}.{found.name}`, of `from ntro.workflow import {facade}`",
                severity="warning",
            )


def _observations(
    contract: Contract, module: Module, found: Import, name: str
) -> Iterator[Observation]:
    uses = old_uses(contract.program, module, found, name)
    known = [use for use in uses if use.match != "none"]
    if not known:
        return
    facade = _FACADES[name]
    can_fix = found.name is not None and all(use.match == "same" for use in uses)
    asked = sorted({use.name for use in known})
    few = ", ".join(f"`{each}`" for each in asked[:3])
    more = f" and {len(asked) - 3} more" if len(asked) > 3 else ""
    yield Observation(
        module=module,
        span=found.span,
        message=f"`{name}` works only on Temporal; the facade has {few}{more} of it",
        alternative=f"`from ntro.workflow import {facade}`",
        severity="warning",
        fix="facade-import" if can_fix else None,
        applicability="safe",
    )


RULE = Rule(
    code="NTR201",
    name="temporalio-import",
    summary="temporalio imported where the facade has the name",
    explanation=__doc__,
    contract=check,
    fix="safe",
)
