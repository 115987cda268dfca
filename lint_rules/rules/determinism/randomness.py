"""Drawing random values in workflow code.

Every draw differs on replay: from the functions of `random`, from `random.Random()` without a seed
(which Temporal's sandbox lets pass), from a seed that is itself random, from `secrets` and
`os.urandom`, from numpy and others.

Bad:

    sample = random.sample(lines, 10)

Good:

    generator = random.Random(f"{runbook.info().workflow_id}:sample")
    sample = generator.sample(lines, 10)

A string as seed is hashed the same way everywhere. Secrets belong in an activity that keeps them:
what an activity returns stands in the history. `workflow.random()` of temporalio replays too, but
not under LocalRuntime.
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR103",
    name="randomness",
    summary="random values drawn in workflow code",
    explanation=__doc__,
    check=named_hazards("NTR103", "draws random values, which differ on replay"),
)
