"""Writes a run that failed a test: what the kit prints of a run, and the activities it called."""

from __future__ import annotations

import pytest

from ntro_testkit.report.printable import one_line
from ntro_testkit.trace import ActivityCall, RunResult, clock

from .runs import runs_of

MOST_ACTIVITIES = 30
"""Of a long run only the last ones are shown; what went wrong is at the end."""


def sections(item: pytest.Item) -> list[tuple[str, str]]:
    """Return the runs of a failed test as sections of its report."""
    if not isinstance(item, pytest.Function):  # a collected scenario, whose failure is the run
        return []
    return [
        (f"ntro run {bundle}::{result.scenario}", render(result))
        for bundle, result in runs_of(item)
    ]


def render(result: RunResult) -> str:
    """Return gates, decisions, the failing line and the activities of a run."""
    lines = [result.summary()]
    calls = result.activities
    if calls:
        lines.append("    activities:")
    if len(calls) > MOST_ACTIVITIES:
        lines.append(f"      ({len(calls) - MOST_ACTIVITIES} earlier ones are not shown)")
    lines += [_call(call) for call in calls[-MOST_ACTIVITIES:]]
    return "\n".join(lines)


def _call(call: ActivityCall) -> str:
    arguments = one_line(", ".join(repr(argument) for argument in call.args), 70)
    if call.error is not None:
        outcome = f"failed: {one_line(call.error, 70)}"
    elif call.closed_s is None:
        outcome = "never ended"
    else:
        outcome = f"{one_line(repr(call.result), 70)} ({call.source})"
    return f"      [{clock(call.at_s):>8}] {call.name}({arguments}) -> {outcome}"
