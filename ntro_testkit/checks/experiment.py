"""A bundle under examination: the runs that were asked for, and others, made to compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.quiet_logs import hushed
from ntro_testkit.runtime.definitions import WorkflowDefinition
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.trace import Gate, RunResult


@dataclass(frozen=True, slots=True)
class Examined:
    """One of the runs that were asked for."""

    scenario: Scenario
    result: RunResult


@dataclass(frozen=True)
class Experiment:
    """Runs a bundle as often as a check likes.

    `given` are the arguments of every run (`input`, `timeout_s`), as for `WorkflowHarness.run`.
    """

    harness: WorkflowHarness
    runs: Sequence[Examined]
    given: Mapping[str, Any] = field(default_factory=dict)

    def run(self, scenario: Scenario, **changes: Any) -> RunResult:
        """Run a scenario; `changes` replace fields of its `RunOptions`, such as `choose`.

        It says nothing, and the guard is off: the runs that were asked for have said and seen it.
        """
        options = {"guard": "off", **changes}
        prepared = self.harness.prepare(scenario=scenario, **self.given, **options)
        with hushed():
            return self.harness.carry_out(prepared)

    @cached_property
    def happy(self) -> RunResult:
        """The run in which everybody approves, whether it was asked for or not."""
        for examined in self.runs:
            if examined.scenario.name == HAPPY.name:
                return examined.result
        return self.run(HAPPY)

    @property
    def happy_scenario(self) -> Scenario:
        """The scenario of that run: an author may have one of the same name."""
        given = (examined.scenario for examined in self.runs)
        return next((scenario for scenario in given if scenario.name == HAPPY.name), HAPPY)

    @property
    def definition(self) -> WorkflowDefinition:
        """What the workflow class declares."""
        return self.harness.definition

    def own_gates(self, run: RunResult, kind: str | None = None) -> list[Gate]:
        """Return the gates of the root workflow; children are examined by themselves."""
        return [
            gate
            for gate in run.gates
            if gate.workflow_id == run.workflow_id and kind in (None, gate.kind)
        ]

    def charged(self, *preferred: str) -> str:
        """Return the scenario to charge with a verdict: the first of these that was run, or any."""
        names = [examined.scenario.name for examined in self.runs]
        return next((name for name in preferred if name in names), names[0])
