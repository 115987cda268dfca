"""Reading the wall clock in workflow code.

Temporal replays a workflow from its history: after a deploy, a crash or an eviction the same code
runs again and must come to the same commands. The wall clock gives another answer each time, so a
branch on it takes another way and the run fails, or a value on it changes what is sent.
`runbook.now()` is the time of the workflow task, which the history records.

Bad:

    if datetime.now(timezone.utc) > deadline:
        await self._escalate(ctx)

Good:

    if runbook.now() > deadline:
        await self._escalate(ctx)

The class method counts on objects too: `runbook.now().now()` is the wall clock again. Local time
(`datetime.now()`, `date.today()`) becomes UTC when it is replaced, so that fix must be asked for.
In code that uses temporalio directly the same function is `workflow.now()`.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR101",
    name="wall-clock",
    summary="wall clock read in workflow code; use runbook.now()",
    explanation=__doc__,
    check=named_hazards("NTR101", "reads the wall clock, which differs on replay"),
    fix="safe",
)
