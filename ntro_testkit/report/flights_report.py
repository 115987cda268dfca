"""What `replay check --against` found: scenarios, each with its states, written as they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ntro_testkit.replay.against.states import Flights
from ntro_testkit.report.flights_summary import FlightsSummary


class FlightsFormat(NamedTuple):
    """How a report is written; every text ends with a line break or is empty.

    `flights` is given whether something has been said before.
    """

    flights: Callable[[Flights, bool], str]
    end: Callable[[FlightsSummary], str]
    begin: Callable[[], str] = str
    for_people: bool = True


def flights_format(name: str) -> FlightsFormat:
    """Return one of `FORMATS`; raises `KeyError` for another."""
    return FORMATS[name]()


def _full() -> FlightsFormat:
    from ntro_testkit.report import flights_text

    return FlightsFormat(flights_text.full, flights_text.end)


def _concise() -> FlightsFormat:
    from ntro_testkit.report import flights_text

    return FlightsFormat(flights_text.concise, flights_text.end)


def _json() -> FlightsFormat:
    from ntro_testkit.report import flights_json as written

    return FlightsFormat(written.flights, written.end, written.begin, False)


def _junit() -> FlightsFormat:
    from ntro_testkit.report import flights_junit as written

    return FlightsFormat(written.flights, written.end, written.begin, False)


FORMATS: Mapping[str, Callable[[], FlightsFormat]] = {
    "full": _full,
    "concise": _concise,
    "json": _json,
    "junit": _junit,
}
