"""Measuring time in workflow code with a monotonic or CPU clock.

`time.monotonic`, `perf_counter` and `process_time` count from a point that each process chooses for
itself. A replay measures the replay, not the run.

Bad:

    started = time.monotonic()
    await self._collect(ctx)
    if time.monotonic() - started > 3600:
        await self._remind(ctx)

Good:

    started = runbook.now()
    await self._collect(ctx)
    if runbook.now() - started > timedelta(hours=1):
        await self._remind(ctx)

To know how long an activity takes, measure inside the activity. `loop.time()` is workflow time and
is fine.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR102",
    name="monotonic-clock",
    summary="monotonic or CPU clock read in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR102", "reads a clock that starts anew with each process"),
)
