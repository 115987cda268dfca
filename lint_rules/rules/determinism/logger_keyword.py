"""A keyword that `runbook.logger` does not take.

It is a logger of the standard library, not structlog: a keyword such as `period=` raises TypeError,
in workflow code, so the workflow task fails and is retried for ever.

Bad:

    runbook.logger.info("closed", period=ctx.period)

Good:

    runbook.logger.info("closed %s", ctx.period)
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.facts.expressions import Call
from lint_rules.program import External
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_LOGGERS = ("ntro.workflow.runbook.logger.", "temporalio.workflow.logger.")
_LEVELS = ("debug", "info", "warning", "error", "exception", "critical", "log")
_TAKES = ("exc_info", "extra", "stack_info", "stacklevel")


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report keywords that make the workflow's logger raise."""
    for exit_ in workflow.reach.outside:
        target = exit_.edge.target
        if not isinstance(target, External) or not target.name.startswith(_LOGGERS):
            continue
        module = workflow.program.modules[exit_.edge.module]
        call = module.facts.expressions[exit_.edge.at]
        if not isinstance(call, Call) or target.name.rpartition(".")[2] not in _LEVELS:
            continue
        wrong = [k.name for k in call.keywords if k.name is not None and k.name not in _TAKES]
        if wrong:
            yield Observation(
                module=module,
                span=module.facts.span(call),
                message=f"the logger takes no `{wrong[0]}=`: it raises, and the run hangs",
                alternative="%-arguments of the message, or extra={...}",
                via=exit_.via,
                impact="sequence",
                sandbox="silent",
            )


RULE = Rule(
    code="NTR126",
    name="logger-keyword",
    summary="a keyword the workflow's logger does not take",
    explanation=__doc__,
    check=check,
)
