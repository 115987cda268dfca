"""An assertion in workflow code.

A failed `assert` raises AssertionError, a plain exception: the workflow task fails and is retried
for ever, so the run hangs, RUNNING, and nobody is told (D44).

Bad:

    assert ctx.periods, "no periods"

Good:

    if not ctx.periods:
        raise WorkflowError("no periods", type="NO_PERIODS", non_retryable=True)

An assertion that only tells a type checker what is always true can be a `cast`, or an `if` that
raises WorkflowError. In the validators of a model assertions are fine.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.contract.failing_code import failing_code
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.failing.escapes import Escapes
from lint_rules.runbook_code.failing.failures import builtin_failure
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the assertions whose failure nothing in workflow code catches."""
    escapes = Escapes(contract.program, contract.workflow.reach)
    failure = builtin_failure("AssertionError")
    for running in failing_code(contract):
        module = running.module
        for scope in running.scopes:
            for leave in module.view.leaves_of_scope(scope):
                if leave.kind != "assert" or failure is None:
                    continue
                if escapes.leaves(module, leave.block, failure):
                    yield Observation(
                        module=module,
                        span=leave.span,
                        message="a failed `assert` in workflow code is retried for ever:"
                        " the run hangs",
                        alternative="if not ...: raise WorkflowError(...), which fails the run",
                        via=running.reached,
                        severity="warning",
                    )


RULE = Rule(
    code="NTR410",
    name="assert-in-workflow",
    summary="an assertion in workflow code; its failure hangs the run",
    explanation=__doc__,
    contract=check,
)
