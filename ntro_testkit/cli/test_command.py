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

from ntro_testkit.cli.terminal import stdout_kept_for_the_report

if TYPE_CHECKING:
    from ntro_testkit.harness import WorkflowHarness
    from ntro_testkit.scenario import Scenario
    from ntro_testkit.trace import RunResult


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
            metavar="local|sdk",
            help="What workflow code runs on: the kit's own runtime, or temporalio's engine.",
        ),
    ] = "local",
    sandbox: Annotated[
        bool,
        typer.Option("--sandbox", help="Run it in Temporal's sandbox; needs --backend sdk."),
    ] = False,
    junit_xml: Annotated[
        Path | None, typer.Option("--junit-xml", metavar="F", help="Also write JUnit XML to F.")
    ] = None,
) -> None:
    """Run a bundle through scenarios and print what happened.

    Exit code 0 when every scenario ended as it may, 1 when one did not, 2 on wrong use.

    Examples:

        ntro-testkit test runbooks/nav-monthly --child runbooks/document-collect

        ntro-testkit test runbooks/nav-monthly -s reject_all --json

        ntro-testkit test runbooks/nav-monthly --input '{"period": "2026-01"}'
    """
    with stdout_kept_for_the_report(), _progress(bundle.name):
        engine = _EngineChoice(backend, sandbox)
        results = _run(bundle, child or [], scenario or [], timeout, workflow_class, input, engine)
    from ntro_testkit import report

    if junit_xml is not None:
        junit_xml.write_text(report.junit(results), encoding="utf-8")
    typer.echo(report.json(results) if json else report.human(results, colour=_in_colour()))
    raise typer.Exit(0 if all(result.passed for result in results) else 1)


@dataclass(frozen=True, slots=True)
class _EngineChoice:
    """What `--backend` and `--sandbox` say."""

    backend: str
    sandbox: bool


def _run(
    bundle: Path,
    children: list[Path],
    names: list[str],
    timeout: float,
    workflow_class: str | None,
    given: str | None,
    engine: _EngineChoice,
) -> list[RunResult]:
    from ntro_testkit.cli.run_inputs import named_scenarios, parse_input
    from ntro_testkit.harness import WorkflowHarness
    from ntro_testkit.loading import load_bundle
    from ntro_testkit.scenario import BUILT_IN_SCENARIOS

    value = parse_input(given) if given is not None else None
    loaded = load_bundle(bundle, workflow_class=workflow_class)
    scenarios = named_scenarios(bundle, names) or list(BUILT_IN_SCENARIOS.values())
    with WorkflowHarness(
        loaded.workflow_class,
        child_workflows=children,
        backend=engine.backend,
        sandbox=engine.sandbox,
    ) as harness:
        return [_run_one(harness, one, timeout, given is not None, value) for one in scenarios]


def _run_one(
    harness: WorkflowHarness, scenario: Scenario, timeout: float, has_input: bool, value: Any
) -> RunResult:
    given = {"input": value} if has_input else {}
    return harness.run_sync(scenario=scenario, timeout_s=timeout, **given)


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
