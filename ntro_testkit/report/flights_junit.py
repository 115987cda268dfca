"""Which runs in flight an edit breaks, as JUnit XML: a test for each state."""

from __future__ import annotations

from xml.etree import ElementTree

from ntro_testkit.replay.against.states import Flights, State
from ntro_testkit.report.flights_summary import FlightsSummary
from ntro_testkit.report.flights_text import described, place_of
from ntro_testkit.report.printable import printable

_NAME = "ntro-testkit replay check --against"


def begin() -> str:
    """Return what comes before the tests; their number is not known yet, and may be left out."""
    return (
        f"<?xml version='1.0' encoding='utf-8'?>\n"
        f'<testsuites name="{_NAME}">\n  <testsuite name="{_NAME}">\n'
    )


def flights(found: Flights, _: bool) -> str:
    """Return the tests of one scenario."""
    return "".join(_case(found, state) for state in found.states)


def end(_: FlightsSummary) -> str:
    """Return what closes the report."""
    return "  </testsuite>\n</testsuites>\n"


def _case(found: Flights, state: State) -> str:
    case = ElementTree.Element(
        "testcase",
        classname=printable(found.scenario),
        name=printable(f"state {state.number}: {place_of(state)}"),
    )
    if state.differences:
        worst = min(state.differences, key=lambda each: (each.grade != "breaking", each.code))
        failure = ElementTree.SubElement(
            case, "failure", type=worst.code, message=printable(worst.message)
        )
        lines = [line for each in state.differences for line in described(found, each)]
        failure.text = printable("\n".join(lines))
    return f"    {ElementTree.tostring(case, encoding='unicode')}\n"
