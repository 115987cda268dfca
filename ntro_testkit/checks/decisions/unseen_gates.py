"""Gates that an answer from before has opened, so that nobody ever saw what they show (D42)."""

from __future__ import annotations

from ntro_testkit.decisions import REVIEW, is_answer
from ntro_testkit.trace import Gate, RunResult


def unseen_gates(run: RunResult) -> list[Gate]:
    """Return the review gates of the root workflow that took an answer from before they opened.

    Such a gate never waited at the end of a workflow task, and queries are answered between tasks:
    nobody can have seen it. It may still stand there for a while, until its checks have ended, as
    any gate does whose answer has been taken; what comes then is no answer to it either.
    """
    reviews = [
        gate for gate in run.gates if gate.workflow_id == run.workflow_id and gate.kind == REVIEW
    ]
    return [
        gate
        for place, gate in enumerate(reviews)
        if gate.verdict is None
        and not (gate.seen or gate.given_up)
        and _answers_before(run, gate) > place
        and not _is_where_it_ended(gate, run)
    ]


def _answers_before(run: RunResult, gate: Gate) -> int:
    """Count the answers that had been sent to a gate's workflow when it opened.

    Each review before it may have taken one. Where none is left, something else opened it.
    """
    return sum(
        is_answer(sent.name, sent.payload)
        and sent.problem is None
        and sent.workflow_id == gate.workflow_id
        and sent.turn <= gate.turn
        for sent in run.signals
    )


def _is_where_it_ended(gate: Gate, run: RunResult) -> bool:
    """Tell whether a run that came to no good end has not got past a gate."""
    return run.status != "completed" and gate is run.gates[-1]
