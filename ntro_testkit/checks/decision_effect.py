"""NTR701: approving and rejecting at a review gate lead to different runs, in every dialect."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ntro_testkit.checks.answer_reads import what_is_read
from ntro_testkit.checks.check import Check
from ntro_testkit.checks.comparing import compared, same
from ntro_testkit.checks.dialects import (
    NOUNS,
    Judgement,
    Misunderstanding,
    Spelling,
    judged,
    spelt_at,
)
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.review_gates import (
    Answers,
    Opening,
    Place,
    label,
    place_of,
    review_gates,
)
from ntro_testkit.checks.scenario_source import scenario_source
from ntro_testkit.decisions import DIALECTS
from ntro_testkit.scenario import HAPPY
from ntro_testkit.verdict import Comparison, Verdict

MAX_OPENINGS = 25
"""Openings of gates that are answered in every dialect, with ten runs each."""

HELP = (
    "read the decision under every key a client may send, as `ntro-testkit rule NTR701` shows; "
    "where there is nothing to decide, say so at the gate: `# noqa: NTR701 -- reason`"
)


@dataclass(frozen=True, slots=True)
class _Reached:
    """An opening of a gate, and the answers at earlier gates by which it is reached."""

    opening: Opening
    place: Place
    before: Answers


def decision_effect(experiment: Experiment) -> Iterator[Verdict]:
    """Answer each gate in every dialect; yield a verdict for each that does not understand one.

    Gates that only a rejection leads to are answered too, at the first of their openings.
    """
    reached = deque(
        _Reached(opening, place_of(gate), {})
        for opening, gate in review_gates(experiment, experiment.happy).items()
    )
    known = {each.place for each in reached}
    faulty: set[Place] = set()
    for _ in range(MAX_OPENINGS):
        if not reached:
            return
        gate = reached.popleft()
        if gate.place in faulty:
            continue
        spellings = spelt_at(experiment, gate.opening, gate.before)
        for further in _behind_a_rejection(experiment, gate, spellings[0]):
            if further.place not in known:
                known.add(further.place)
                reached.append(further)
        judgement = judged(spellings)
        if judgement.misunderstood:
            faulty.add(gate.place)
            yield _verdict(experiment, gate, judgement)


CHECK = Check(codes=("NTR701",), run=decision_effect)


def _behind_a_rejection(
    experiment: Experiment, gate: _Reached, spelling: Spelling
) -> Iterator[_Reached]:
    """Yield the gates that open once this one has been rejected."""
    before = {**gate.before, gate.opening: spelling.rejected.payload}
    for opening, further in review_gates(experiment, spelling.rejected.run).items():
        yield _Reached(opening, place_of(further), before)


def _verdict(experiment: Experiment, gate: _Reached, judgement: Judgement) -> Verdict:
    read = what_is_read(
        experiment,
        gate.opening,
        gate.before,
        [
            answer.payload
            for spelling in judgement.spellings.values()
            for answer in (spelling.approved, spelling.rejected)
        ],
    )
    said = [f"{label(gate.place.step)}: {_said(judgement)}", *([read] if read else [])]
    return Verdict(
        code="NTR701",
        message="; ".join(said),
        scenario=experiment.charged("reject_all"),
        slug=experiment.definition.slug,
        line=gate.place.line,
        help=HELP,
        evidence=tuple(_evidence(gate, judgement)),
        comparison=_comparison(judgement),
        reproduce=_reproduced(experiment, gate, judgement),
    )


def _said(judgement: Judgement) -> str:
    """Say what happens in which dialects, the worst first."""
    if judgement.reference is None and _one_fault(judgement):
        [text] = {fault.text for fault in judgement.misunderstood.values()}
        return f"{text}, in whatever dialect they are sent"
    by_text: dict[str, list[str]] = {}
    for dialect, fault in judgement.misunderstood.items():
        by_text.setdefault(fault.text, []).append(dialect)
    return "; ".join(f"from {_listed(names)} {text}" for text, names in by_text.items())


def _one_fault(judgement: Judgement) -> bool:
    faults = judgement.misunderstood
    return len(faults) == len(DIALECTS) and len({fault.text for fault in faults.values()}) == 1


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _evidence(gate: _Reached, judgement: Judgement) -> Iterator[str]:
    for dialect, spelling in judgement.spellings.items():
        fault = judgement.faults[dialect]
        what = "honoured" if fault is None else fault.text
        yield f"{dialect} {spelling.approved.text} / {spelling.rejected.text}: {what}"
    if gate.opening.number:
        yield f"seen at opening {gate.opening.number + 1} of the gate"


def _worst(judgement: Judgement) -> tuple[Spelling, Misunderstanding]:
    dialect, fault = next(iter(judgement.misunderstood.items()))
    return judgement.spellings[dialect], fault


def _comparison(judgement: Judgement) -> Comparison | None:
    """Show the worst answer beside the same decision in a dialect that is honoured."""
    if judgement.reference is None:
        return None
    spelling, fault = _worst(judgement)
    right, wrong = judgement.reference.answer(fault.decision), spelling.answer(fault.decision)
    noun = NOUNS[fault.decision]
    return compared(f"{noun} {right.text}", right.run, f"{noun} {wrong.text}", wrong.run)


def _reproduced(experiment: Experiment, gate: _Reached, judgement: Judgement) -> str | None:
    """Return a scenario in which the worst answer is sent, if it leads to the same run."""
    spelling, fault = _worst(judgement)
    answer = spelling.answer(fault.decision)
    decisions: dict[str, list[object]] = {}
    for opening, payload in {**gate.before, gate.opening: answer.payload}.items():
        given = decisions.setdefault(opening.step or "", [])
        given += ["approved"] * (opening.number - len(given))
        given.append(dict(payload))
    scenario = replace(HAPPY, decisions=decisions)
    if not same(experiment.run(scenario), answer.run):
        return None
    named = f"{gate.place.step or 'review'}_{fault.decision}_by_{spelling.dialect}"
    return scenario_source(replace(scenario, name=named))
