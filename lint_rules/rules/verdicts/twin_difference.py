"""The same scenario, in a process with another hash seed, clock, time zone, locale and environment.

A worker that replays a run is such a process. Where the commands differ, something that differs
between the two decides, and runs in flight break when they move to another worker.

Bad:

    for fund in {"alder", "birch", "cedar"}:
        await runbook.execute_activity(load, fund, start_to_close_timeout=ATTEMPT)

Good:

    for fund in ("alder", "birch", "cedar"):
        await runbook.execute_activity(load, fund, start_to_close_timeout=ATTEMPT)
"""

from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR709",
    name="twin-difference",
    summary="other commands on another machine, at another time",
    explanation=__doc__,
)
