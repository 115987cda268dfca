"""The checks that every examination makes."""

from __future__ import annotations

from ntro_testkit.checks import lost_input, row_edits
from ntro_testkit.checks.check import Check

CHECKS: tuple[Check, ...] = (lost_input.CHECK, row_edits.CHECK)
