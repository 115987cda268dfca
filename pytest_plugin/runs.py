"""Keeps the runs a test made, for its report and for the summary, until the test is over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ntro_testkit.trace import RunResult

RUNS = pytest.StashKey[list[tuple[str, "RunResult"]]]()
"""On an item: (bundle, run) in the order they were made."""

CURRENT = pytest.StashKey[list[tuple[str, "RunResult"]]]()
"""On the config: the same list, of the test that is running."""

COVERAGE = "ntro_coverage"
"""The property of a test's report that says what its runs reached."""


def note_run(item: pytest.Item, bundle: str, result: RunResult) -> None:
    """Keep a run of a bundle, by the name the summary shows it under."""
    runs = item.stash.setdefault(RUNS, [])
    runs.append((bundle, result))
    item.config.stash[CURRENT] = runs


def runs_of(item: pytest.Item) -> list[tuple[str, RunResult]]:
    """Return the runs a test has made so far."""
    return item.stash.get(RUNS, [])


def forget_runs(item: pytest.Item) -> None:
    """Let the runs go: items live as long as the session, and traces are large."""
    if RUNS in item.stash:
        del item.stash[RUNS]
    if CURRENT in item.config.stash:
        del item.config.stash[CURRENT]


def coverage_on(reports: Iterable[Any]) -> list[str]:
    """Return what the reports of a session say was reached; each test has one teardown report."""
    return [
        value
        for report in reports
        if getattr(report, "when", None) == "teardown"
        for name, value in report.user_properties
        if name == COVERAGE
    ]
