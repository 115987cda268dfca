"""NTR702: an approval that comes before a gate is open is no answer to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.comparing import compared
from ntro_testkit.checks.decisions.happenings import Chronicle, Moment
from ntro_testkit.checks.decisions.review_gates import Place, label, place_of
from ntro_testkit.checks.decisions.unseen_gates import unseen_gates
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.decisions import REVIEW, user_action
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.scenario_source import reproduction
from ntro_testkit.schedule import ActivityCompletes, AgentAnswers, Happening, SignalArrives
from ntro_testkit.trace import Gate
from ntro_testkit.verdict import Comparison, Verdict

MAX_MOMENTS = 25
"""Approvals that are sent before one gate, a run each."""

MAX_SHOWN = 3
"""Approvals, and commands, that a verdict names."""

MAX_SHORTENED = 4
"""Happenings before the approval that a schedule keeps, if they are enough to show it."""

HELP = (
    "take an answer only while a gate is open for it: override `user_action` as "
    "`ntro-testkit rule NTR702` shows"
)


@dataclass(frozen=True, slots=True)
class _Approval:
    """An approval that no gate waits for: what happens until it is sent, itself the last of it."""

    schedule: Sequence[Happening]
    when: str


def stale_approval(experiment: Experiment) -> Iterator[Verdict]:
    """Send an approval whenever no review waits for one; yield the gates that take it.

    From the quiescence on at which it waits a gate counts as seen, and an approval may be meant
    for it, even the second click on the one before.
    """
    chronicle = Chronicle()
    baseline = experiment.run(HAPPY, choose=chronicle.choose, snapshots=False)
    own = experiment.own_gates(baseline)
    for place, approvals in _approvals(chronicle, own).items():
        found = [
            (approval, gate)
            for approval in _some(approvals)
            if (gate := _unseen(experiment, approval.schedule, place)) is not None
        ]
        if found:
            taken = [approval for approval, _ in found]
            yield _verdict(experiment, own, found[0][1], taken)


CHECK = Check(codes=("NTR702",), run=stale_approval)


def _approvals(chronicle: Chronicle, own: Sequence[Gate]) -> dict[Place, list[_Approval]]:
    """Return the approvals that are sent, by the gate that opens next.

    At each moment at which no review is open; and twice, as a double click is, at a review whose
    activities go on, because its checks may keep it open when it has its answer.
    """
    sent: dict[Place, list[_Approval]] = {}
    clicked: list[Gate] = []
    for moment in chronicle.moments:
        before = chronicle.happenings[: moment.before]
        if moment.gate is None or moment.gate.kind != REVIEW:
            approval = _Approval([*before, _approval()], _when(chronicle, moment))
        elif any(gate is moment.gate for gate in clicked) or _answered_next(chronicle, moment):
            continue
        else:
            clicked.append(moment.gate)
            when = f"right after the answer to the gate of `{moment.gate.step}`, as a double click,"
            approval = _Approval([*before, AgentAnswers(), _approval()], when)
        following = [gate for gate in own[moment.gates :] if gate.kind == REVIEW]
        if following and following[0].decision is not None:
            sent.setdefault(place_of(following[0]), []).append(approval)
    return sent


def _answered_next(chronicle: Chronicle, moment: Moment) -> bool:
    return chronicle.happenings[moment.before : moment.before + 1] == [AgentAnswers()]


def _some(approvals: Sequence[_Approval]) -> list[_Approval]:
    """Return as many as are tried, evenly spread, the first and the last among them."""
    if len(approvals) <= MAX_MOMENTS:
        return list(approvals)
    last = len(approvals) - 1
    return [approvals[number * last // (MAX_MOMENTS - 1)] for number in range(MAX_MOMENTS)]


def _approval() -> SignalArrives:
    return SignalArrives("user_action", user_action("approved"))


def _unseen(experiment: Experiment, schedule: Sequence[Happening], place: Place) -> Gate | None:
    """Return the gate at a place, if it was opened by an answer that was sent before."""
    run = experiment.run(replace(HAPPY, schedule=schedule), snapshots=False)
    return next((gate for gate in unseen_gates(run) if place_of(gate) == place), None)


def _verdict(
    experiment: Experiment, own: Sequence[Gate], gate: Gate, taken: Sequence[_Approval]
) -> Verdict:
    """Return the verdict on a gate that takes these approvals."""
    first = taken[0].schedule
    comparison = _comparison(experiment, own, gate, first)
    return Verdict(
        code="NTR702",
        message=f"{label(gate.step)} takes an approval that was sent before anybody could see it",
        scenario=experiment.charged(HAPPY.name),
        slug=experiment.definition.slug,
        line=gate.line,
        help=HELP,
        evidence=tuple(_evidence(taken, comparison)),
        comparison=comparison,
        reproduce=_reproduced(experiment, first, place_of(gate)),
    )


def _evidence(taken: Sequence[_Approval], comparison: Comparison | None) -> Iterator[str]:
    for approval in taken[:MAX_SHOWN]:
        yield f"an approval sent {approval.when} is taken for its answer"
    if len(taken) > MAX_SHOWN:
        yield f"the same at {len(taken) - MAX_SHOWN} other moments"
    if comparison is not None:
        ran = [right for _, right in comparison.rows if right is not None]
        yield from (f"then ran, seen by nobody: {command}" for command in ran[:MAX_SHOWN])


def _when(chronicle: Chronicle, moment: Moment) -> str:
    """Say what had just happened, and which gate was open."""
    at = f", while the gate of `{moment.gate.step}` was open" if moment.gate else ""
    if not moment.before:
        return f"at the very start{at}"
    previous = chronicle.moments[moment.before - 1].gate
    if previous is not None and previous is not moment.gate:
        return f"right after the gate of `{previous.step}` had closed{at}"
    match chronicle.happenings[moment.before - 1]:
        case ActivityCompletes(activity):
            return f"after activity `{activity}` had completed{at}"
        case _:
            return f"after {moment.before} events{at}"


def _comparison(
    experiment: Experiment, own: Sequence[Gate], gate: Gate, schedule: Sequence[Happening]
) -> Comparison | None:
    """Compare with a run in which nobody answers the gate; None where that needs its other gates.

    What is left is what ran without having been seen.
    """
    step = gate.step
    if step is None or sum(each.step == step for each in own) > 1:
        return None
    waiting = replace(HAPPY, timeouts=(step,))
    nobody = experiment.run(replace(waiting, schedule=schedule[:-1]), snapshots=False)
    stale = experiment.run(replace(waiting, schedule=schedule), snapshots=False)
    return compared("nobody answers the gate", nobody, "an approval came before it", stale)


def _reproduced(experiment: Experiment, whole: Sequence[Happening], place: Place) -> str | None:
    """Return a scenario that shows it, with as little in its schedule as is enough."""
    shorter = [whole[-length:] for length in range(1, min(MAX_SHORTENED, len(whole)))]
    for schedule in (*shorter, whole):
        scenario = Scenario(f"approved_before_{place.step or 'review'}", schedule=schedule)
        if _unseen(experiment, schedule, place) is not None:
            return reproduction(scenario)
    return None
