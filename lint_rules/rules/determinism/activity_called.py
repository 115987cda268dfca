"""Calling an activity as if it were a function.

It runs inside the workflow then: no event in the history, no retry, no timeout, and everything it
does is done again on each replay. Under LocalRuntime nothing of this shows.

Bad:

    row = await load_period(payload)

Good:

    row = await runbook.execute_activity(load_period, payload, start_to_close_timeout=ATTEMPT)

Passing the activity on is fine: `execute_activity(load_period, ..)`, `self.run_step("load",
load_period, ..)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation
from lint_rules.workflow_code.workflow_code import WorkflowCode

_BY_NAME = named_hazards("NTR115", "is an activity of the SDK, and runs inside the workflow here")


def check(workflow: WorkflowCode) -> Iterator[Observation]:
    """Report calls of activities."""
    yield from _BY_NAME(workflow)
    for exit_ in workflow.reach.activities:
        edge = exit_.edge
        if edge.how != "call":
            continue
        module = workflow.program.modules[edge.module]
        name = (workflow.program.qualified_name(edge.target) or "").rpartition(".")[2]
        yield Observation(
            module=module,
            span=module.facts.span(module.facts.expressions[edge.at]),
            message=f"`{name}` is an activity, and runs inside the workflow here",
            alternative=f"runbook.execute_activity({name}, ...)",
            via=exit_.via,
            impact="sequence",
            sandbox="silent",
            fix="execute-activity",
        )


RULE = Rule(
    code="NTR115",
    name="activity-called-directly",
    summary="an activity is called directly; use runbook.execute_activity(...)",
    explanation=__doc__,
    check=check,
    fix="unsafe",
)
