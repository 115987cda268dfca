"""What can be said and done in a bundle's runs, found by running it once in the usual way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.decisions import REVIEW
from ntro_testkit.scenario import Scenario
from ntro_testkit.strategies.leaves import Drawn
from ntro_testkit.strategies.payloads import USER_ACTION, payloads
from ntro_testkit.strategies.shown_rows import ShownRow, shown_rows


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What a scenario of a bundle can be about.

    Attributes:
        reviews: step of a review gate -> the rows that it shows.
        timed: steps whose gate ends by itself when nobody answers.
        steps: where the root workflow waits for somebody.
        activities: all that are registered.
        signals: signal of the root workflow -> payloads of it; without `user_action`.
    """

    reviews: Mapping[str, tuple[ShownRow, ...]]
    timed: tuple[str, ...]
    steps: tuple[str, ...]
    activities: tuple[str, ...]
    signals: Mapping[str, Drawn]


def repertoire(experiment: Experiment, scenario: Scenario) -> Repertoire:
    """Return what can be done in a bundle's runs, as far as one of its runs shows.

    Raises `MockError` where a run cannot be made at all.
    """
    run = experiment.run(scenario)
    reviews: dict[str, tuple[ShownRow, ...]] = {}
    for gate in run.gates:
        if gate.step and gate.kind == REVIEW:
            reviews[gate.step] = (*reviews.get(gate.step, ()), *shown_rows(gate))
    gates = dict.fromkeys(gate.step for gate in run.gates if gate.step)
    own = dict.fromkeys(gate.step for gate in experiment.own_gates(run) if gate.step)
    harness = experiment.harness
    return Repertoire(
        reviews=reviews,
        timed=tuple(step for step in gates if _times_out(experiment, scenario, step)),
        steps=tuple(own),
        activities=tuple(harness.mocks.names()),
        signals={
            name: payloads(name, harness)
            for name in experiment.definition.signals
            if name != USER_ACTION
        },
    )


def _times_out(experiment: Experiment, scenario: Scenario, step: str) -> bool:
    run = experiment.run(replace(scenario, timeouts={step}))
    return run.status != "stuck"
