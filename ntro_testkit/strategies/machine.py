"""RunbookMachine: hypothesis decides what happens to a run next, and shrinks what goes wrong.

    class PettyCash(RunbookMachine("runbooks/petty-cash")):
        @invariant()
        def nothing_is_posted_without_an_approval(self):
            if self.run.called("petty_cash.post_slip"):
                assert any(gate.verdict == "approved" for gate in self.run.gates)

    TestPettyCash = PettyCash.TestCase

A failure comes with a scenario to paste into `tests/scenarios.py`, which replays it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.harness import FAKED
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.strategies.answers import decisions
from ntro_testkit.strategies.payloads import USER_ACTION
from ntro_testkit.strategies.repertoire import repertoire
from ntro_testkit.strategies.rules import RunbookRules
from ntro_testkit.strategies.subject import Subject, harness_of
from ntro_testkit.strategies.timeline import Timeline


def RunbookMachine(  # noqa: N802 - what it returns is a class, to be subclassed
    bundle: Subject,
    *,
    scenario: Scenario = HAPPY,
    input: Any = FAKED,  # noqa: A002 - the name it has in `WorkflowHarness.run`
    **options: Any,
) -> type[RunbookRules]:
    """Return a rule-based state machine of what can happen to a bundle's runs from outside.

    `scenario` is what people do where the machine does not decide it, and what runs are finished
    with, under the name `happy_reordered`; `input` the run's argument, faked when left out.
    `bundle` is a directory, a loaded bundle, a workflow class, or a harness; `options` are those of
    `WorkflowHarness`, for one that is not made yet.

    Raises `BundleError`, and `MockError` where nothing can answer an activity.
    """
    harness = harness_of(bundle, **options)
    given = {} if input is FAKED else {"input": input}
    experiment = Experiment(harness, (), given)
    known = repertoire(experiment, scenario)
    sent = [st.tuples(st.just(name), payload) for name, payload in known.signals.items()]
    reordered = replace(scenario, name=f"{scenario.name}_reordered")

    class Machine(RunbookRules):
        timeline = Timeline(experiment, reordered)
        signals = st.one_of([*sent, st.tuples(st.just(USER_ACTION), decisions())])

    Machine.__name__ = f"{harness.definition.name.removesuffix('Workflow')}Machine"
    Machine.__doc__ = f"What can happen to runs of `{harness.definition.slug}`."
    return Machine
