"""Blocking in workflow code.

All workflows of a worker share its event loop. One that sleeps or waits without `await` stops them
all, and after two seconds Temporal's deadlock detector fails the workflow task.

Bad:

    time.sleep(60)

Good:

    await asyncio.sleep(60)

`asyncio.sleep` is a durable timer in a workflow: it survives a deploy. `asyncio.sleep(0)` issues no
command. Waiting for a condition is `await runbook.wait_condition(lambda: self._done)`.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR108",
    name="blocking-call",
    summary="blocking call in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR108", "blocks the worker's event loop"),
    fix="unsafe",
)
