"""Looks at the workflows of a run each time they have come to rest."""

from __future__ import annotations

from collections.abc import Callable

from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.run_options import Choose, Turn
from ntro_testkit.scenario import Scenario
from ntro_testkit.scheduling import Scheduling


def watching(scenario: Scenario, look: Callable[[Engine], None]) -> Choose:
    """Return what chooses as the scenario does, and looks at the engine before it does."""
    scheduling = Scheduling(scenario.schedule)

    def choose(engine: Engine) -> Turn:
        look(engine)
        return scheduling.choose(engine)

    return choose
