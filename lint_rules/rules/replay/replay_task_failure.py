"""Today's code raises where the history went on.

Only a `WorkflowError` fails a run. Any other exception fails the workflow task, which Temporal
retries for ever: the run hangs with the status RUNNING, and nobody is told.

Bad:

    total = sum(line.amount for line in slip.lines)  # older slips have no lines

Good:

    total = sum(line.amount for line in slip.lines or ())
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR802",
    name="replay-task-failure",
    summary="an exception where the history went on: the run would hang",
    explanation=__doc__,
)
