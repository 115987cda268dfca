"""A person who answers everything but one gate, until it is clear what becomes of that."""

from __future__ import annotations

from ntro_testkit.agent import ScenarioAgent
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import Gate

PATIENCE = 200
"""Quiescences at which the gate is left alone. A workflow that reminds people again and again would
never end; it may do so, as long as an answer that comes at last is taken."""


class Silence(ScenarioAgent):
    """Plays a scenario, and leaves one gate of the root workflow alone: other openings too.

    `gate` is from another run of the same scenario; openings are told by step and line.
    """

    def __init__(self, scenario: Scenario, gate: Gate) -> None:
        super().__init__(scenario)
        self._silent_at = gate
        self._looks = 0

    def act(self, engine: Engine) -> bool:
        """Do one thing for one workflow, and count how long the gate was left alone."""
        gate = engine.recorder.open_gate(engine.workflows.root)
        if gate is not None and self._is_silent_at(gate):
            self._looks += 1
        return super().act(engine)

    def _times_out(self, gate: Gate) -> bool:
        return self._looks <= PATIENCE and self._is_silent_at(gate)

    def _is_silent_at(self, gate: Gate) -> bool:
        left_alone = self._silent_at
        return (gate.workflow_id, gate.step, gate.line) == (
            left_alone.workflow_id,
            left_alone.step,
            left_alone.line,
        )
