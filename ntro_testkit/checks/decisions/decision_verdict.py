"""The words of NTR701: what a gate makes of each dialect, what it reads, how to see it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ntro_testkit.checks.comparing import compared, same
from ntro_testkit.checks.decisions.answer_reads import what_is_read
from ntro_testkit.checks.decisions.dialects import NOUNS, Judgement, Misunderstanding, Spelling
from ntro_testkit.checks.decisions.recording_mapping import Reads
from ntro_testkit.checks.decisions.review_gates import Answers, Reached, label
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.decisions import DIALECTS
from ntro_testkit.scenario import REJECT_ALL, Scenario
from ntro_testkit.scenario_source import reproduction
from ntro_testkit.verdict import Comparison, Verdict

HELP = (
    "read the decision under every key a client may send, as `ntro-testkit rule NTR701` shows; "
    "where there is nothing to decide, say so at the gate: `# noqa: NTR701 -- reason`"
)


def decision_verdict(experiment: Experiment, gate: Reached, judgement: Judgement) -> Verdict:
    """Return the verdict on a gate that misunderstands at least one dialect."""
    payloads = [
        answer.payload
        for spelling in judgement.spellings.values()
        for answer in (spelling.approved, spelling.rejected)
    ]
    read = what_is_read(experiment, gate, payloads)
    said = [f"{label(gate.place.step)}: {_said(judgement)}", *_reading(read)]
    return Verdict(
        code="NTR701",
        message="; ".join(said),
        scenario=experiment.charged(REJECT_ALL.name),
        slug=experiment.definition.slug,
        line=gate.place.line,
        help=HELP,
        evidence=tuple(_evidence(gate, judgement)),
        comparison=_comparison(judgement),
        reproduce=_reproduced(experiment, gate, judgement),
    )


def _said(judgement: Judgement) -> str:
    """Say what happens in which dialects, the worst first."""
    dialects_by_text: dict[str, list[str]] = {}
    for dialect, fault in judgement.misunderstood.items():
        dialects_by_text.setdefault(fault.text, []).append(dialect)
    return "; ".join(
        f"{text} (in all dialects)"
        if len(dialects) == len(DIALECTS)
        else f"from {_listed(dialects)} {text}"
        for text, dialects in dialects_by_text.items()
    )


def _reading(read: Reads | None) -> Iterator[str]:
    if read is None:
        return
    if read.keys:
        yield f"the workflow reads {_listed([f'`{key}`' for key in read.keys])}"
    elif read.whole:
        yield "the workflow reads the answer as a whole"
    else:
        yield "the workflow was not seen to read the answer"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _evidence(gate: Reached, judgement: Judgement) -> Iterator[str]:
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
    """Show the worst answer beside the same decision in a dialect that is honoured.

    Where none is, both decisions in the worst dialect; None where that shows nothing either.
    """
    spelling, fault = _worst(judgement)
    if judgement.reference is not None:
        right, wrong = judgement.reference.answer(fault.decision), spelling.answer(fault.decision)
        noun = NOUNS[fault.decision]
        return compared(f"{noun} {right.text}", right.run, f"{noun} {wrong.text}", wrong.run)
    approved, rejected = spelling.approved, spelling.rejected
    if same(approved.run, rejected.run):
        return None
    return compared(
        f"approval {approved.text}", approved.run, f"rejection {rejected.text}", rejected.run
    )


def _reproduced(experiment: Experiment, gate: Reached, judgement: Judgement) -> str | None:
    """Return a scenario in which the worst answer is sent, if it leads to the same run."""
    spelling, fault = _worst(judgement)
    answer = spelling.answer(fault.decision)
    scenario = _deciding(gate.scenario, gate.answers(answer.payload))
    if not same(experiment.run(scenario), answer.run):
        return None
    named = f"{gate.place.step or 'review'}_{fault.decision}_by_{spelling.dialect}"
    return reproduction(replace(scenario, name=named))


def _deciding(scenario: Scenario, answers: Answers) -> Scenario:
    """Return a scenario that gives these answers at its gates, and otherwise its own."""
    decisions = {step: list(given) for step, given in scenario.decisions.items()}
    for (step, number), payload in sorted(answers.items(), key=lambda item: item[0].number):
        given = decisions.setdefault(step or "", [])
        given += [scenario.decision(step, opening) for opening in range(len(given), number)]
        given[number : number + 1] = [dict(payload)]
    return replace(scenario, decisions=decisions)
