"""Tests marked `runbook_explore`: the bundle goes through the orders of its events."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import cast

import pytest

from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.explore.exploring import Exploration, explore
from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.report.verdict_text import verdict_lines

from .markers import RunbookMark, explore_mark


def explore_marked(
    item: pytest.Item, harness: WorkflowHarness, runbook: RunbookMark
) -> Exploration:
    """Explore what a test's markers say. Raises `MarkerError`, `BundleError`, `MockError`."""
    mark = explore_mark(item)
    given = {"input": runbook.options["input"]} if "input" in runbook.options else {}
    experiment = Experiment(harness, [], given)
    usual = Examined(mark.scenario, experiment.run(mark.scenario))
    return explore(Experiment(harness, [usual], given), mark.scenario, **mark.limits)


def judge(item: pytest.Function) -> None:
    """Fail a test on what was found, unless it takes the exploration and judges for itself."""
    __tracebackhide__ = True
    found = cast(Exploration, item.funcargs["exploration"])
    takes_it = "exploration" in inspect.signature(item.function).parameters
    if not found.passed and not takes_it:
        pytest.fail("\n".join(_lines(found)), pytrace=False)


def _lines(found: Exploration) -> Iterator[str]:
    yield found.summary()
    for verdict in found.verdicts:
        yield ""
        yield from verdict_lines(verdict)
