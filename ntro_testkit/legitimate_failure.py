"""Says whether a workflow failure is a legitimate end of a run.

Temporal ends a run whose workflow raises a failure, and many a runbook is meant to end so: on a
rejection, on a gate the scenario let time out, on an activity the scenario made fail, or where it
says `may_fail`. What happened counts, not what was announced: a scenario that would reject a gate
which is never opened has provoked nothing. What would hang in production is never legitimate.
"""

from __future__ import annotations

from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import Trace


def may_fail(scenario: Scenario, trace: Trace) -> bool:
    """Tell whether a workflow failure is what the scenario asked for, or brought about."""
    verdicts = {gate.verdict for gate in trace.gates}
    return (
        scenario.may_fail
        or "rejected" in verdicts
        or ("timeout" in verdicts and bool(scenario.timeouts))
        or any(call.source == "scenario" for call in trace.activities)
    )
