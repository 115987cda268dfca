"""Printing or logging in workflow code past `runbook.logger`.

History is not harmed, but each replay writes the same lines again, and a log file fills with events
that never happened. `runbook.logger` is silent while replaying and adds the workflow's id.

Bad:

    print(f"closing {ctx.period}")

Good:

    runbook.logger.info("closing %s", ctx.period)

Activities may log as they like.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR116",
    name="output",
    summary="print, logging or warnings in workflow code; use runbook.logger",
    explanation=__doc__,
    check=named_hazards("NTR116", "writes again on every replay"),
    fix="safe",
)
