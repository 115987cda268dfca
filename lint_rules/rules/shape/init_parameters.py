"""A constructor that needs arguments the runtime never passes.

The worker makes the object with `cls()`. A required parameter raises TypeError before `run` begins;
the workflow task fails and is retried for ever (D44). Tests that make the object themselves do not
show it.

Bad:

    class NavMonthlyWorkflow(NtroWorkflow):
        def __init__(self, clock: Clock) -> None:
            super().__init__()
            self._clock = clock

Good:

    class NavMonthlyWorkflow(NtroWorkflow):
        def __init__(self) -> None:
            super().__init__()
            self._clock = Clock()
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.readable import runbooks_of_ntro
from lint_rules.facts.records import Function, Parameter
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.classes.construction import constructor
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the first required parameter of each constructor that the runtime calls."""
    for runbook in runbooks_of_ntro(contract):
        found = constructor(contract.program, runbook.kind)
        if found is None:
            continue
        module, function = contract.program.function(found)
        # A decorator may bring arguments; `@workflow.init` brings those of `run`.
        needed = None if function.decorators else _needed(function)
        if needed is not None:
            yield Observation(
                module=module,
                span=function.span,
                message=f"`{function.qualname}` needs `{needed.name}`, but the runtime makes the"
                " object without arguments: the run hangs before it begins",
                alternative="def __init__(self), and what it needs from the Context in `run`",
                severity="error",
            )


def _needed(function: Function) -> Parameter | None:
    kinds = ("positional", "plain", "keyword")
    own = [p for p in function.parameters if p.kind in kinds][1:]
    return next((parameter for parameter in own if parameter.default is None), None)


RULE = Rule(
    code="NTR416",
    name="init-parameters",
    summary="a constructor that needs arguments the runtime never passes",
    explanation=__doc__,
    contract=check,
)
