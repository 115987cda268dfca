"""Each activity fails in turn: the run ends or recovers, and commits nothing after a failed commit.

A failure that is caught and forgotten lets the run commit what was never checked, or report as
done what was not stored.

Bad:

    try:
        await runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)
    except Exception:
        runbook.logger.warning("posting failed")
    return SlipResult(status="posted")

Good:

    await runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)
    return SlipResult(status="posted")
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR708",
    name="activity-failure-fault",
    summary="an activity whose failure hangs the run, or is passed over",
    explanation=__doc__,
)
