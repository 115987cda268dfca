"""Does what `replay check --against` was asked for, from the edit to the exit code."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
from collections.abc import Iterator

from ntro_testkit.chosen_codes import ChosenCodes
from ntro_testkit.cli.interrupts import interrupts_kept
from ntro_testkit.cli.terminal import (
    print_report,
    progress,
    say,
    stdout_kept_for_the_report,
)
from ntro_testkit.replay.against.check import Edit, NewBundleError, check_against
from ntro_testkit.replay.against.states import Flights
from ntro_testkit.replay.recording.record import Refused
from ntro_testkit.report.flights_report import FlightsFormat, flights_format
from ntro_testkit.report.flights_summary import FlightsSummary
from ntro_testkit.report.printable import printable


def run(edit: Edit, given: argparse.Namespace) -> int:
    """Check runs in flight, print the report and return the exit code.

    Raises `UnknownCodeError` for codes there are not, and what `check_against` raises.
    """
    codes = ChosenCodes(given.select, given.ignore)
    report = flights_format(given.output_format)
    summary = FlightsSummary()
    nothing = f"{edit.bundle} did not exist at `{edit.revision}`: no run can be in flight"
    with stdout_kept_for_the_report():
        try:
            text = "".join(_written(edit, codes, report, summary))
        except NewBundleError:
            if report.for_people:
                text = f"{printable(nothing)}\n"
            else:
                say(printable(nothing))
                text = report.begin() + report.end(summary)
    print_report(text, encoding=None if report.for_people else "utf-8")
    if summary.refused:
        return 2
    return 1 if summary.broken or summary.differing else 0


def _written(
    edit: Edit, codes: ChosenCodes, report: FlightsFormat, summary: FlightsSummary
) -> Iterator[str]:
    yield report.begin()
    # Closed at once, whatever happens: it has the old code in a temporary directory.
    with (
        progress("handing over") as show,
        interrupts_kept() as check_interrupt,
        contextlib.closing(check_against(edit, check_interrupt)) as all_found,
    ):
        for found in all_found:
            if isinstance(found, Refused):
                say(printable(f"error: {_refused(edit, found)}"))
                summary.refused += 1
            else:
                flights = _only(codes, found)
                yield report.flights(flights, bool(summary.scenarios))
                summary.add(flights)
            show(summary.scenarios + summary.refused, 0)
    yield report.end(summary)


def _refused(edit: Edit, found: Refused) -> str:
    return (
        f"at `{edit.revision}`: scenario `{found.scenario}` has no run to hand over, it ends "
        f"{found.status}: {' '.join(found.error.split())}"
    )


def _only(codes: ChosenCodes, flights: Flights) -> Flights:
    """Return a scenario without the differences that nobody asked for."""
    states = tuple(
        dataclasses.replace(
            state,
            differences=tuple(each for each in state.differences if codes.wants(each.code)),
        )
        for state in flights.states
    )
    return dataclasses.replace(flights, states=states)
