"""NTR701: approving and rejecting at a review gate lead to different runs, in every dialect."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.decisions.decision_verdict import decision_verdict
from ntro_testkit.checks.decisions.dialects import judged, spelt_at
from ntro_testkit.checks.decisions.review_gates import (
    Answers,
    Place,
    Reached,
    place_of,
    review_gates,
)
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.trace import RunResult
from ntro_testkit.verdict import Verdict

MAX_OPENINGS = 25
"""Openings of gates that are answered in every dialect, with ten runs each."""


def decision_effect(experiment: Experiment) -> Iterator[Verdict]:
    """Answer each gate in every dialect; yield a verdict for each that does not understand one.

    The gates of the happy run come first, then those behind their rejections, then those that only
    other scenarios reach.
    """
    unknown = _UnknownGates(experiment)
    faulty: set[Place] = set()
    left = MAX_OPENINGS
    for scenario, run in _bases(experiment):
        reached = deque(unknown.of(scenario, run, {}))
        while reached and left:
            gate = reached.popleft()
            if gate.place in faulty:
                continue
            left -= 1
            spellings = spelt_at(experiment, gate)
            rejected = spellings[0].rejected
            reached += unknown.of(scenario, rejected.run, gate.answers(rejected.payload))
            judgement = judged(spellings)
            if judgement.misunderstood:
                faulty.add(gate.place)
                yield decision_verdict(experiment, gate, judgement)


CHECK = Check(codes=("NTR701",), run=decision_effect)


def _bases(experiment: Experiment) -> Iterator[tuple[Scenario, RunResult]]:
    yield HAPPY, experiment.happy
    for examined in experiment.runs:
        if examined.result.ended_well:
            yield examined.scenario, examined.result


class _UnknownGates:
    """Finds the gates of runs at places that no earlier run has come to."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._known: set[Place] = set()

    def of(self, scenario: Scenario, run: RunResult, before: Answers) -> list[Reached]:
        """Return all openings at such places, in order."""
        found = [
            Reached(scenario, opening, place_of(gate), before)
            for opening, gate in review_gates(self._experiment, run).items()
            if place_of(gate) not in self._known
        ]
        self._known.update(gate.place for gate in found)
        return found
