"""An activity that is started without a timeout.

Temporal wants `start_to_close_timeout` or `schedule_to_close_timeout` of every activity. Without
either it raises ValueError in workflow code, so the worker retries the workflow task for ever and
the run stays RUNNING; LocalRuntime ignores timeouts and notices nothing (D45, D44).
`self.run_step` has a default and needs none.

Bad:

    await runbook.execute_activity(post, slip)

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
from lint_rules.runbook_code.sdk_use.options import is_given, takes_hidden
from lint_rules.workflow_code.observation import Observation

TIMEOUTS = ("start_to_close_timeout", "schedule_to_close_timeout")


def check(contract: Contract) -> Iterator[Observation]:
    """Report direct calls with neither timeout."""
    for runbook in contract.runbooks:
        for call in runbook.activity_calls:
            if call.through_run_step or takes_hidden(call.call):
                continue
            if any(is_given(call.call, name) for name in TIMEOUTS):
                continue
            yield Observation(
                module=call.module,
                span=call.module.facts.span(call.call.function),
                message="the activity has no timeout: Temporal raises ValueError, and the run"
                " hangs",
                alternative="`start_to_close_timeout=timedelta(...)`, for each attempt",
                via=call.via,
                severity="error",
            )


RULE = Rule(
    code="NTR208",
    name="missing-activity-timeout",
    summary="an activity started without a timeout",
    explanation=__doc__,
    contract=check,
)
