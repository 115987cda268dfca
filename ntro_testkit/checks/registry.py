"""The checks that every examination makes."""

from __future__ import annotations

from ntro_testkit.checks import invariants
from ntro_testkit.checks.check import Check

CHECKS: tuple[Check, ...] = (invariants.CHECK,)
