"""The checks that every examination makes."""

from __future__ import annotations

from ntro_testkit.checks import second_run
from ntro_testkit.checks.check import Check

CHECKS: tuple[Check, ...] = (second_run.CHECK,)
