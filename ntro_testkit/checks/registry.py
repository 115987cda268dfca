"""The checks that every examination makes."""

from __future__ import annotations

from ntro_testkit.checks import decision_effect, invariants, stale_approval
from ntro_testkit.checks.check import Check

CHECKS: tuple[Check, ...] = (decision_effect.CHECK, stale_approval.CHECK, invariants.CHECK)
