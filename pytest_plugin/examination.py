"""Examines collected bundles: the verdicts on each, worked out once a session.

A verdict fails the test of the scenario it is charged to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from .options import chosen_codes
from .twin import twin_of

if TYPE_CHECKING:
    from ntro_testkit.verdict import Verdict

    from .collection import ScenarioItem
    from .runbooks import Runbook

Verdicts = Mapping[str, Sequence["Verdict"]]
"""Verdicts by the name of their scenario."""

FOUND = "ntro_verdicts"
"""The property of a test's report that lists the codes of its verdicts, with commas."""

EXAMINED = pytest.StashKey[dict[type, Verdicts]]()
"""On the config: by workflow class, which is another one once its files have changed."""


def verdicts_on(item: ScenarioItem) -> Sequence[Verdict]:
    """Return what the checks say of an item's bundle, about its scenario."""
    from .fixtures import one_line_errors
    from .runbooks import runbooks_of

    runbook = runbooks_of(item.config).beside(item.path)
    examined = item.config.stash.setdefault(EXAMINED, {})
    if runbook.workflow_class not in examined:
        with one_line_errors():
            examined[runbook.workflow_class] = _examine(item, runbook)
    return examined[runbook.workflow_class].get(item.scenario.name, ())


def attach_verdicts(item: pytest.Item, verdicts: Sequence[Verdict]) -> None:
    """Send the codes along with the report, for the summary: a worker of xdist has no other way."""
    if verdicts:
        item.user_properties.append((FOUND, ",".join(verdict.code for verdict in verdicts)))


def verdict_line(reports: Iterable[Any]) -> str | None:
    """Return how many verdicts there were of each code, on all reports; None without any."""
    codes = Counter(
        code
        for report in reports
        if getattr(report, "when", None) == "call"
        for name, value in report.user_properties
        if name == FOUND
        for code in value.split(",")
    )
    if not codes:
        return None
    from lint_rules.rules.catalogue import BY_CODE

    counts = ", ".join(f"{codes[code]} {code} {BY_CODE[code].name}" for code in sorted(codes))
    return f"{codes.total()} verdict{'' if codes.total() == 1 else 's'}: {counts}"


def _examine(item: ScenarioItem, runbook: Runbook) -> Verdicts:
    from ntro_testkit.checks.examining import run_all
    from ntro_testkit.examination import Thoroughness, examination_of
    from ntro_testkit.harness import WorkflowHarness

    with WorkflowHarness(runbook.workflow_class, child_workflows=runbook.children) as harness:
        experiment = run_all(harness, item.examined, {})
        how = Thoroughness(twin_of(item))
        found = examination_of(experiment, chosen_codes(item.config).wants, how)
    verdicts: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in found.verdicts:
        verdicts[verdict.scenario].append(verdict)
    return verdicts
