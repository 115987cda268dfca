"""The checks that every examination makes."""

from __future__ import annotations

from ntro_testkit.checks import (
    activity_failures,
    child_failures,
    decision_effect,
    gates,
    hazards,
    invariants,
    lost_input,
    queries,
    row_edits,
    second_run,
    stale_approval,
    timeouts,
)
from ntro_testkit.checks.check import Check

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
