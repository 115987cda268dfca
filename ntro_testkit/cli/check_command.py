"""`ntro-testkit check BUNDLE`: everything there is to check before a bundle is deployed."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntro_testkit.cli.arguments import Arguments
from ntro_testkit.cli.commands import PROGRAM
from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.interrupts import lost_interrupts_repeated

if TYPE_CHECKING:
    from ntro_testkit.bundle_check import BundleReport

_TEXT = """\
Check a bundle in every way there is, as one answer: the gate before `ntro workflow create`.

The lint reads it; both built-in scenarios and those of tests/scenarios.py run it, and more
runs prove what they say (verdicts, NTR7xx); recorded histories are replayed, where there are
any and temporalio is installed. Children are the bundles beside it that its code mentions,
unless --child says which.

Exit code 0 when nothing is found, 1 when something is, 2 on wrong use or when something could
not be checked.

Examples:

  ntro-testkit check runbooks/nav-monthly
  ntro-testkit check runbooks/nav-monthly --child runbooks/document-collect --json
  ntro-testkit check runbooks/nav-monthly --ignore NTR512 --junit-xml check.xml
  ntro-testkit check runbooks/nav-monthly --html check.html
"""


def main(arguments: Sequence[str]) -> int:
    """Check and return the exit code; raises `UsageError` for wrong arguments."""
    given = _parser().read(arguments)
    if not given.bundle.is_dir():
        raise UsageError(f"{given.bundle}: no such directory; a bundle is one with a runbook.md")
    from ntro_testkit.cli.progress_line import progress_line
    from ntro_testkit.cli.terminal import print_report, stdout_kept_for_the_report

    with (
        lost_interrupts_repeated(),
        stdout_kept_for_the_report(),
        progress_line(f"checking {given.bundle.name} ..."),
    ):
        report = _report(given)
    if given.junit_xml is not None:
        from ntro_testkit.report import check_junit

        given.junit_xml.write_text(check_junit.text(report), encoding="utf-8")
    if given.html is not None:
        from ntro_testkit.report import check_html

        given.html.write_text(check_html.text(report), encoding="utf-8")
    print_report(_text(report, as_json=given.json), encoding="utf-8" if given.json else None)
    if report.problems:
        return 2
    return 0 if report.clean else 1


def _report(given: Namespace) -> BundleReport:
    """Check, with a twin that is started first: it imports as much as we do, at the same time."""
    from ntro_testkit.twin.twin import Twin

    with Twin() as twin:
        from ntro_testkit.bundle_check import Order, check_bundle
        from ntro_testkit.cli.run_inputs import arguments_of_runs

        order = Order(
            bundle=given.bundle,
            children=given.child,
            workflow_class=given.workflow_class,
            given=arguments_of_runs(given.input, given.timeout),
            select=given.select,
            ignore=given.ignore,
        )
        return check_bundle(order, twin)


def _text(report: BundleReport, *, as_json: bool) -> str:
    from ntro_testkit.cli.terminal import in_colour
    from ntro_testkit.report import check_json, check_text

    if as_json:
        return check_json.text(report)
    colour = in_colour("auto", to_terminal=sys.stdout.isatty(), environment=os.environ)
    return check_text.text(report, colour=colour)


def _parser() -> Arguments:
    parser = Arguments(f"{PROGRAM} check", "BUNDLE", _TEXT)
    add = parser.add_argument
    add("bundle", type=Path, metavar="BUNDLE", help="The directory of a runbook bundle.")
    add(
        "--child",
        action="append",
        type=Path,
        metavar="DIR",
        help="The bundle of a child. May be repeated.",
    )
    add("--workflow-class", metavar="C", help="The class to use where BUNDLE has several.")
    add("--input", metavar="JSON|@FILE", help="The input of the runs. Default: faked.")
    add("--timeout", type=float, default=30.0, metavar="S", help="Real seconds a run may take.")
    for option, what in (("--select", "Report only these"), ("--ignore", "Do not report these")):
        add(
            option,
            action="append",
            default=[],
            metavar="CODES",
            help=f"{what}: NTR7,wall-clock.",
        )
    report = parser.add_argument_group("Report").add_argument
    report("--json", action="store_true", help="Print the report as JSON.")
    report("--html", type=Path, metavar="F", help="Also write a page for people to F.")
    report("--junit-xml", type=Path, metavar="F", help="Also write JUnit XML to F.")
    return parser
