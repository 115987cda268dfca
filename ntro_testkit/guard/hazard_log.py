"""What the workflow code of one run has called that it should not."""

from __future__ import annotations

import dataclasses

from lint_rules.hazards import Hazard
from ntro_testkit.runtime.endings import Ending, Endings
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.trace import HazardCall, SourceLine


class HazardError(RuntimeError):
    """Raised at the call of a hazard; on Temporal, such an exception fails the workflow task."""


class HazardLog:
    """Writes hazards into the list of a run's trace; with `endings`, the first one ends the run.

    It has only the list: contexts of a run keep its log until they are collected.
    """

    def __init__(self, hazards: list[HazardCall], endings: Endings | None = None) -> None:
        self._hazards = hazards
        self._endings = endings
        self._places: dict[tuple[str, str, SourceLine], int] = {}

    def add(
        self, execution: Execution, step: str | None, hazard: Hazard, name: str, line: SourceLine
    ) -> None:
        """Note one call in a step, at the line of bundle code it was made from.

        Raises `HazardError` where the run is to end on it; code that swallows it goes on in a run
        that has ended.
        """
        key = (hazard.code, name, line)
        place = self._places.get(key)
        if place is None:
            self._places[key] = len(self._hazards)
            call = HazardCall(hazard.code, name, line, execution.workflow_id, step)
            self._hazards.append(call)
        else:
            call = self._hazards[place]
            self._hazards[place] = dataclasses.replace(call, count=call.count + 1)
        if self._endings is not None:
            error = HazardError(_told(hazard, call))
            said = f"{error} at {line} (workflow `{execution.slug}`)"
            self._endings.finish(Ending("task-failed", error=said, exception=error, line=line))
            raise error


def _told(hazard: Hazard, call: HazardCall) -> str:
    from lint_rules.rules.catalogue import BY_CODE

    rule = BY_CODE[hazard.code]
    used = f"`{call.name}`" if hazard.use == "read" else f"`{call.name}()`"
    return f"{hazard.code} {rule.name}: {used} in workflow code; {hazard.alternative}"
