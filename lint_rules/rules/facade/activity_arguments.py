"""More than one argument for an activity by position.

`runbook.execute_activity` takes the activity and one argument, as `workflow.execute_activity` of
temporalio does: a second one raises TypeError in workflow code, so the worker retries the workflow
task for ever and the run stays RUNNING (D32, D44). `self.run_step` hands its arguments on and
breaks in the same way.

Bad:

    await runbook.execute_activity(post, ctx.entity_slug, slip, start_to_close_timeout=ATTEMPT)

Good:

    await runbook.execute_activity(
        post,
        PostInput(entity_slug=ctx.entity_slug, slip=slip),
        start_to_close_timeout=ATTEMPT,
    )
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.facts.expressions import Starred
from lint_rules.rules.rule import Rule
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report the first argument that is too many."""
    for runbook in contract.runbooks:
        for call in runbook.activity_calls:
            sure = [each for each in call.arguments if not isinstance(each, Starred)]
            if len(sure) > 1:
                yield Observation(
                    module=call.module,
                    span=call.module.facts.span(sure[1]),
                    message="an activity is given one argument, here there are"
                    f" {len(call.arguments)}: TypeError, and the run hangs",
                    alternative="one model with a field for each of them",
                    via=call.via,
                    severity="error",
                )


RULE = Rule(
    code="NTR206",
    name="several-activity-arguments",
    summary="more than one argument for an activity",
    explanation=__doc__,
    contract=check,
)
