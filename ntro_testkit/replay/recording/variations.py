"""Scenarios that follow from what a run does: every gate that can time out, every activity failing.

They are worked out from one happy run, so they are there for a bundle whose author wrote none.
"""

from __future__ import annotations

from ntro_testkit.runtime.failures import ApplicationError
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import Gate, Trace


def variations(happy: Trace) -> list[Scenario]:
    """Return a scenario per gate with a timeout, then one per activity, in order of appearance."""
    gates = dict.fromkeys(
        gate.step or gate.signal_name for gate in happy.gates if _has_timeout(gate, happy)
    )
    activities = dict.fromkeys(call.name for call in happy.activities)
    return [
        *(Scenario(f"timeout-{name}", timeouts={name}) for name in gates if name),
        *(
            Scenario(f"failure-{name}", activity_failures={name: _failure(name)})
            for name in activities
        ),
    ]


def _has_timeout(gate: Gate, trace: Trace) -> bool:
    """Tell whether the wait at a gate started a timer: same workflow, same line, same moment."""
    return any(
        timer.workflow_id == gate.workflow_id
        and timer.line == gate.line
        and timer.started_s == gate.opened_s
        for timer in trace.timers
    )


def _failure(activity: str) -> ApplicationError:
    return ApplicationError(
        f"`{activity}` fails in this scenario", type="RecordedFailure", non_retryable=True
    )
