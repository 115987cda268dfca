"""What a run did and what it showed, as text that two runs can be compared by."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ntro_testkit.checks.comparing import outcome_lines
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.decisions import REVIEW
from ntro_testkit.run_data import plain
from ntro_testkit.trace import RunResult


def effects(experiment: Experiment, run: RunResult) -> list[str]:
    """Return what a run did, and what it laid before its reviewers."""
    reviews = experiment.own_gates(run, REVIEW)
    return [*outcome_lines(run), *(_json(gate.payload) for gate in reviews)]


def everything_observable(experiment: Experiment, run: RunResult) -> list[str]:
    """Return what anybody could tell a run by: what it did, its gates, and its queries' answers."""
    return [*outcome_lines(run), *_gates(experiment, run), *_answers(run)]


def warnings_shown(run: RunResult) -> list[str]:
    """Return the feedback with which the root workflow told people that something is wrong."""
    shown: dict[str, None] = {}
    for answers in root_answers(run):
        pending = answers.get("current_pending_action")
        feedback = pending.get("feedback") if isinstance(pending, dict) else None
        if isinstance(feedback, dict) and feedback.get("level") in {"warning", "error"}:
            shown[_json(feedback)] = None
    return list(shown)


def root_answers(run: RunResult) -> Iterator[dict[str, Any]]:
    """Yield the answers of the root's queries, each time they have changed."""
    for snapshot in run.snapshots:
        if snapshot.workflow_id == run.workflow_id:
            yield snapshot.answers()


def _answers(run: RunResult) -> Iterator[str]:
    previous = b""
    for snapshot in run.snapshots:
        if snapshot.workflow_id == run.workflow_id and snapshot.json != previous:
            previous = snapshot.json
            yield previous.decode()


def _gates(experiment: Experiment, run: RunResult) -> Iterator[str]:
    for gate in experiment.own_gates(run):
        shown = [gate.step, gate.kind, gate.signal_name, gate.reason, gate.display_hint]
        yield _json([*shown, gate.payload, gate.verdict])


def _json(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True)
