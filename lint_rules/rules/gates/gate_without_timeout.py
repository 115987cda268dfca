"""A wait for a signal that nothing ever ends.

Without a `timeout` a gate waits for ever for a file that never comes: the run stays RUNNING, the
task stays in the kanban bucket of its component, and nobody is told. With one the run ends with a
TimeoutError, which fails it and can be caught to say what was missing. `wait_for_action` takes no
time limit and is left alone, as a person will look at it some time. (The shipped LocalRuntime dies
of a `timedelta`, D38; ntro-testkit's own runtime does not.)

Bad:

    await runbook.wait_condition(lambda: self._approved)

Good:

    await runbook.wait_condition(lambda: self._approved, timeout=timedelta(days=3))
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.program import Program
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.gates.waits import Wait, waits_of
from lint_rules.workflow_code.observation import Observation

_FINISHED = "temporalio.workflow.all_handlers_finished"


def check(contract: Contract) -> Iterator[Observation]:
    """Report waits without an end."""
    for runbook in contract.runbooks:
        for wait in waits_of(contract.workflow, runbook):
            if wait.may_end or _is_for_handlers(contract.program, wait):
                continue
            what = "this gate" if wait.gate is not None else "this condition"
            yield Observation(
                module=wait.module,
                span=wait.module.facts.span(wait.call.function),
                message=f"{what} has no timeout: the run waits for ever for what never comes",
                alternative="`timeout=timedelta(days=...)`",
                via=wait.via,
                severity="info",
            )


def _is_for_handlers(program: Program, wait: Wait) -> bool:
    """Tell whether it waits for handlers that are running, which end by themselves."""
    predicate = wait.predicate
    return predicate is not None and program.name(wait.module, predicate) == _FINISHED


RULE = Rule(
    code="NTR312",
    name="gate-without-timeout",
    summary="a wait for a signal that nothing ever ends",
    explanation=__doc__,
    contract=check,
)
