"""Answers to reviews that nobody decides at the gate: those a schedule or a script sends."""

from __future__ import annotations

from collections.abc import Mapping

from ntro_testkit.decisions import REVIEW, is_answer, verdict
from ntro_testkit.runtime.engine import Engine


def note_answer(engine: Engine, workflow_id: str, signal_name: str, payload: object) -> None:
    """Note on the review a workflow stands at that a signal which is about to come answers it.

    Anything else that is sent, and anybody else it is sent to, is left alone. To be called at
    quiescence: what stands open then is there for people to see.
    """
    execution = engine.workflows.find(workflow_id)
    gate = engine.recorder.open_gate(execution) if execution is not None else None
    if (
        gate is not None
        and gate.kind == REVIEW
        and gate.verdict is None
        and is_answer(signal_name, payload)
        and isinstance(payload, Mapping)
    ):
        gate.decision = payload
        gate.verdict = verdict(payload)
