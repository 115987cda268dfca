"""Does what `test` was asked for: makes the runs and has them examined."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntro_testkit.checks.examining import charge, run_all
from ntro_testkit.chosen_codes import ChosenCodes
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.interrupts import lost_interrupts_repeated
from ntro_testkit.cli.run_inputs import arguments_of_runs, check_address, named_scenarios
from ntro_testkit.cli.terminal import say
from ntro_testkit.examination import AskedTwin, Exploring, Thoroughness, examination_of
from ntro_testkit.guard.guard import guarding
from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.loading import load_bundle
from ntro_testkit.scenario import BUILT_IN_SCENARIOS, Scenario
from ntro_testkit.trace import RunResult

_BACKENDS = ("local", "sdk", "server")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be run, as it was given on the command line; `codes` are reported."""

    bundle: Path
    children: Sequence[Path]
    names: Sequence[str]
    timeout: float
    workflow_class: str | None
    input: str | None
    backend: str
    sandbox: bool
    address: str | None
    codes: ChosenCodes
    guard: str = "report"
    twin: bool = False
    crash: bool = False
    exploring: Exploring | None = None

    def scenarios(self) -> list[Scenario]:
        """Return those that are named, else both built-in ones."""
        return named_scenarios(self.bundle, self.names) or list(BUILT_IN_SCENARIOS.values())

    def given(self) -> dict[str, Any]:
        """Return the arguments of every run."""
        return arguments_of_runs(self.input, self.timeout)


def run(order: Order) -> list[RunResult]:
    """Return the runs in the order of their scenarios, charged with verdicts.

    Raises `UsageError` for what cannot be meant, and whatever loading and running raise.
    """
    if order.backend not in _BACKENDS:
        known = ", ".join(_BACKENDS)
        raise UsageError(f"no backend `{order.backend}` (there are: {known})")
    check_address(order.backend, order.address)
    _check_thoroughness(order)
    return _on_server(order) if order.backend == "server" else _in_process(order)


def _check_thoroughness(order: Order) -> None:
    try:
        guarding(order.guard)
    except ValueError as error:
        raise UsageError(f"--guard: {error}") from error
    for option, wanted in (
        ("--twin", order.twin),
        ("--crash", order.crash),
        ("--explore", order.exploring is not None),
    ):
        if wanted and order.backend == "server":
            raise UsageError(f"{option} makes many runs in-process: leave out `--backend server`")


def _in_process(order: Order) -> list[RunResult]:
    with lost_interrupts_repeated(), _twin(order) as twin:
        return _examined(order, Thoroughness(twin, order.crash, order.exploring))


@contextlib.contextmanager
def _twin(order: Order) -> Iterator[AskedTwin | None]:
    """Start the twin, so that it is at work while we are; it ends with the block."""
    if not order.twin:
        yield None
        return
    from ntro_testkit.twin.order import order_for
    from ntro_testkit.twin.twin import start_twin

    asked = order_for(
        order.bundle,
        [scenario.name for scenario in order.scenarios()],
        order.children,
        workflow_class=order.workflow_class,
        **order.given(),
    )
    with start_twin(asked) as twin:
        yield AskedTwin(twin, asked)


def _examined(order: Order, how: Thoroughness) -> list[RunResult]:
    given = order.given()
    workflow = load_bundle(order.bundle, workflow_class=order.workflow_class).workflow_class
    scenarios = order.scenarios()
    with WorkflowHarness(
        workflow,
        child_workflows=order.children,
        backend=order.backend,
        sandbox=order.sandbox,
        guard=order.guard,
    ) as harness:
        asked_for = run_all(harness, scenarios, given)
    experiment = asked_for
    if order.backend != "local":
        # Checks make runs by the hundred, and what they compare must come from one engine.
        local = WorkflowHarness(workflow, child_workflows=order.children, guard=order.guard)
        experiment = run_all(local, scenarios, given)
    found = examination_of(experiment, order.codes.wants, how)
    for note in found.notes:
        say(f"note: {note}")
    charge(asked_for, found.verdicts)
    return [examined.result for examined in asked_for.runs]


def _on_server(order: Order) -> list[RunResult]:
    """Run in a process of its own: temporalio's core may abort where Python ends.

    No checks are made: each of their runs would take a second, and timers their time.
    """
    from ntro_testkit.cli.replay_command import require_temporalio

    require_temporalio()
    from ntro_testkit.replay.server.recording import RecordingOrder, record_on_server

    given = order.given()
    recording = RecordingOrder(
        bundle=str(order.bundle),
        children=[str(child) for child in order.children],
        scenarios=[scenario.name for scenario in order.scenarios()],
        address=order.address,
        timeout_s=order.timeout,
        workflow_class=order.workflow_class,
        has_input="input" in given,
        input=given.get("input"),
        sandbox=order.sandbox,
    )
    return list(record_on_server(recording))
