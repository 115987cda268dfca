"""The markers: what tests say about the bundle they want and the scenarios to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ntro_testkit.scenario import Scenario

    from .runbooks import Child

MARKERS = (
    "runbook(path, children=[...], mocks={...}, input=...): the bundle under test, its path "
    "relative to the test's file or the rootdir. children: bundle paths, workflow classes or "
    "StandIns; left out, the sibling bundles its code mentions. mocks and input: as for "
    'WorkflowHarness. Example: @pytest.mark.runbook("../runbooks/nav-monthly")',
    "scenarios(*scenarios): what the `scenario` fixture runs through: Scenario objects, or names "
    "of built-in ones and of those in the bundle's tests/scenarios.py. "
    'Example: @pytest.mark.scenarios("happy", "late_source")',
    'runbook_explore(schedules=2000, seconds=5.0, seed=..., scenario="happy"): the bundle of the '
    "`runbook` marker goes through the orders in which its events can come (signals early, late, "
    "twice; activities; timers), and the test fails where one of them ends badly, unless it takes "
    "the fixture `exploration` and judges for itself. "
    "Example: @pytest.mark.runbook_explore(schedules=500)",
)


EXPLORE_TAKES = ("schedules", "seconds", "seed", "scenario")


class MarkerError(ValueError):
    """A marker that cannot be meant as it is written."""


@dataclass(frozen=True, slots=True)
class RunbookMark:
    """What `@pytest.mark.runbook(...)` says; `options` go to the harness."""

    path: Path | str
    children: Sequence[Child] | None
    options: Mapping[str, Any]


def runbook_mark(node: pytest.Item) -> RunbookMark | None:
    """Return what the closest `runbook` marker of a test says. Raises `MarkerError`."""
    marker = node.get_closest_marker("runbook")
    if marker is None:
        return None
    options = dict(marker.kwargs)
    given = [*marker.args, *([options.pop("path")] if "path" in options else [])]
    children = options.pop("children", None)
    unknown = options.keys() - {"mocks", "input"}
    if len(given) != 1 or not isinstance(given[0], str | Path) or unknown:
        shown = ", ".join(f"`{name}`" for name in sorted(unknown)) or f"{len(given)} positional"
        raise MarkerError(
            f"@pytest.mark.runbook takes one path and children=, mocks=, input=; got {shown}"
        )
    if not isinstance(children, list | tuple | None):
        raise MarkerError(f"@pytest.mark.runbook: children must be a list, got {children!r}")
    return RunbookMark(given[0], children, options)


def marked_scenarios(node: pytest.Item) -> list[Scenario] | None:
    """Return what the closest `scenarios` marker of a test names, None without a marker.

    Raises `MarkerError` for an unknown name, `BundleError` when the bundle's own scenarios cannot
    be read.
    """
    marker = node.get_closest_marker("scenarios")
    if marker is None:
        return None
    if not marker.args or marker.kwargs:
        raise MarkerError("@pytest.mark.scenarios takes Scenario objects or names, at least one")
    return [_scenario(said, node, "scenarios") for said in marker.args]


@dataclass(frozen=True, slots=True)
class ExploreMark:
    """What `@pytest.mark.runbook_explore(...)` says; `limits` go to `explore`."""

    scenario: Scenario
    limits: Mapping[str, Any]


def explore_mark(node: pytest.Item) -> ExploreMark:
    """Return what the closest `runbook_explore` marker of a test says, the defaults without one.

    Raises `MarkerError`, and `BundleError` when the bundle's own scenarios cannot be read.
    """
    marker = node.get_closest_marker("runbook_explore")
    given, positional = (dict(marker.kwargs), marker.args) if marker is not None else ({}, ())
    wrong = [f"`{name}`" for name in given if name not in EXPLORE_TAKES]
    if positional or wrong:
        takes = ", ".join(f"{name}=" for name in EXPLORE_TAKES)
        raise MarkerError(
            f"@pytest.mark.runbook_explore takes {takes}; "
            f"got {', '.join(wrong) or f'{len(positional)} positional'}"
        )
    for name in ("schedules", "seconds", "seed"):
        value = given.get(name, 1)
        expected = int | float if name == "seconds" else int
        if not isinstance(value, expected) or isinstance(value, bool) or value < 0:
            raise MarkerError(f"@pytest.mark.runbook_explore: {name} cannot be {value!r}")
    scenario = _scenario(given.pop("scenario", "happy"), node, "runbook_explore")
    return ExploreMark(scenario, given)


def scenario_named(name: str, available: Mapping[str, Scenario], place: str) -> Scenario:
    """Return a scenario by its name. Raises `MarkerError` with the nearest name there is."""
    if name in available:
        return available[name]
    import difflib

    near = difflib.get_close_matches(name, available, n=1)
    hint = f"; did you mean `{near[0]}`?" if near else ""
    raise MarkerError(f"no scenario `{name}` {place}{hint} (available: {', '.join(available)})")


def _scenario(said: Any, node: pytest.Item, marker: str) -> Scenario:
    from ntro_testkit.scenario import BUILT_IN_SCENARIOS, Scenario

    if isinstance(said, Scenario):
        return said
    if not isinstance(said, str):
        raise MarkerError(f"@pytest.mark.{marker}: {said!r} is neither a Scenario nor a name")
    if said in BUILT_IN_SCENARIOS and runbook_mark(node) is None:
        return BUILT_IN_SCENARIOS[said]
    available, place = _available(node)
    return scenario_named(said, available, place)


def _available(node: pytest.Item) -> tuple[Mapping[str, Scenario], str]:
    """Return the scenarios a test can name, and where they were looked for."""
    from ntro_testkit.scenario import BUILT_IN_SCENARIOS

    from .runbooks import runbooks_of

    mark = runbook_mark(node)
    if mark is None:
        return BUILT_IN_SCENARIOS, "is built in, and no `runbook` marker says which bundle has it"
    runbooks = runbooks_of(node.config)
    directory = runbooks.find(mark.path, node.path)
    return runbooks.scenarios(directory), f"in {directory / 'tests' / 'scenarios.py'}"
