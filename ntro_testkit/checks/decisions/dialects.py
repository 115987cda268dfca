"""One review gate answered in every dialect: which of them the workflow understands.

An answer is judged by what it leads to, held against what the same decision leads to in the
spelling that most dialects agree with: no one of them is the right one (D4).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ntro_testkit.checks.decisions.effects import Effect, effect_of, without_answers
from ntro_testkit.checks.decisions.review_gates import Reached, answered, review_gates
from ntro_testkit.checks.decisions.swapped import commits_what_is_refused
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.decisions import DIALECTS, Dialect, user_action
from ntro_testkit.runtime.failures import describe
from ntro_testkit.trace import Gate, RunResult, Status

Decision = Literal["approved", "rejected"]
NOUNS: Mapping[Decision, str] = {"approved": "approval", "rejected": "rejection"}

SWAPPED = "approval and rejection are taken for each other"


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision in one spelling, and the run it led to.

    Attributes:
        payload: the `user_action` that was sent.
        run: what happens with this answer at the gate.
        taken: whether the gate closed on it; a handler may drop what it does not understand.
        gates: how many review gates of the root opened.
        gate: the one that was answered; None where the run came to no such gate.
    """

    payload: Mapping[str, Any]
    run: RunResult
    taken: bool
    gates: int
    gate: Gate | None

    @property
    def text(self) -> str:
        """The payload as JSON."""
        return json.dumps(self.payload)


@dataclass(frozen=True, slots=True)
class Spelling:
    """Both decisions in one dialect, or in all that fit into one payload (`dialect` None)."""

    dialect: Dialect | None
    approved: Answer
    rejected: Answer

    def answer(self, decision: Decision) -> Answer:
        """Return one of the two."""
        return self.approved if decision == "approved" else self.rejected


@dataclass(frozen=True, slots=True)
class Misunderstanding:
    """What the workflow makes of a dialect instead of what it says.

    Attributes:
        rank: how bad it is, 0 being worst: what was refused is done.
        decision: the one to look at.
        text: what happens, to follow "in the dialect tenant".
    """

    rank: int
    decision: Decision
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of each dialect at a gate: None where it is honoured.

    `reference` is a spelling that is honoured; None when no answer makes any difference, or all do
    the opposite.
    """

    spellings: Mapping[Dialect, Spelling]
    faults: Mapping[Dialect, Misunderstanding | None]
    reference: Spelling | None

    @property
    def misunderstood(self) -> dict[Dialect, Misunderstanding]:
        """The dialects that are not honoured, the worst first."""
        faults = {dialect: fault for dialect, fault in self.faults.items() if fault is not None}
        return dict(sorted(faults.items(), key=lambda item: item[1].rank))


def spelt_at(experiment: Experiment, gate: Reached) -> list[Spelling]:
    """Answer a gate in every spelling."""
    return [
        Spelling(
            dialect,
            _answer(experiment, gate, user_action("approved", dialect)),
            _answer(experiment, gate, user_action("rejected", dialect)),
        )
        for dialect in (None, *DIALECTS)
    ]


def judged(spellings: Sequence[Spelling]) -> Judgement:
    """Say of each dialect whether it is honoured, and what happens where it is not."""
    dialects = {each.dialect: each for each in spellings if each.dialect is not None}
    if all(map(_is_swapped, spellings)):
        opposite = Misunderstanding(0, "rejected", SWAPPED)
        return Judgement(dialects, dict.fromkeys(dialects, opposite), None)
    effects = _Effects(spellings)
    reference = effects.reference()
    faults = {
        dialect: _misunderstanding(effects, spelling, reference)
        for dialect, spelling in dialects.items()
    }
    return Judgement(dialects, faults, reference)


class _Effects:
    """The effects of all answers at a gate, without the answers in them where that tells more."""

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        answers = [answer for each in spellings for answer in (each.approved, each.rejected)]
        whole = {id(answer): effect_of(answer.run) for answer in answers}
        bare = {key: without_answers(effect) for key, effect in whole.items()}
        # What answers lead to cannot be told from a run that never ends.
        self._ending = _without(spellings, "task-failed", "stuck") or _without(
            spellings, "task-failed"
        )
        self._of = bare
        if not any(map(self.differ, self._ending)):
            self._of = whole

    def of(self, answer: Answer) -> Effect:
        """Return what an answer led to."""
        return self._of[id(answer)]

    def differ(self, spelling: Spelling) -> bool:
        """Tell whether it matters which of the two decisions is sent."""
        return self.of(spelling.approved) != self.of(spelling.rejected)

    def reference(self) -> Spelling | None:
        """Return the spelling whose two effects most others have; the earliest of equals."""
        telling = [each for each in self._ending if self.differ(each)]
        votes = Counter(map(self._both, telling))
        return max(telling, key=lambda each: votes[self._both(each)], default=None)

    def _both(self, spelling: Spelling) -> tuple[Effect, Effect]:
        return self.of(spelling.approved), self.of(spelling.rejected)


def _without(spellings: Sequence[Spelling], *statuses: Status) -> list[Spelling]:
    return [
        each
        for each in spellings
        if each.approved.run.status not in statuses and each.rejected.run.status not in statuses
    ]


def _answer(experiment: Experiment, gate: Reached, payload: Mapping[str, Any]) -> Answer:
    run = answered(experiment, gate, payload, snapshots=False)
    gates = review_gates(experiment, run)
    taken = gate.opening in gates and gates[gate.opening].decision is payload
    return Answer(payload, run, taken, len(gates), gates.get(gate.opening))


def _is_swapped(spelling: Spelling) -> bool:
    approved, rejected = spelling.approved, spelling.rejected
    return (
        approved.gate is not None
        and rejected.gate is not None
        and commits_what_is_refused(approved.run, approved.gate, rejected.run, rejected.gate)
    )


def _misunderstanding(
    effects: _Effects, spelling: Spelling, reference: Spelling | None
) -> Misunderstanding | None:
    return (
        _breaks(spelling, reference)
        or _not_taken(spelling)
        or (
            _no_difference(effects, spelling)
            if reference is None
            else _compared_to(effects, spelling, reference)
        )
    )


def _breaks(spelling: Spelling, reference: Spelling | None) -> Misunderstanding | None:
    """Look for an answer that no run recovers from, or that only this dialect hangs on."""
    decisions: tuple[Decision, ...] = ("rejected", "approved")
    for decision in decisions:
        run = spelling.answer(decision).run
        noun = NOUNS[decision]
        if run.status == "task-failed":
            error = describe(run.exception) if run.exception else str(run.error)
            first_line = error.partition("\n")[0]
            return Misunderstanding(
                1, decision, f"the {noun} fails the workflow task ({first_line})"
            )
        hangs = reference is None or reference.answer(decision).run.status != "stuck"
        if run.status == "stuck" and hangs:
            return Misunderstanding(1, decision, f"the run hangs after the {noun}")
    return None


def _not_taken(spelling: Spelling) -> Misunderstanding | None:
    """Look for an answer that leaves its gate open."""
    if spelling.rejected.taken and spelling.approved.taken:
        return None
    if spelling.rejected.taken:
        return Misunderstanding(2, "approved", "the approval leaves the gate open")
    if spelling.approved.taken:
        return Misunderstanding(2, "rejected", "the rejection leaves the gate open")
    return Misunderstanding(2, "rejected", "approval and rejection leave the gate open")


def _no_difference(effects: _Effects, spelling: Spelling) -> Misunderstanding | None:
    if effects.differ(spelling):
        return None
    return Misunderstanding(0, "rejected", "approval and rejection make no difference")


def _compared_to(
    effects: _Effects, spelling: Spelling, reference: Spelling
) -> Misunderstanding | None:
    """Hold both answers against what they lead to in a spelling that is honoured."""
    approval_rejects = effects.of(spelling.approved) == effects.of(reference.rejected)
    rejection_approves = effects.of(spelling.rejected) == effects.of(reference.approved)
    if approval_rejects and rejection_approves:
        return Misunderstanding(0, "rejected", SWAPPED)
    if rejection_approves:
        return Misunderstanding(0, "rejected", "the rejection is taken for an approval")
    if approval_rejects:
        return Misunderstanding(2, "approved", "the approval is taken for a rejection")
    if effects.differ(spelling):
        return None
    if spelling.approved.gates > reference.approved.gates:
        return Misunderstanding(2, "approved", "the gate asks again after either answer")
    return Misunderstanding(2, "rejected", "approval and rejection make no difference")
