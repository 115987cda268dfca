"""Leaves out the differences that nobody asked for."""

from __future__ import annotations

import dataclasses

from ntro_testkit.chosen_codes import ChosenCodes
from ntro_testkit.replay.verdict import ReplayVerdict


def only(verdict: ReplayVerdict, codes: ChosenCodes) -> ReplayVerdict:
    """Return a verdict with the chosen differences alone."""
    if not verdict.differences:
        return verdict
    differences = tuple(each for each in verdict.differences if codes.wants(each.code))
    return dataclasses.replace(verdict, differences=differences)
