"""Deciding something by what only a replay knows.

`is_replaying()` is the one question whose answer is different by definition. A command behind it is
in the history and not in the replay, or the other way round. The same goes for the sandbox's own
flags.

Bad:

    if not workflow.unsafe.is_replaying():
        await runbook.execute_activity(notify, ctx, start_to_close_timeout=ATTEMPT)

Good:

    await runbook.execute_activity(notify, ctx, start_to_close_timeout=ATTEMPT)

A guard around a log line is fine. So is what the history records: its length, and whether to
continue as new.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR119",
    name="history-branch",
    summary="branch on what only a replay knows",
    explanation=__doc__,
    check=named_hazards(
        "NTR119", "tells a replay from the run, so what depends on it differs", silent_as_noise=True
    ),
)
