"""`ntro-testkit test BUNDLE`: the built-in scenarios, or those named, against one bundle.

Takes the arguments of `ntro workflow test` and prints the same report shape, so that command can
call this one unchanged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ntro_testkit.chosen_codes import ChosenCodes
from ntro_testkit.cli.progress_line import progress_line
from ntro_testkit.cli.terminal import stdout_kept_for_the_report


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
    guard: Annotated[
        str,
        typer.Option(
            "--guard",
            metavar="report|raise|off",
            help="What to do about clocks, chance and the like in workflow code: report them, end "
            "the run at the call, or do not look.",
        ),
    ] = "report",
    twin: Annotated[
        bool,
        typer.Option(
            "--twin", help="Also run it in another process, at another time and place, and compare."
        ),
    ] = False,
    crash: Annotated[
        bool,
        typer.Option(
            "--crash",
            help="Also rebuild the workflow from its history after every task; needs temporalio.",
        ),
    ] = False,
    explore: Annotated[
        bool,
        typer.Option("--explore", help="Also try other orders of events, scenario by scenario."),
    ] = False,
    explore_seconds: Annotated[
        float, typer.Option("--explore-seconds", metavar="S", help="How long, for each scenario.")
    ] = 5.0,
    explore_seed: Annotated[
        int | None,
        typer.Option("--explore-seed", metavar="N", help="Repeat the random part of another time."),
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
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="F", help="Also write a page for people to F."),
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

        ntro-testkit test runbooks/nav-monthly --twin --crash --explore --html nav.html
    """
    with stdout_kept_for_the_report(), progress_line(f"running {bundle.name} ...") as show_line:

        def show(scenario: str, runs: int) -> None:
            show_line(f"exploring {scenario}: {runs} schedules ...")

        codes = ChosenCodes(select or [], ignore or [])
        from ntro_testkit.cli.test_run import Order, run
        from ntro_testkit.examination import Exploring

        order = Order(
            bundle=bundle,
            children=child or [],
            names=scenario or [],
            timeout=timeout,
            workflow_class=workflow_class,
            input=input,
            backend=backend,
            sandbox=sandbox,
            address=address,
            codes=codes,
            guard=guard,
            twin=twin,
            crash=crash,
            exploring=Exploring(explore_seconds, seed=explore_seed, progress=show)
            if explore
            else None,
        )
        results = run(order)
    from ntro_testkit import report

    if junit_xml is not None:
        junit_xml.write_text(report.junit(results), encoding="utf-8")
    if html is not None:
        from ntro_testkit.report.html import html as page

        html.write_text(page(results), encoding="utf-8")
    typer.echo(report.json(results) if json else report.human(results, colour=_in_colour()))
    raise typer.Exit(0 if all(result.passed for result in results) else 1)


def _in_colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
