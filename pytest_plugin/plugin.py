"""pytest hooks, and nothing else. What is slow is imported inside the hook that needs it."""

from __future__ import annotations

import sys
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .guarding import leave, refuse_collision, refuse_collision_for, stand_guard
from .markers import MARKERS
from .options import add_options, check_options, collects, records
from .runs import CURRENT, coverage_on, forget_runs, runs_of
from .stopping import stop_if_worker_did

if TYPE_CHECKING:
    from .collection import RunbookFile


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    add_options(parser)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, Any, Any]:
    """Watch for a `lint_rules` of the user's from the first line of user code on."""
    stand_guard(early_config)
    try:
        return (yield)
    except Exception:
        refuse_collision(early_config)
        raise


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers and check the options."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    check_options(config)
    stand_guard(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the interpreter as it was, and no process behind."""
    leave(config)
    if "ntro_testkit_pytest.twin" in sys.modules:
        from .twin import end_twin

        end_twin(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RunbookFile | None:
    """Collect the `runbook.md` of a bundle."""
    if file_path.name != "runbook.md" or not collects(parent.config):
        return None
    from .collection import RunbookFile, is_manifest_of_a_bundle

    if not is_manifest_of_a_bundle(file_path):
        return None
    return RunbookFile.from_parent(parent, path=file_path)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Look for a collision after each import, before its consequences are reported."""
    report = yield
    refuse_collision(collector.config)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Turn a `scenarios` marker into the parameters of the `scenario` fixture."""
    if "scenario" not in metafunc.fixturenames:
        return
    if metafunc.definition.get_closest_marker("scenarios") is None:
        return
    from .parametrizing import parametrize_scenarios

    parametrize_scenarios(metafunc)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let a test marked `runbook_explore` be explored, whether it takes the fixture or not."""
    if item.get_closest_marker("runbook_explore") and isinstance(item, pytest.Function):
        item.fixturenames.append("exploration")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    """Fail a test marked `runbook_explore` whose bundle an order of events harms."""
    if pyfuncitem.get_closest_marker("runbook_explore"):
        from .exploring import judge

        judge(pyfuncitem)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse what only shows when everything is collected."""
    refuse_collision_for(session.items, session.config)
    if "ntro_testkit_pytest.collection" in sys.modules:
        from .collection import check_wanted_scenarios

        check_wanted_scenarios(session.config)
        from .twin import begin_twin

        begin_twin(session)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Stop when a worker of xdist did; the hook is xdist's."""
    stop_if_worker_did(node)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the runs of a failed test; send along what they reached."""
    if not runs_of(item):
        return (yield)
    if call.when == "teardown":
        from .coverage_summary import attach_coverage

        attach_coverage(item)
    report = yield
    if report.failed and call.when != "teardown":
        from .presentation import sections

        report.sections += sections(item)
    if call.when == "teardown":
        forget_runs(item)
    return report


def pytest_assertrepr_compare(
    config: pytest.Config, op: str, left: object, right: object
) -> list[str] | None:
    """Explain comparisons of runs, traces, coverages and activity calls."""
    if "ntro_testkit.trace" not in sys.modules:
        return None
    from .comparisons import explain

    runs = config.stash.get(CURRENT, [])
    return explain(op, left, right, runs)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what of each bundle the tests reached, of verdicts, and which histories they wrote.

    Reports come from all of xdist's workers.
    """
    reports = [report for group in terminalreporter.stats.values() for report in group]
    said = coverage_on(reports)
    if said:
        from .coverage_summary import coverage_lines

        terminalreporter.section("ntro coverage")
        for line in coverage_lines(said):
            terminalreporter.write_line(line)
    from .examination import verdict_line

    counted = verdict_line(reports)
    if counted:
        terminalreporter.section("ntro verdicts")
        terminalreporter.write_line(counted)
    if records(terminalreporter.config):
        from .recording import change_lines, changes_on

        terminalreporter.section("ntro histories")
        for line in change_lines(changes_on(reports)) or ["no bundle was recorded"]:
            terminalreporter.write_line(line)
