"""NTR702: an approval that comes before a gate is open is no answer to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.comparing import compared
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.happenings import Chronicle, Moment
from ntro_testkit.checks.review_gates import REVIEW, Place, label, place_of
from ntro_testkit.decisions import user_action
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.scenario_source import reproduction
from ntro_testkit.schedule import ActivityCompletes, Happening, SignalArrives
from ntro_testkit.trace import Gate
from ntro_testkit.verdict import Comparison, Verdict

MAX_MOMENTS = 25
"""Moments before a gate at which an approval is sent, a run each."""

MAX_SHOWN = 3
"""Moments, and commands, that a verdict names."""

MAX_SHORTENED = 4
"""Happenings before the approval that a schedule keeps, if they are enough to show it."""

HELP = (
    "take an answer only while a review gate is open: override `user_action` as "
    "`ntro-testkit rule NTR702` shows"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A gate that took an approval for its answer, and when that was sent."""

    moment: Moment
    gate: Gate


def stale_approval(experiment: Experiment) -> Iterator[Verdict]:
    """Send an approval at each moment at which no review is open; yield the gates that take it.

    From the quiescence on at which it stands open a gate counts as seen, and an approval may be
    meant for it, even the second click on the one before.
    """
    chronicle = Chronicle()
    baseline = experiment.run(HAPPY, choose=chronicle.choose, snapshots=False)
    own = experiment.own_gates(baseline)
    for place, moments in _moments(chronicle, own).items():
        found = [
            _Found(moment, gate)
            for moment in _some(moments)
            if (gate := _unseen(experiment, _schedule(chronicle, moment), place)) is not None
        ]
        if found:
            yield _verdict(experiment, chronicle, own, place, found)


CHECK = Check(codes=("NTR702",), run=stale_approval)


def _moments(chronicle: Chronicle, own: Sequence[Gate]) -> dict[Place, list[Moment]]:
    """Return the moments at which no review gate is open, by the gate that opens next."""
    before: dict[Place, list[Moment]] = {}
    for moment in chronicle.moments:
        if moment.gate is not None and moment.gate.kind == REVIEW:
            continue
        following = [gate for gate in own[moment.gates :] if gate.kind == REVIEW]
        if following and following[0].decision is not None:
            before.setdefault(place_of(following[0]), []).append(moment)
    return before


def _some(moments: Sequence[Moment]) -> list[Moment]:
    """Return as many as are tried, evenly spread, the first and the last among them."""
    if len(moments) <= MAX_MOMENTS:
        return list(moments)
    last = len(moments) - 1
    return [moments[number * last // (MAX_MOMENTS - 1)] for number in range(MAX_MOMENTS)]


def _schedule(chronicle: Chronicle, moment: Moment) -> list[Happening]:
    return [*chronicle.happenings[: moment.before], _approval()]


def _approval() -> SignalArrives:
    return SignalArrives("user_action", user_action("approved"))


def _unseen(experiment: Experiment, schedule: Sequence[Happening], place: Place) -> Gate | None:
    """Return the gate at a place, if it opened and closed without anybody's answer to it."""
    run = experiment.run(replace(HAPPY, schedule=schedule), snapshots=False)
    return next(
        (
            gate
            for gate in experiment.own_gates(run, REVIEW)
            if place_of(gate) == place and gate.closed_s is not None and gate.verdict is None
        ),
        None,
    )


def _verdict(
    experiment: Experiment,
    chronicle: Chronicle,
    own: Sequence[Gate],
    place: Place,
    found: Sequence[_Found],
) -> Verdict:
    first = found[0]
    comparison = _comparison(experiment, chronicle, own, first)
    return Verdict(
        code="NTR702",
        message=f"{label(place.step)} takes an approval that was sent before anybody could see it",
        scenario=experiment.charged(HAPPY.name),
        slug=experiment.definition.slug,
        line=place.line,
        help=HELP,
        evidence=tuple(_evidence(chronicle, found, comparison)),
        comparison=comparison,
        reproduce=_reproduced(experiment, chronicle, first, place),
    )


def _evidence(
    chronicle: Chronicle,
    found: Sequence[_Found],
    comparison: Comparison | None,
) -> Iterator[str]:
    for each in found[:MAX_SHOWN]:
        yield f"an approval sent {_when(chronicle, each.moment)} is taken for its answer"
    if len(found) > MAX_SHOWN:
        yield f"the same at {len(found) - MAX_SHOWN} other moments"
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
    experiment: Experiment, chronicle: Chronicle, own: Sequence[Gate], found: _Found
) -> Comparison | None:
    """Compare with a run in which nobody answers the gate; None where that needs its other gates.

    What is left is what ran without having been seen.
    """
    step = found.gate.step
    if step is None or sum(gate.step == step for gate in own) > 1:
        return None
    waiting = replace(HAPPY, timeouts=(step,))
    schedule = _schedule(chronicle, found.moment)
    nobody = experiment.run(replace(waiting, schedule=schedule[:-1]), snapshots=False)
    stale = experiment.run(replace(waiting, schedule=schedule), snapshots=False)
    return compared("nobody answers the gate", nobody, "an approval came before it", stale)


def _reproduced(
    experiment: Experiment, chronicle: Chronicle, found: _Found, place: Place
) -> str | None:
    """Return a scenario that shows it, with as little in its schedule as is enough."""
    whole = _schedule(chronicle, found.moment)
    shorter = [whole[-length:] for length in range(1, min(MAX_SHORTENED, len(whole)))]
    for schedule in (*shorter, whole):
        scenario = Scenario(f"approved_before_{place.step or 'review'}", schedule=schedule)
        if _unseen(experiment, schedule, place) is not None:
            return reproduction(scenario)
    return None
