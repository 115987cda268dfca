"""Counts what `replay check --against` has found."""

from __future__ import annotations

from dataclasses import dataclass

from ntro_testkit.replay.against.states import Flights


@dataclass(slots=True)
class FlightsSummary:
    """The counts so far.

    `states` are runs in flight, `broken` of them could not go on, `differing` could, but not quite
    as before; `refused` scenarios are in no other count.
    """

    scenarios: int = 0
    states: int = 0
    broken: int = 0
    differing: int = 0
    refused: int = 0

    def add(self, flights: Flights) -> None:
        """Count a scenario that was checked."""
        self.scenarios += 1
        self.states += len(flights.states)
        self.broken += sum(state.broken for state in flights.states)
        self.differing += sum(
            bool(state.differences) and not state.broken for state in flights.states
        )
