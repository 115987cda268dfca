"""The review gates of the workflow under examination, and a person who answers some otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ntro_testkit.agent import ScenarioAgent
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.decisions import REVIEW, verdict
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import Gate, RunResult, SourceLine


class Opening(NamedTuple):
    """One opening of a review gate: of which step, and how many there were before it."""

    step: str | None
    number: int


class Place(NamedTuple):
    """Where in the code a gate stands; one that asks again stands at the same place."""

    step: str | None
    line: SourceLine | None


Answers = Mapping[Opening, Mapping[str, Any]]
"""Whole `user_action` payloads for gates that are not to be answered as in a scenario."""


@dataclass(frozen=True, slots=True)
class Reached:
    """An opening of a gate, and by what it is reached: a scenario, and answers at earlier gates."""

    scenario: Scenario
    opening: Opening
    place: Place
    before: Answers

    def answers(self, payload: Mapping[str, Any]) -> Answers:
        """Return the answers of a run that sends this one here."""
        return {**self.before, self.opening: payload}


def review_gates(experiment: Experiment, run: RunResult) -> dict[Opening, Gate]:
    """Return the review gates of a run's root workflow, in the order they opened."""
    return _numbered(experiment.own_gates(run, REVIEW))


def place_of(gate: Gate) -> Place:
    """Return where a gate stands."""
    return Place(gate.step, gate.line)


def label(step: str | None) -> str:
    """Return a review gate's name as a verdict begins with it."""
    return f"review gate `{step}`" if step else "review gate outside any step"


def answered(
    experiment: Experiment, gate: Reached, payload: Mapping[str, Any], **changes: Any
) -> RunResult:
    """Return the run that reaches a gate and answers it with a payload."""
    reviewer = _Reviewer(gate.scenario, gate.answers(payload))
    return experiment.run(gate.scenario, agent=reviewer, **changes)


class _Reviewer:
    """Answers some gates of the root in its own words, once, and anything else as in a scenario.

    A scenario's `decisions` would reach the children's gates of the same name too.
    """

    def __init__(self, scenario: Scenario, answers: Answers) -> None:
        self._answers = dict(answers)
        self._otherwise = ScenarioAgent(scenario)

    def act(self, engine: Engine) -> bool:
        """Answer the root's gate, if it is one of those, else do what the scenario does."""
        root = engine.workflows.root
        gate = engine.recorder.open_gate(root)
        if gate is None or gate.kind != REVIEW:
            return self._otherwise.act(engine)
        answer = self._answers.pop(_opening(engine, root.workflow_id, gate), None)
        if answer is None:
            return self._otherwise.act(engine)
        gate.decision, gate.verdict = answer, verdict(answer)
        engine.workflows.signal(root.workflow_id, "user_action", answer)
        return True

    def reason(self, gate: Gate) -> str | None:
        """Say why a gate stays shut."""
        return self._otherwise.reason(gate)


def _opening(engine: Engine, workflow_id: str, gate: Gate) -> Opening:
    own = [
        each
        for each in engine.recorder.trace.gates
        if each.workflow_id == workflow_id and each.kind == REVIEW
    ]
    return next(opening for opening, each in _numbered(own).items() if each is gate)


def _numbered(gates: list[Gate]) -> dict[Opening, Gate]:
    numbered: dict[Opening, Gate] = {}
    times: dict[str | None, int] = {}
    for gate in gates:
        number = times.get(gate.step, 0)
        times[gate.step] = number + 1
        numbered[Opening(gate.step, number)] = gate
    return numbered
