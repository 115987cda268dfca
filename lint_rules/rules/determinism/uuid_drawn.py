"""Drawing ids in workflow code.

An id drawn by the workflow is another one on replay: a child or activity started under it is not
the one in the history, and rows written under it are written twice.

Bad:

    batch_id = uuid.uuid4()

Good:

    batch_id = uuid.uuid5(BATCHES, f"{runbook.info().workflow_id}:{number}")

`uuid3`, `uuid5` and `UUID(text)` compute and are fine. `workflow.uuid4()` of temporalio replays,
but does not work under LocalRuntime, and one more draw shifts all later ids.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR104",
    name="uuid",
    summary="ids drawn in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR104", "draws an id, which differs on replay"),
)
