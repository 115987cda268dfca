"""Gates that an answer from before has opened, so that nobody ever saw what they show (D42)."""

from __future__ import annotations

from ntro_testkit.trace import Gate, RunResult


def unseen_gates(run: RunResult) -> list[Gate]:
    """Return the review gates of the root workflow that opened and closed within one task.

    Queries are answered between workflow tasks: nobody can have seen these. Only where a
    `user_action` was sent before can it be what opened them.
    """
    if not any(sent.name == "user_action" and sent.problem is None for sent in run.signals):
        return []
    return [
        gate
        for gate in run.gates
        if gate.workflow_id == run.workflow_id
        and gate.kind == "interactive_review"
        and gate.verdict is None
        and not gate.seen
        and not _is_where_it_ended(gate, run)
    ]


def _is_where_it_ended(gate: Gate, run: RunResult) -> bool:
    """Tell whether a run that came to no good end has not got past a gate."""
    return run.status != "completed" and gate is run.gates[-1]
