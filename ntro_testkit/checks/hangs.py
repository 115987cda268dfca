"""Tells a run that hangs for good from one that ended, or that may rightly wait."""

from __future__ import annotations

from typing import Any

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.mocks import MockError
from ntro_testkit.runtime.failures import UnsupportedCallError
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import Blocked, RunResult


def hang(run: RunResult) -> str | None:
    """Return how a run hangs, None where it does not.

    Waiting for ever for a person is legal: a gate that nobody has answered is no hang. Nor is what
    only this harness cannot do, a child that it was not given or a call that it does not know; and
    a workflow that continues as new may do so for ever.
    """
    if isinstance(run.exception, UnsupportedCallError):
        return None
    if run.status == "task-failed":
        return run.error
    if run.status != "stuck" or _continues_as_new(run):
        return None
    if any(_is_unanswered_gate(run, each) or _is_missing_child(each) for each in run.blocked):
        return None
    return run.error


def tried(experiment: Experiment, scenario: Scenario, **changes: Any) -> RunResult | None:
    """Run a scenario in which something goes wrong; None where it needs what nobody mocked.

    `changes` are those of `Experiment.run`.
    """
    try:
        return experiment.run(scenario, **changes)
    except MockError:
        return None


def _continues_as_new(run: RunResult) -> bool:
    return any(command.kind == "continue_as_new" for command in run.trace.commands)


def _is_unanswered_gate(run: RunResult, blocked: Blocked) -> bool:
    own = [gate for gate in run.gates if gate.workflow_id == blocked.workflow_id]
    return blocked.waits_for.startswith("the gate ") and bool(own) and own[-1].verdict is None


def _is_missing_child(blocked: Blocked) -> bool:
    # A child that runs is `its child`; one that nobody plays is named by its slug.
    return blocked.waits_for.startswith("the child ")
