"""Which runs in flight an edit breaks, as JSON: scenarios with their states, one by one."""

from __future__ import annotations

import json
from typing import Any

from ntro_testkit.replay.against.states import Flights
from ntro_testkit.report.flights_summary import FlightsSummary
from ntro_testkit.report.replay_json import described

VERSION = 1
"""Of the form; a key never changes its meaning within one."""


def begin() -> str:
    """Return what comes before the scenarios."""
    return f'{{"version": {VERSION},\n "scenarios": ['


def flights(found: Flights, more: bool) -> str:
    """Return a scenario: its states, and each difference with the numbers of its states."""
    data: dict[str, Any] = {
        "scenario": found.scenario,
        "states": [
            {
                "number": state.number,
                "task": state.task,
                "where": state.where,
                "broken": state.broken,
                "codes": [difference.code for difference in state.differences],
            }
            for state in found.states
        ],
        "findings": [
            {**described(each), "states": [state.number for state in found.showing(each)]}
            for each in found.differences()
        ],
    }
    return f"{',' if more else ''}\n  {json.dumps(data)}"


def end(summary: FlightsSummary) -> str:
    """Return the counts, and what closes the report."""
    counts = {
        "scenarios": summary.scenarios,
        "states": summary.states,
        "broken": summary.broken,
        "differing": summary.differing,
        "refused": summary.refused,
    }
    return f'\n ],\n "summary": {json.dumps(counts)}}}\n'
