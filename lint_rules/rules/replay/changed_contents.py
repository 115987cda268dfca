"""The same commands with other arguments, results, timeouts or retries.

Temporal does not look at contents: runs in flight go on. Often it is what the edit was for. If it
is not, a value differs on every run: the time, a random number, a `uuid4`, the environment.

Bad:

    reference = uuid.uuid4().hex
    await runbook.execute_activity(post_slip, reference, start_to_close_timeout=ATTEMPT)

Good:

    reference = f"{runbook.info().workflow_id}-slip"
    await runbook.execute_activity(post_slip, reference, start_to_close_timeout=ATTEMPT)
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR805",
    name="changed-contents",
    summary="the same command with other arguments, results, timeouts or retries",
    explanation=__doc__,
)
