"""`ntro-testkit test BUNDLE`: the built-in scenarios, or those named, against one bundle.

Takes the arguments of `ntro workflow test` and prints the same report shape, so that command can
call this one unchanged.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntro_testkit.chosen_codes import ChosenCodes
from ntro_testkit.cli.terminal import stdout_kept_for_the_report

if TYPE_CHECKING:
    from ntro_testkit.scenario import Scenario
    from ntro_testkit.trace import RunResult

_BACKENDS = ("local", "sdk", "server")


def test(
    bundle: Annotated[Path, typer.Argument(help="The runbook directory.", show_default=False)],
    child: Annotated[
        list[Path] | None,
        typer.Option("--child", help="A child's runbook directory; repeatable.", metavar="DIR"),
    ] = None,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            "-s",
            metavar="NAME",
            help="A scenario to run: happy, reject_all, or one of <bundle>/tests/scenarios.py; "
            "repeatable. Default: both built-in ones.",
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="S", help="Real seconds one scenario may take.")
    ] = 30.0,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    workflow_class: Annotated[
        str | None,
        typer.Option("--workflow-class", metavar="C", help="The class, if the slug does not say."),
    ] = None,
    input: Annotated[  # noqa: A002 - the option's name
        str | None,
        typer.Option(
            "--input",
            metavar="JSON|@FILE",
            help="The run's input. Default: faked from its declared type.",
        ),
    ] = None,
    backend: Annotated[
        str,
        typer.Option(
            "--backend",
            metavar="local|sdk|server",
            help="What workflow code runs on: the kit's own runtime, temporalio's engine, or a "
            "real server, where timers take their time.",
        ),
    ] = "local",
    sandbox: Annotated[
        bool,
        typer.Option(
            "--sandbox", help="Run it in Temporal's sandbox; needs --backend sdk or server."
        ),
    ] = False,
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar="HOST:PORT",
            help="The server, for --backend server. Default: a dev server is started.",
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="CODES", help="Report only these verdicts: NTR701,stale-approval."
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="CODES", help="Do not report these; NTR7 for none."),
    ] = None,
    junit_xml: Annotated[
        Path | None, typer.Option("--junit-xml", metavar="F", help="Also write JUnit XML to F.")
    ] = None,
) -> None:
    """Run a bundle through scenarios and print what happened.

    More runs are made to prove what these say: that a decision counts, that nothing approves a gate
    unseen, that no input is lost, that a failure ends the run. What they show are verdicts, NTR7xx;
    `ntro-testkit rule CODE` explains one.

    Exit code 0 when every scenario ended as it may and there is no verdict, 1 otherwise, 2 on wrong
    use.

    Examples:

        ntro-testkit test runbooks/nav-monthly --child runbooks/document-collect

        ntro-testkit test runbooks/nav-monthly -s reject_all --json

        ntro-testkit test runbooks/nav-monthly --input '{"period": "2026-01"}'
    """
    with stdout_kept_for_the_report(), _progress(bundle.name):
        codes = ChosenCodes(select or [], ignore or [])
        engine = _EngineChoice(backend, sandbox, address)
        what = _Subject(bundle, child or [], scenario or [], timeout, workflow_class, input)
        _check_backend(engine)
        if backend == "server":
            results = _run_on_server(what, engine)
        else:
            results = _run(what, engine, codes)
    from ntro_testkit import report

    if junit_xml is not None:
        junit_xml.write_text(report.junit(results), encoding="utf-8")
    typer.echo(report.json(results) if json else report.human(results, colour=_in_colour()))
    raise typer.Exit(0 if all(result.passed for result in results) else 1)


@dataclass(frozen=True, slots=True)
class _EngineChoice:
    """What `--backend`, `--sandbox` and `--address` say."""

    backend: str
    sandbox: bool
    address: str | None


@dataclass(frozen=True, slots=True)
class _Subject:
    """What is run, as it was given."""

    bundle: Path
    children: list[Path]
    names: list[str]
    timeout: float
    workflow_class: str | None
    input: str | None

    def scenarios(self) -> list[Scenario]:
        from ntro_testkit.cli.run_inputs import named_scenarios
        from ntro_testkit.scenario import BUILT_IN_SCENARIOS

        return named_scenarios(self.bundle, self.names) or list(BUILT_IN_SCENARIOS.values())

    def value(self) -> Any:
        """Return the run's input; None when none was given."""
        from ntro_testkit.cli.run_inputs import parse_input

        return None if self.input is None else parse_input(self.input)

    def given(self) -> dict[str, Any]:
        """Return the arguments of every run."""
        given = {} if self.input is None else {"input": self.value()}
        return {"timeout_s": self.timeout, **given}


def _check_backend(engine: _EngineChoice) -> None:
    """Raise `UsageError` for a backend that there is not, or an address that has no use."""
    from ntro_testkit.cli.errors import UsageError
    from ntro_testkit.cli.run_inputs import check_address

    if engine.backend not in _BACKENDS:
        known = ", ".join(_BACKENDS)
        raise UsageError(f"no backend `{engine.backend}` (there are: {known})")
    check_address(engine.backend, engine.address)


def _run(what: _Subject, engine: _EngineChoice, codes: ChosenCodes) -> list[RunResult]:
    from ntro_testkit.checks.examining import charge, examine, run_all
    from ntro_testkit.harness import WorkflowHarness
    from ntro_testkit.loading import load_bundle

    given = what.given()
    loaded = load_bundle(what.bundle, workflow_class=what.workflow_class)
    scenarios = what.scenarios()
    with WorkflowHarness(
        loaded.workflow_class,
        child_workflows=what.children,
        backend=engine.backend,
        sandbox=engine.sandbox,
    ) as harness:
        asked_for = run_all(harness, scenarios, given)
    experiment = asked_for
    if engine.backend != "local":
        # Checks make runs by the hundred, and what they compare must come from one engine.
        local = WorkflowHarness(loaded.workflow_class, child_workflows=what.children)
        experiment = run_all(local, scenarios, given)
    charge(asked_for, examine(experiment, codes.wants))
    return [examined.result for examined in asked_for.runs]


def _run_on_server(what: _Subject, engine: _EngineChoice) -> list[RunResult]:
    """Run in a process of its own: temporalio's core may abort where Python ends."""
    from ntro_testkit.cli.replay_command import require_temporalio

    require_temporalio()
    from ntro_testkit.replay.server.recording import RecordingOrder, record_on_server

    order = RecordingOrder(
        bundle=str(what.bundle),
        children=[str(child) for child in what.children],
        scenarios=[scenario.name for scenario in what.scenarios()],
        address=engine.address,
        timeout_s=what.timeout,
        workflow_class=what.workflow_class,
        has_input=what.input is not None,
        input=what.value(),
        sandbox=engine.sandbox,
    )
    return list(record_on_server(order))


@contextlib.contextmanager
def _progress(name: str) -> Iterator[None]:
    """Show on a terminal that work is under way, and wipe it afterwards."""
    if not sys.stderr.isatty():
        yield
        return
    print(f"running {name} ...", end="", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _in_colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
