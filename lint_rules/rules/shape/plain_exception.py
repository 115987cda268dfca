"""A plain exception raised in workflow code.

Temporal fails a run for `WorkflowError`, its own failures and time-outs. Any other exception fails
the workflow *task*, which the worker retries for ever: the run hangs, RUNNING, and nobody is told
(D44). LocalRuntime shows it as a failure.

Bad:

    if not ctx.periods:
        raise ValueError("no periods")

Good:

    if not ctx.periods:
        raise WorkflowError("no periods", type="NO_PERIODS", non_retryable=True)

An exception that workflow code catches is fine, and so are subclasses of `WorkflowError`,
`TimeoutError`, ValueError in a validator of pydantic, and whatever a query raises.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.failing_code import failing_code
from lint_rules.facts.expressions import Call, Constant, FormattedString
from lint_rules.facts.records import Leave
from lint_rules.program import Module
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.failing.escapes import Escapes
from lint_rules.runbook_code.failing.failures import Failure, raised
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import Running


def check(contract: Contract) -> Iterator[Observation]:
    """Report the plain exceptions that nothing in workflow code catches."""
    escapes = Escapes(contract.program, contract.workflow.reach)
    for running in failing_code(contract):
        view = running.module.view
        for scope in running.scopes:
            for leave in view.leaves_of_scope(scope):
                failure = (
                    raised(contract.program, running.module, leave)
                    if leave.kind == "raise"
                    else None
                )
                if failure and escapes.leaves(running.module, leave.block, failure):
                    yield _observation(running, running.module, leave, failure)


def _observation(running: Running, module: Module, leave: Leave, failure: Failure) -> Observation:
    name = failure.name
    again = leave.value is None
    how = f"`{name}` caught here is raised again" if again else f"`{name}` raised"
    return Observation(
        module=module,
        span=leave.span if leave.value is None else module.facts.span(leave.value),
        message=f"{how} in workflow code: the task is retried for ever and the run hangs",
        alternative="raise WorkflowError(...), which fails the run",
        via=running.reached,
        severity="warning" if again else "error",
        fix="raise-workflow-error" if _says_only_why(leave, failure) else None,
    )


def _says_only_why(leave: Leave, failure: Failure) -> bool:
    """Tell whether a built-in exception is made of nothing but a message."""
    match leave.value:
        case Call(_, _, (Constant(_, "str") | FormattedString(),), ()):
            return failure.is_builtin
        case _:
            return False


RULE = Rule(
    code="NTR409",
    name="plain-exception",
    summary="a plain exception raised in workflow code; raise WorkflowError",
    explanation=__doc__,
    contract=check,
    fix="unsafe",
)
