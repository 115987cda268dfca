"""Talking to the network, a database or a service in workflow code.

The answer differs on replay, the call is made again on every replay, and it is not retried by
Temporal. On Temporal's event loop most clients fail at once, and the run hangs; in ntro's
LocalRuntime they work, which is why it is found so late (D36: `agents.invoke`, `ntro.capabilities`,
`ntro.data` and the `ntro.ingest` clients are for activities).

Bad:

    rows = await storage.read_table(ctx.tenant_slug, "ledger")

Good:

    rows = await runbook.execute_activity(read_ledger, ctx, start_to_close_timeout=ATTEMPT)

Importing such a package is fine, and so are its types: exceptions, enums, URL and query builders.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR107",
    name="network",
    summary="network, database or SDK client used in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR107", "talks to something outside the workflow"),
)
