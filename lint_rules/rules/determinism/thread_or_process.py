"""Starting threads, processes or another event loop in workflow code.

The workflow's event loop decides what runs next, and replays that decision. What runs elsewhere
comes back whenever it is done. Temporal's loop refuses most of it with NotImplementedError
(`asyncio.to_thread`, `run_in_executor`, subprocesses, connections).

Bad:

    result = await asyncio.to_thread(compute, rows)

Good:

    result = await runbook.execute_activity(compute, rows, start_to_close_timeout=ATTEMPT)

`asyncio.gather`, `create_task`, `TaskGroup`, `Queue`, `Lock` and `Event` belong to the loop and are
fine.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR109",
    name="thread-or-process",
    summary="threads, processes or another event loop in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR109", "leaves the workflow's event loop"),
)
