"""A constructor that does not call the one of `NtroWorkflow`.

The base class keeps the current step, the open gate and the answers in attributes that its
`__init__` makes. Without them the first step or gate raises AttributeError in workflow code, so
the worker fails the workflow task and retries it for ever: the run hangs (D44). The queries of the
Tenant UI fail as well.

Bad:

    class NavMonthlyWorkflow(NtroWorkflow):
        def __init__(self) -> None:
            self._uploads = []

Good:

    class NavMonthlyWorkflow(NtroWorkflow):
        def __init__(self) -> None:
            super().__init__()
            self._uploads = []

The call may stand anywhere in the constructor, but every way through it has to come by.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.construction import Break, broken_chain
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the constructors at which the chain to the base class ends."""
    for runbook in runbooks_of_ntro(contract):
        found = broken_chain(contract.workflow.walks, runbook.kind)
        if found is not None:
            yield _observation(found, runbook.definition.name)


def _observation(found: Break, name: str) -> Observation:
    never = found.outcome == "never"
    what = "never calls" if never else "does not always call"
    owner = found.function.qualname.rpartition(".")[0] or name
    return Observation(
        module=found.module,
        span=found.function.span,
        message=f"`{owner}.__init__` {what} `super().__init__()`: the first step or gate"
        " finds no state and the run hangs",
        alternative="call `super().__init__()` first",
        severity="error" if never else "warning",
    )


RULE = Rule(
    code="NTR401",
    name="missing-super-init",
    summary="a constructor of a runbook that does not call super().__init__()",
    explanation=__doc__,
    contract=check,
)
