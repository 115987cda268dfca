"""Everything there is to check of one bundle before it is deployed, as one report.

Reads it (lint), runs it (all scenarios, with the checks of runs, here and in a twin process), and
replays its histories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lint_rules import engine
from lint_rules.config import load, merge
from lint_rules.engine import Linted
from lint_rules.files.digests import CACHE_DIRECTORY
from lint_rules.rules.catalogue import RULES
from lint_rules.shown_paths import real_path
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.checks.examining import charge, run_all
from ntro_testkit.chosen_codes import ChosenCodes
from ntro_testkit.examination import AskedTwin, Thoroughness, examination_of
from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.import_errors import BundleError
from ntro_testkit.loading import load_bundle
from ntro_testkit.mocks import MockError
from ntro_testkit.runtime.failures import HAS_TEMPORALIO
from ntro_testkit.scenario import Scenario
from ntro_testkit.siblings import find_children
from ntro_testkit.trace import RunResult
from ntro_testkit.twin.order import TwinOrder, order_for
from ntro_testkit.twin.twin import Twin, TwinError
from ntro_testkit.verdict import Verdict

if TYPE_CHECKING:
    from ntro_testkit.replay.verdict import ReplayVerdict


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be checked.

    `children` None means the sibling bundles that the bundle's code mentions; `given` are the
    arguments of every run. `select` and `ignore` are codes, as for the lint.
    """

    bundle: Path
    children: Sequence[Path] | None = None
    workflow_class: str | None = None
    given: dict[str, Any] | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What was found.

    `notes` say what was not checked and how it would be; `problems` what could not be checked, each
    in one line.
    """

    bundle: Path
    linted: Linted
    runs: tuple[RunResult, ...] = ()
    replays: tuple[ReplayVerdict, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether there is nothing to say against the bundle."""
        return not (
            self.linted.report.findings
            or any(not run.passed for run in self.runs)
            or any(replay.differences for replay in self.replays)
        )


def check_bundle(order: Order, twin: Twin) -> BundleReport:
    """Check a bundle and return everything that was found; the twin is asked too.

    Raises `UnknownCodeError` for codes that do not exist, `ConfigError` and `UnknownPathError` as
    the lint does. A bundle that cannot be loaded is among the problems of the report.
    """
    codes = ChosenCodes(order.select, order.ignore)
    children = find_children(order.bundle) if order.children is None else order.children
    order = replace(order, children=children)
    try:
        scenarios = available_scenarios(order.bundle)
        asked = AskedTwin(twin, _twin_order(order, scenarios))
        twin.ask(asked.order)
    except (BundleError, TwinError) as error:
        return _not_run(BundleReport(order.bundle, _linted(order)), error)
    report = BundleReport(order.bundle, _linted(order))
    try:
        report = _run(order, scenarios.values(), codes, report, asked)
    except (BundleError, MockError, TwinError) as error:
        return _not_run(report, error)
    return _replayed(order, codes, report)


def _not_run(report: BundleReport, error: Exception) -> BundleReport:
    return replace(report, problems=tuple(f"not run: {line}" for line in _lines(error)))


def _twin_order(order: Order, scenarios: Iterable[str]) -> TwinOrder:
    return order_for(
        order.bundle,
        scenarios,
        order.children or (),
        workflow_class=order.workflow_class,
        **(order.given or {}),
    )


def _linted(order: Order) -> Linted:
    settings = merge(
        load([order.bundle], RULES),
        RULES,
        select=list(order.select) or None,
        ignore=list(order.ignore),
    )
    cache = settings.cache_dir or settings.root / CACHE_DIRECTORY
    return engine.run([order.bundle], settings, engine.Run(cache=cache))


def _run(
    order: Order,
    scenarios: Iterable[Scenario],
    codes: ChosenCodes,
    report: BundleReport,
    twin: AskedTwin,
) -> BundleReport:
    """Add the runs of a bundle, charged with what is to be said of them."""
    loaded = load_bundle(order.bundle, workflow_class=order.workflow_class)
    with WorkflowHarness(loaded.workflow_class, child_workflows=order.children) as harness:
        experiment = run_all(harness, scenarios, order.given or {})
        found = examination_of(experiment, codes.wants, Thoroughness(twin))
    charge(experiment, _unknown_to(report.linted, found.verdicts))
    runs = tuple(examined.result for examined in experiment.runs)
    return replace(report, runs=runs, notes=(*report.notes, *found.notes))


def _unknown_to(linted: Linted, verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield the verdicts without hazards that the lint reports at the same line: it says more."""
    known = {
        (finding.code, real_path(linted.discovery, finding.place.path), finding.place.line)
        for finding in linted.report.findings
    }
    for verdict in verdicts:
        line = verdict.line
        if line is None or (verdict.code, line.path, line.line) not in known:
            yield verdict


def _replayed(order: Order, codes: ChosenCodes, report: BundleReport) -> BundleReport:
    """Add what the recorded histories of a bundle say of today's code."""
    histories = order.bundle / "tests" / "histories"
    if not histories.is_dir():
        note = "no histories to replay: `replay record` writes them"
        return replace(report, notes=(*report.notes, note))
    if not HAS_TEMPORALIO:
        note = "histories not replayed: pip install 'ntro-testkit[temporal]'"
        return replace(report, notes=(*report.notes, note))
    from ntro_testkit.replay.checking import Plan, check_all
    from ntro_testkit.replay.selecting import only

    plan = Plan(
        bundle=order.bundle,
        children=tuple(order.children or ()),
        histories=(histories,),
        workflow_class=order.workflow_class,
    )
    replays: list[ReplayVerdict] = []
    problems: list[str] = []
    for checked in check_all(plan, jobs=1):
        if isinstance(checked, HistoryError):
            problems += [f"not replayed: {line}" for line in _lines(checked)]
        else:
            replays.append(only(checked, codes))
    return replace(report, replays=tuple(replays), problems=tuple(problems))


def _lines(error: Exception) -> list[str]:
    return str(error).splitlines() or [type(error).__name__]
