"""Where runs of one scenario come to, by the schedule that leads there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.explore.possible import Played, play
from ntro_testkit.scenario import Scenario
from ntro_testkit.schedule import Happening
from ntro_testkit.trace import RunResult

_KEPT = 256


class Moment:
    """A run that has come so far, and what becomes of it."""

    def __init__(
        self, experiment: Experiment, scenario: Scenario, schedule: Sequence[Happening]
    ) -> None:
        self._experiment = experiment
        self.replay = replace(scenario, schedule=tuple(schedule))
        self.played: Played = play(experiment, scenario, schedule)

    @cached_property
    def finished(self) -> RunResult:
        """The same run, gone on to its end as its scenario says."""
        return self.played.run if self.played.over else self._experiment.run(self.replay)


class Timeline:
    """The moments of one scenario's runs.

    The latest few hundred are kept: a machine comes through the same first events again and again,
    most of all while its failure is shrunk, and runs are the same every time.
    """

    def __init__(self, experiment: Experiment, scenario: Scenario) -> None:
        self._experiment = experiment
        self._scenario = scenario
        self._kept: OrderedDict[str, Moment] = OrderedDict()

    def after(self, schedule: Sequence[Happening]) -> Moment:
        """Return where a run stands after a schedule; what cannot happen ends it early."""
        # by its text, because payloads cannot be hashed, and equal ones may differ: 1 and True
        key = repr(tuple(schedule))
        if key not in self._kept:
            self._kept[key] = Moment(self._experiment, self._scenario, schedule)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
