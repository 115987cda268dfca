"""Signals that a workflow takes and never uses: the run is the same however and whenever they come.

Looked at are signals that a gate of the workflow asks for, or that an author's scenario sends;
not those the agent only tries out, since nobody can know when these mean something. A signal
matters as soon as one attempt shows it: leaving out one that a scenario sends, or sending one more
- as it was, with other content - at any moment of an examined run, or of a run in which a gate
times out. That a single one makes no difference is no fault: it may be a repetition, or late.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.checks.inputs.declared_at import declared_at
from ntro_testkit.checks.inputs.observing import everything_observable
from ntro_testkit.checks.inputs.other_payloads import variants
from ntro_testkit.run_data import plain
from ntro_testkit.runtime.definitions import payload_type
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.run_options import Turn
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.schedule import SignalArrives
from ntro_testkit.trace import RunResult, SignalSent
from ntro_testkit.verdict import Verdict

MOST_MOMENTS = 200


def ignored_signals(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each signal that never makes a difference."""
    for name, (examined, sent) in _accepted(experiment).items():
        probing = _Probing(experiment, name, sent.payload)
        if not probing.matters():
            yield _verdict(experiment, probing, examined)


def _verdict(experiment: Experiment, probing: _Probing, examined: Examined) -> Verdict:
    definition = experiment.definition
    handler = getattr(definition.workflow_class, definition.signals[probing.name])
    return Verdict(
        code="NTR703",
        message=f"signal `{probing.name}` is accepted, and the run is the same without it",
        scenario=experiment.charged(examined.scenario.name),
        slug=definition.slug,
        line=declared_at(handler),
        help="use what it brings where the run goes on, or do not ask for it",
        evidence=(
            f"sent in scenario `{examined.scenario.name}`: {plain(probing.payload)}",
            f"{probing.attempts} runs with one more, one less, or other content: "
            f"commands, result, gates and queries stay the same",
        ),
    )


def _accepted(experiment: Experiment) -> dict[str, tuple[Examined, SignalSent]]:
    """Return the signals to judge by name, each as it was first accepted."""
    found: dict[str, tuple[Examined, SignalSent]] = {}
    for examined in (*experiment.runs, Examined(HAPPY, experiment.happy)):
        asked_for = {gate.signal_name for gate in experiment.own_gates(examined.result)}
        wanted = asked_for | {name for name, _ in _scripted(examined.scenario)}
        for sent in _root_signals(examined.result):
            if sent.problem is None and sent.name in wanted and sent.name != "user_action":
                found.setdefault(sent.name, (examined, sent))
    return found


def _root_signals(run: RunResult) -> Iterator[SignalSent]:
    return (sent for sent in run.signals if sent.workflow_id == run.workflow_id)


def _scripted(scenario: Scenario) -> Iterator[tuple[str, Scenario]]:
    """Yield each signal a scenario sends by itself, with the scenario as it is without it."""
    for step, signals in scenario.signals.items():
        for place, (name, _) in enumerate(signals):
            rest = [*signals[:place], *signals[place + 1 :]]
            yield (
                name,
                dataclasses.replace(scenario, signals={**scenario.signals, step: rest}),
            )
    for place, happening in enumerate(scenario.schedule):
        if isinstance(happening, SignalArrives) and not happening.workflow:
            others = [*scenario.schedule[:place], *scenario.schedule[place + 1 :]]
            yield happening.name, dataclasses.replace(scenario, schedule=others)


@dataclass
class _Probing:
    """Looks for one run in which a signal makes a difference."""

    experiment: Experiment
    name: str
    payload: Any
    attempts: int = 0

    def matters(self) -> bool:
        """Tell whether any attempt shows that the signal is used."""
        missed = any(map(self._is_missed, self.experiment.runs))
        return missed or any(map(self._is_noticed, self._scenarios()))

    def _is_missed(self, examined: Examined) -> bool:
        """Tell whether a scenario that sends it goes another way without it."""
        left_out = [without for name, without in _scripted(examined.scenario) if name == self.name]
        if not left_out:
            return False
        usual = self._observed(examined.scenario)
        return any(usual != self._observed(without, more=-1) for without in left_out)

    def _is_noticed(self, scenario: Scenario) -> bool:
        """Tell whether one more of it changes a run, at whatever moment it comes."""
        looking = _Moments()
        usual = self._observed(scenario, choose=looking.choose)
        payloads = variants(
            plain(self.payload), payload_type(self.experiment.definition, self.name)
        )
        return any(
            usual != self._observed(scenario, more=1, choose=sending.choose)
            for moment in looking.different
            for payload in payloads
            for sending in [_OneMore(self.name, payload, moment)]
        )

    def _scenarios(self) -> Iterator[Scenario]:
        """Yield the scenarios to try it in; a schedule of its own leaves no room for another."""
        yield HAPPY
        for examined in self.experiment.runs:
            if not examined.scenario.schedule and examined.scenario.name != HAPPY.name:
                yield examined.scenario
        for gate in self.experiment.own_gates(self.experiment.happy):
            if gate.kind == "submit_file" and gate.step:
                yield dataclasses.replace(HAPPY, timeouts={gate.step})

    def _observed(self, scenario: Scenario, *, more: int = 0, **changes: Any) -> list[str]:
        """Return all there is to see of a run that was sent so many `more` of the signal."""
        self.attempts += 1
        run = self.experiment.run(scenario, snapshots=True, **changes)
        others = [
            f"{sent.name} {plain(sent.payload)}"
            for sent in _root_signals(run)
            if sent.name != self.name
        ]
        number = sum(sent.name == self.name for sent in _root_signals(run)) - more
        return [*everything_observable(self.experiment, run), *others, str(number)]


@dataclass
class _Moments:
    """Notes the quiescences of a run at which its root workflow stands somewhere else."""

    different: list[int] = field(default_factory=list)
    _count: int = 0
    _before: Any = None

    def choose(self, engine: Engine) -> Turn:
        """Look, and let the engine decide."""
        root = engine.workflows.root
        waiting = [
            pending.definition.name
            for pending in engine.activities.waiting()
            if pending.execution is root
        ]
        signals = len(engine.recorder.trace.signals)
        state = (root.step, engine.recorder.open_gate(root), waiting, signals)
        if state != self._before and len(self.different) < MOST_MOMENTS:
            self.different.append(self._count)
        self._before = state
        self._count += 1
        return Turn.DEFAULT


@dataclass
class _OneMore:
    """Sends one signal at one quiescence of a run."""

    name: str
    payload: Any
    moment: int

    def choose(self, engine: Engine) -> Turn:
        """Send it when its moment has come."""
        self.moment -= 1
        if self.moment != -1:
            return Turn.DEFAULT
        engine.workflows.signal(engine.workflows.root.workflow_id, self.name, self.payload)
        return Turn.TAKEN
