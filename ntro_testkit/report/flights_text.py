"""Which runs in flight an edit breaks, for people: in full, or a line a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntro_testkit.replay.against.states import Flights, State
from ntro_testkit.replay.verdict import Difference
from ntro_testkit.report.flights_summary import FlightsSummary
from ntro_testkit.report.printable import printable
from ntro_testkit.report.replay_text import counted, place, rule


def full(flights: Flights, _: bool) -> str:
    """Return each difference of a scenario with the states that show it, and what to do."""
    lines = (line for each in flights.differences() for line in (*described(flights, each), ""))
    return "".join(f"{printable(line)}\n" for line in lines)


def concise(flights: Flights, _: bool) -> str:
    """Return a line for each difference of a scenario."""
    lines = [
        f"{place(each) or flights.scenario}: {rule(each)} {each.message} "
        f"(scenario {flights.scenario}, {numbered(flights, flights.showing(each))})"
        for each in flights.differences()
    ]
    return "".join(f"{printable(line)}\n" for line in lines)


def end(summary: FlightsSummary) -> str:
    """Return the counts in a line."""
    found = [
        f"{count} {what}"
        for count, what in ((summary.broken, "broken"), (summary.differing, "differing"))
        if count
    ]
    line = (
        f"{counted(summary.scenarios, 'scenario', 'scenarios')}, "
        f"{counted(summary.states, 'state', 'states')} of runs in flight: "
        f"{', '.join(found) or 'none broken'}"
    )
    if summary.refused:
        line += f"; {counted(summary.refused, 'scenario', 'scenarios')} not checked"
    return f"{line}\n"


def described(flights: Flights, difference: Difference) -> list[str]:
    """Return the lines of a difference, the title first."""
    step = f", step `{difference.step}`" if difference.step else ""
    today = place(difference) or "no line of the bundle"
    showing = flights.showing(difference)
    return [
        f"{rule(difference)}: {difference.message}",
        f"  runs     scenario {flights.scenario}, {numbered(flights, showing)}",
        *(f"           {line}" for line in _places(showing)),
        f"  today    {today}{step}, workflow task {difference.task}",
        f"  had      {difference.had}",
        f"  now      {difference.now}",
        f"  do       {difference.advice}",
    ]


def numbered(flights: Flights, states: Sequence[State]) -> str:
    """Return the numbers of states, neighbours as a range: `states 1, 4 to 9 of 9`."""
    ranges = [
        str(first.number) if first is last else f"{first.number} to {last.number}"
        for first, last in _ranges(states)
    ]
    word = "state" if len(states) == 1 else "states"
    return f"{word} {', '.join(ranges)} of {len(flights.states)}"


def _places(states: Sequence[State]) -> Iterator[str]:
    """Yield where runs stand that are in these states, a line a range."""
    for first, last in _ranges(states):
        if first is last:
            yield place_of(first)
        else:
            yield f"from {place_of(first)}"
            yield f"to   {place_of(last)}"


def place_of(state: State) -> str:
    """Return where a run stands that is in a state."""
    return f"workflow task {state.task}, {state.where}"


def _ranges(states: Sequence[State]) -> list[tuple[State, State]]:
    ranges: list[tuple[State, State]] = []
    for state in states:
        if ranges and ranges[-1][1].number + 1 == state.number:
            ranges[-1] = (ranges[-1][0], state)
        else:
            ranges.append((state, state))
    return ranges
