"""Says whether a workflow failure is a legitimate end of a run.

Temporal ends a run whose workflow raises a failure, and many a runbook is meant to end so: on a
rejection, on a gate the scenario let time out, on an activity the scenario made fail, or where it
says `may_fail`. What happened counts, not what was announced: a scenario that would reject a gate
which is never opened has provoked nothing. What would hang in production is never legitimate.
"""

from __future__ import annotations

from collections.abc import Mapping

from ntro_testkit.decisions import verdict
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import Gate, SignalSent, Trace


def may_fail(scenario: Scenario, trace: Trace) -> bool:
    """Tell whether a workflow failure is what the scenario asked for, or brought about."""
    verdicts = {gate.verdict for gate in trace.gates}
    return (
        scenario.may_fail
        or "rejected" in verdicts
        or any(_is_refused_by_signal(gate, trace) for gate in trace.gates)
        or ("timeout" in verdicts and bool(scenario.timeouts))
        or any(call.source == "scenario" for call in trace.activities)
    )


def _is_refused_by_signal(gate: Gate, trace: Trace) -> bool:
    """Tell whether a gate closed on a rejection that a schedule, not the agent, has sent."""
    if gate.verdict is not None or gate.closed_turn is None:
        return False
    answers = [
        sent
        for sent in trace.signals
        if sent.workflow_id == gate.workflow_id
        and sent.turn <= gate.closed_turn
        and _is_answer(sent)
    ]
    return bool(answers) and verdict(answers[-1].payload) == "rejected"


def _is_answer(sent: SignalSent) -> bool:
    return (
        sent.name == "user_action"
        and sent.problem is None
        and isinstance(sent.payload, Mapping)
        and sent.payload.get("kind") != "row_action"
    )
