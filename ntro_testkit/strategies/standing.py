"""Where a run stands that was stopped: which gates are open, and in which workflow."""

from __future__ import annotations

from ntro_testkit.trace import Gate, RunResult, SignalSent, run_tree

_OWN = {"interactive_review", "submit_file", "submit_files"}
"""Kinds of gates that a workflow has itself; `drill_down` only points at its children."""


def open_gates(run: RunResult) -> list[Gate]:
    """Return the gates that are open where a run was stopped, the root's first.

    A gate is open when the last answer of its workflow's queries shows it.
    """
    ended = _ended(run)
    shown = {snapshot.workflow_id: snapshot for snapshot in run.snapshots}
    last = {gate.workflow_id: gate for gate in run.gates}
    return [
        last[workflow_id]
        for workflow_id, snapshot in shown.items()
        if workflow_id in last and workflow_id not in ended and _shows_one(snapshot.answers())
    ]


def last_signal(run: RunResult) -> SignalSent | None:
    """Return the signal that came last, of those to workflows that still run."""
    ended = _ended(run)
    running = (sent for sent in reversed(run.signals) if sent.workflow_id not in ended)
    return next(running, None)


def _ended(run: RunResult) -> set[str]:
    return {child.workflow_id for child in run_tree(run.children) if child.status != "running"}


def _shows_one(answers: dict[str, object]) -> bool:
    pending = answers.get("current_pending_action")
    return isinstance(pending, dict) and pending.get("kind") in _OWN


def place_of(what: Gate | SignalSent, run: RunResult) -> str:
    """Return the workflow of a gate or a signal as `SignalArrives` names it."""
    return what.workflow_id.removeprefix(run.workflow_id).removeprefix(":")
