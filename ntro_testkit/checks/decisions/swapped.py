"""Whether a workflow does what was refused, and leaves what was approved, in every spelling.

What an answer should lead to is not known. But where nothing has been done for good before a gate,
an approval leads to nothing of the kind, and a rejection does something for good without asking
again, the two are taken for each other. Not counted is what only notes the rejection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ntro_testkit.checks.commits import is_commit, is_done, notes_rejection
from ntro_testkit.decisions import APPROVED, REJECTED, REVIEW
from ntro_testkit.run_data import plain
from ntro_testkit.trace import ActivityCall, Gate, RunResult, run_tree

_APPROVED = {word for spelt in APPROVED.values() for word in spelt.values()}
_REJECTED = {word for spelt in REJECTED.values() for word in spelt.values()}


def commits_what_is_refused(
    approved: RunResult, approved_gate: Gate, rejected: RunResult, rejected_gate: Gate
) -> bool:
    """Tell it of the runs that approve and reject at a gate, which each of them closed."""
    approved_alone = _names(approved, approved_gate) - _names(rejected, rejected_gate)
    return (
        not approved_alone
        and not any(is_commit(call.name) for call in _before(rejected, rejected_gate))
        and any(map(_is_the_deed, _after(rejected, rejected_gate)))
        and len(_reviews(rejected)) <= len(_reviews(approved))
        and not _may_commit(approved, approved_gate)
    )


def _may_commit(run: RunResult, gate: Gate) -> bool:
    """Tell whether something may be done for good after a gate, here or by somebody else."""
    return (
        run.status not in {"completed", "failed"}
        or any(is_commit(call.name) for call in _after(run, gate))
        or any(child.stand_in for child in run_tree(run.children))
        or any(is_done(word) or word in _APPROVED for word in _words(run.result))
    )


def _is_the_deed(call: ActivityCall) -> bool:
    return (
        is_commit(call.name)
        and not notes_rejection(call.name)
        and not _REJECTED & set(_words(call.args))
    )


def _names(run: RunResult, gate: Gate) -> set[str]:
    """Return what is called after a gate; names do not always tell what is done for good."""
    return {call.name for call in _after(run, gate)}


def _before(run: RunResult, gate: Gate) -> Iterator[ActivityCall]:
    return (call for call in run.activities if not _is_after(call, gate))


def _after(run: RunResult, gate: Gate) -> Iterator[ActivityCall]:
    return (call for call in run.activities if _is_after(call, gate))


def _is_after(call: ActivityCall, gate: Gate) -> bool:
    return gate.closed_turn is not None and call.turn >= gate.closed_turn


def _reviews(run: RunResult) -> list[Gate]:
    return [
        gate for gate in run.gates if gate.workflow_id == run.workflow_id and gate.kind == REVIEW
    ]


def _words(value: Any) -> Iterator[str]:
    """Yield the texts in a value, without what they are called."""
    shown = plain(value)
    if isinstance(shown, str):
        yield shown.lower()
    members: Iterable[Any] = ()
    if isinstance(shown, dict):
        members = shown.values()
    elif isinstance(shown, list):
        members = shown
    for member in members:
        yield from _words(member)
