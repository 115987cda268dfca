"""Records the histories of a bundle's runs, one per scenario and child.

A run that did not end as it may leaves no history: a baseline of something that hangs would only
certify the fault.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ntro_testkit.history.history import History
from ntro_testkit.replay.recording.backends import Runs
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import RunResult, run_tree

_OTHER = re.compile(r"[^A-Za-z0-9_-]+")


class RecordError(ValueError):
    """Scenarios that cannot be recorded side by side."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One history and the file it belongs into."""

    file: str
    scenario: str
    history: History
    parent: str | None = None
    """The file of the root's history, for a child."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A scenario whose run did not end as it may."""

    scenario: str
    status: str
    error: str


@dataclass(frozen=True, slots=True)
class Recordings:
    """What became of the scenarios."""

    recorded: tuple[Recorded, ...]
    refused: tuple[Refused, ...]


def record(
    runs: Runs, scenarios: Sequence[Scenario], generated: Sequence[Scenario] = ()
) -> Recordings:
    """Run scenarios and return their histories.

    A generated one is left out where another scenario brings about the same events. Raises
    `RecordError` when two scenarios would be written to one file.
    """
    recorded: list[Recorded] = []
    refused: list[Refused] = []
    for result in distinct(runs([*scenarios, *generated]), len(scenarios)):
        _keep(result, recorded, refused)
    _check_names(recorded)
    return Recordings(tuple(recorded), tuple(refused))


def distinct(results: Iterable[RunResult], asked_for: int) -> Iterator[RunResult]:
    """Yield results as they come; of those after the first `asked_for`, only what is new.

    New is what brought about other events than every run before.
    """
    shapes = set()
    for number, result in enumerate(results):
        shape = _shape(result.histories)
        if number < asked_for or shape not in shapes:
            yield result
        shapes.add(shape)


def file_stem(scenario: str) -> str:
    """Return the name of a scenario as a file can have it."""
    return _OTHER.sub("-", scenario).strip("-") or "scenario"


def _keep(result: RunResult, recorded: list[Recorded], refused: list[Refused]) -> None:
    if result.passed:
        recorded += _files(result)
    else:
        refused.append(Refused(result.scenario, result.status, result.error or ""))


def _files(result: RunResult) -> Iterable[Recorded]:
    """Yield the root's history, then each child's, numbered within its slug."""
    stem = file_stem(result.scenario)
    root, *children = result.histories
    yield Recorded(f"{stem}.json", result.scenario, root)
    slugs = {child.workflow_id: child.slug for child in run_tree(result.trace.children)}
    numbers: Counter[str] = Counter()
    for history in children:
        slug = slugs[history.workflow_id]
        numbers[slug] += 1
        file = f"{stem}.{slug}-{numbers[slug]}.json"
        yield Recorded(file, result.scenario, history, parent=f"{stem}.json")


def _check_names(recorded: Iterable[Recorded]) -> None:
    scenarios: dict[str, str] = {}
    for one in recorded:
        # Case does not tell files apart everywhere.
        first = scenarios.setdefault(one.file.lower(), one.scenario)
        if first != one.scenario:
            raise RecordError(
                f"the scenarios `{first}` and `{one.scenario}` would both be written to "
                f"`{one.file}`: rename one"
            )


def _shape(histories: Iterable[History]) -> tuple[tuple[str, ...], ...]:
    """Return the types and names of all events: what tells one course of events from another."""
    return tuple(
        tuple(f"{event['eventType']} {_event_name(event)}" for event in history.events)
        for history in histories
    )


def _event_name(event: object) -> str:
    assert isinstance(event, dict)
    [attributes] = [value for key, value in event.items() if key.endswith("Attributes")]
    kind = attributes.get("activityType") or attributes.get("workflowType") or {}
    return str(attributes.get("signalName") or kind.get("name", ""))
