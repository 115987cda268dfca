"""A runbook class that does not derive from `NtroWorkflow`.

The base class brings the gates, the queries the Tenant UI asks and the signal it answers with. A
class without it is registered by the worker and passes the validator (D27), but its first step
raises AttributeError in workflow code, so the run hangs (D44), and the task page stays empty.

Bad:

    @runbook.defn
    class NavMonthlyWorkflow:
        ...

Good:

    @runbook.defn
    class NavMonthlyWorkflow(NtroWorkflow):
        ...
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.program import Module, Program, ProjectClass
from lint_rules.program.decorators import decorator_names
from lint_rules.program.ntro_classes import BASES
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the decorated classes with other bases; in a bundle every workflow is a runbook."""
    for kind in contract.workflow.workflows:
        module = contract.program.modules[kind.module]
        if contract.files is None and not _is_of_facade(contract.program, module, kind):
            continue
        if _is_something_else(contract.program, kind):
            definition = module.facts.classes[kind.number]
            yield Observation(
                module=module,
                span=definition.span,
                message=f"`{definition.name}` does not derive from `NtroWorkflow`:"
                " it has no gates, no queries and no step state",
                alternative=f"class {definition.name}(NtroWorkflow)",
                severity="error",
            )


def _is_of_facade(program: Program, module: Module, kind: ProjectClass) -> bool:
    decorators = module.facts.classes[kind.number].decorators
    return any(name.startswith("ntro.") for name in decorator_names(program, module, decorators))


def _is_something_else(program: Program, kind: ProjectClass) -> bool:
    """Tell whether all bases are known and none of them can be the one that is needed."""
    order = program.mro(kind)
    return order is not None and all(
        isinstance(base, ProjectClass)
        or (base.name not in BASES and base.origin in ("builtin", "stdlib"))
        for base in order
    )


RULE = Rule(
    code="NTR402",
    name="not-an-ntro-workflow",
    summary="a runbook class that does not derive from NtroWorkflow",
    explanation=__doc__,
    contract=check,
)
