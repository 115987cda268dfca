"""The rules of a runbook machine: one for each kind of event that reaches a run from outside.

A step plays the run anew, with one happening more, and stops it there: a run cannot be kept half
done, and costs half a millisecond.
"""

from __future__ import annotations

from typing import Any, ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ntro_testkit.checks.decisions.unseen_gates import unseen_gates
from ntro_testkit.decisions import REVIEW
from ntro_testkit.scenario import Scenario
from ntro_testkit.scenario_source import Unprintable, scenario_source
from ntro_testkit.schedule import (
    ActivityCompletes,
    AgentAnswers,
    Happening,
    SignalArrives,
    StandInEnds,
    TimerFires,
)
from ntro_testkit.strategies.answers import decisions
from ntro_testkit.strategies.leaves import Drawn
from ntro_testkit.strategies.standing import last_signal, open_gates, place_of
from ntro_testkit.strategies.timeline import Timeline
from ntro_testkit.trace import Command, Gate, RunResult


class RunbookRules(RuleBasedStateMachine):
    """What can happen to a run, a step each; made by `RunbookMachine`, to be subclassed.

    Attributes:
        timeline: plays schedules, and knows what becomes of runs.
        signals: (name, payload) of what may come unasked.
        most_signals: how many may come unasked in one run; without a bound there is no last step.
        schedule: what has happened so far.
    """

    timeline: ClassVar[Timeline]
    signals: ClassVar[Drawn]
    most_signals: ClassVar[int] = 4

    def __init__(self) -> None:
        super().__init__()
        self.schedule: tuple[Happening, ...] = ()
        self._arrived = 0
        self._now = self.timeline.after(())

    # -- what an author's rules and invariants may look at ---------------------------------

    @property
    def run(self) -> RunResult:
        """The run so far; it is `stuck` where it goes on."""
        return self._now.played.run

    @property
    def over(self) -> bool:
        """Whether the run has ended by itself."""
        return self._now.played.over

    @property
    def finished(self) -> RunResult:
        """The run as it ends when from here on everything comes in the usual order."""
        return self._now.finished

    @property
    def possible(self) -> tuple[Happening, ...]:
        """What could happen next, besides signals that come unasked."""
        return self._now.played.possible

    @property
    def gates(self) -> list[Gate]:
        """The gates that are open, of the whole tree, the root's first."""
        return [] if self.over else open_gates(self.run)

    @property
    def gate(self) -> Gate | None:
        """The gate that is open, the root's if there are several."""
        return next(iter(self.gates), None)

    @property
    def commands(self) -> list[Command]:
        """The commands so far, of the whole tree."""
        return self.run.trace.commands

    @property
    def replay(self) -> Scenario:
        """The scenario that does all of this again and then goes on in the usual order."""
        return self._now.replay

    def happen(self, happening: Happening) -> None:
        """Let something happen. Raises `ValueError` when it cannot happen now."""
        schedule = (*self.schedule, happening)
        moment = self.timeline.after(schedule)
        if len(moment.played.happened) < len(schedule):
            raise ValueError(f"{happening} cannot happen now; possible is: {self.possible}")
        self.schedule, self._now = schedule, moment

    # -- rules -----------------------------------------------------------------------------

    @precondition(lambda self: self._could(ActivityCompletes))
    @rule(data=st.data())
    def activity_completes(self, data: st.DataObject) -> None:
        """One of the activities that wait is answered."""
        self.happen(data.draw(st.sampled_from(self._kinds(ActivityCompletes))))

    @precondition(lambda self: self._could(AgentAnswers))
    @rule()
    def person_answers(self) -> None:
        """The person of the scenario does the next thing: uploads, decides."""
        self.happen(AgentAnswers())

    @precondition(lambda self: any(gate.kind == REVIEW for gate in self.gates))
    @rule(decision=decisions(), data=st.data())
    def person_decides(self, decision: dict[str, Any], data: st.DataObject) -> None:
        """Somebody decides at an open review, in some dialect."""
        reviews = [gate for gate in self.gates if gate.kind == REVIEW]
        gate = reviews[0] if len(reviews) == 1 else data.draw(st.sampled_from(reviews))
        self.happen(SignalArrives("user_action", decision, place_of(gate, self.run)))

    @precondition(lambda self: self._may_arrive())
    @rule(data=st.data())
    def signal_arrives(self, data: st.DataObject) -> None:
        """A signal comes that nobody asked for: early, late, or one that means nothing here."""
        self._arrived += 1
        self.happen(SignalArrives(*data.draw(self.signals)))

    @precondition(lambda self: self._may_arrive() and last_signal(self.run) is not None)
    @rule()
    def signal_comes_again(self) -> None:
        """The last signal comes once more: a double click, a client that tries again."""
        last = last_signal(self.run)
        assert last is not None
        self._arrived += 1
        self.happen(SignalArrives(last.name, last.payload, place_of(last, self.run)))

    @precondition(lambda self: self._could(TimerFires))
    @rule()
    def timer_fires(self) -> None:
        """The next timer fires, though others could act."""
        self.happen(TimerFires())

    @precondition(lambda self: self._could(StandInEnds))
    @rule()
    def child_ends(self) -> None:
        """The stand-in that has run longest ends."""
        self.happen(StandInEnds())

    @precondition(lambda self: self.over)
    @rule()
    def nothing_more(self) -> None:
        """Nothing can happen to a run that is over; hypothesis wants a rule all the same."""

    def _could(self, kind: type[Happening]) -> bool:
        return any(isinstance(happening, kind) for happening in self.possible)

    def _kinds(self, kind: type[Happening]) -> list[Happening]:
        return [happening for happening in self.possible if isinstance(happening, kind)]

    def _may_arrive(self) -> bool:
        return not self.over and self._arrived < self.most_signals

    # -- what must hold of every runbook ---------------------------------------------------

    @invariant()
    def holds(self) -> None:
        """The run ends once everybody does what the scenario says, and no gate opens unseen.

        No exception that Temporal would retry for ever (D44), no wait for what never comes, no
        gate that an answer from before opens (D42).
        """
        run = self.finished
        if run.status == "task-failed":
            raise AssertionError(run.error)
        if run.status == "stuck":
            raise AssertionError(f"the run waits for ever: {run.error}")
        for gate in unseen_gates(run):
            raise AssertionError(f"the gate `{gate.step}` is opened by an answer from before")

    def teardown(self) -> None:
        """Print, of the minimal failure only, the scenario that replays it."""
        try:
            source = scenario_source(self.replay)
        except Unprintable as error:
            note(f"There is no scenario to replay it with: {error}")
        else:
            note(f"To replay it, paste this into tests/scenarios.py:\n\n{source}")
