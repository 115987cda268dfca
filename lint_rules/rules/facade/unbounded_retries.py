"""An activity that Temporal retries without end.

Without `schedule_to_close_timeout`, and without a retry policy that has `maximum_attempts`, an
activity that raises is tried again for ever, a minute and then more apart. A service that is gone
or a value that never fits then looks, in the Tenant UI, like a step that takes its time: the run
neither fails nor goes on (D45). The interceptor of production workers stops some errors; a list of
them is not public. `WorkflowError(..., non_retryable=True)` stops those that the author knows.

Bad:

    await runbook.execute_activity(post, slip, start_to_close_timeout=timedelta(minutes=2))

Good:

    await runbook.execute_activity(
        post,
        slip,
        start_to_close_timeout=timedelta(minutes=2),
        schedule_to_close_timeout=timedelta(minutes=10),
    )
"""

from __future__ import annotations

from collections.abc import Iterator

from lint_rules.contract.contract import Contract
from lint_rules.rules.rule import Rule
from lint_rules.runbook_code.runbook import ActivityCall
from lint_rules.runbook_code.sdk_use.options import has_no_bound, is_given, takes_hidden
from lint_rules.workflow_code.observation import Observation


def check(contract: Contract) -> Iterator[Observation]:
    """Report calls whose attempts have a limit, and whose retries have none."""
    for runbook in contract.runbooks:
        for call in runbook.activity_calls:
            if not call.through_run_step and _is_endless(contract, call):
                yield Observation(
                    module=call.module,
                    span=call.module.facts.span(call.call.function),
                    message="an error of this activity is retried without end",
                    alternative="`schedule_to_close_timeout=`, the time all attempts may take, or"
                    " `retry_policy=RetryPolicy(maximum_attempts=...)`",
                    via=call.via,
                    severity="info",
                )


def _is_endless(contract: Contract, call: ActivityCall) -> bool:
    options = call.call
    if takes_hidden(options) or is_given(options, "schedule_to_close_timeout"):
        return False
    if not is_given(options, "start_to_close_timeout"):
        # It has no timeout at all, which is worse and reported as such.
        return False
    policy = options.keyword("retry_policy")
    if policy is None or not is_given(options, "retry_policy"):
        return True
    return has_no_bound(contract.program, call.module, policy)


RULE = Rule(
    code="NTR209",
    name="unbounded-retries",
    summary="an activity that is retried without end",
    explanation=__doc__,
    contract=check,
)
