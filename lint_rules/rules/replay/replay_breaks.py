"""Today's code asks for something else than the history holds.

A worker replays the history of a run to get back to where it was, and every activity, timer and
child must come again in the same order. Temporal raises `NondeterminismError` (TMPRL1100)
otherwise, retries the workflow task for ever, and the run hangs until the old code is back.

Bad:

    # Runs in flight have posted, and were never notified.
    await runbook.execute_activity(notify, slip, start_to_close_timeout=ATTEMPT)
    await runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)

Good:

    if workflow.patched("notify"):
        await runbook.execute_activity(notify, slip, start_to_close_timeout=ATTEMPT)
    await runbook.execute_activity(post_slip, slip, start_to_close_timeout=ATTEMPT)

A new version of the bundle does it too: a run in flight keeps the one it began with.
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR801",
    name="replay-breaks",
    summary="other commands than the history holds, which Temporal refuses (TMPRL1100)",
    explanation=__doc__,
)
