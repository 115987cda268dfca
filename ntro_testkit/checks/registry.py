"""The checks that every examination makes."""

from __future__ import annotations

from ntro_testkit.checks import (
    activity_failures,
    child_failures,
    gates,
    lost_input,
    queries,
    row_edits,
    timeouts,
)
from ntro_testkit.checks.check import Check

CHECKS: tuple[Check, ...] = (
    lost_input.CHECK,
    row_edits.CHECK,
    queries.CHECK,
    gates.CHECK,
    timeouts.CHECK,
    activity_failures.CHECK,
    child_failures.CHECK,
)
