"""The checks that every examination makes."""

from __future__ import annotations

from ntro_testkit.checks import hazards, invariants
from ntro_testkit.checks.check import Check
from ntro_testkit.checks.decisions import decision_effect, stale_approval
from ntro_testkit.checks.failures import activity_failures, child_failures, timeouts
from ntro_testkit.checks.gates import gates
from ntro_testkit.checks.inputs import lost_input, row_edits
from ntro_testkit.checks.queries import queries
from ntro_testkit.checks.reruns import second_run

CHECKS: tuple[Check, ...] = (
    decision_effect.CHECK,
    stale_approval.CHECK,
    lost_input.CHECK,
    row_edits.CHECK,
    queries.CHECK,
    gates.CHECK,
    timeouts.CHECK,
    activity_failures.CHECK,
    child_failures.CHECK,
    invariants.CHECK,
    hazards.CHECK,
    second_run.CHECK,
)
