"""The fixtures, as `pytest --fixtures` shows them. Nothing of the kit is imported before use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from .markers import MarkerError, RunbookMark, runbook_mark
from .runs import note_run

if TYPE_CHECKING:
    from ntro_testkit.explore.exploring import Exploration
    from ntro_testkit.harness import WorkflowHarness
    from ntro_testkit.history.history import History
    from ntro_testkit.replay.verdict import ReplayVerdict
    from ntro_testkit.scenario import Scenario
    from ntro_testkit.trace import RunResult

    from .runbooks import Child, Runbook


class HarnessFactory(Protocol):
    """What the fixture `workflow_harness` is: see there."""

    def __call__(
        self,
        workflow: type | Path | str | None = None,
        *,
        children: Sequence[Child] | None = None,
        mocks: Mapping[Any, Any] | None = None,
        fresh: bool = False,
        **options: Any,
    ) -> WorkflowHarness:
        """Return a harness for a bundle or class; closed when the test is over."""


@pytest.fixture
def workflow_harness(request: pytest.FixtureRequest) -> Iterator[HarnessFactory]:
    """Make a WorkflowHarness, closed for you when the test is over:
    workflow_harness(bundle_or_class=None, children=[...], mocks={...}, fresh=False, **options);
    without a bundle, that of the `runbook` marker.

    A bundle's path is relative to the test's file, else to the rootdir; without one it is the
    bundle of the `runbook` marker, with the marker's children, mocks and input where the call has
    none. `children` are bundle paths, workflow classes or StandIns; left out, the sibling bundles
    that the bundle's code mentions. Other options are those of WorkflowHarness. Bundles are loaded
    once per session; `fresh=True` loads this one anew.

        @pytest.mark.runbook("../runbooks/nav-monthly")
        def test_a_month_is_committed(workflow_harness):
            result = workflow_harness(mocks={"nav.post": []}).run_sync(scenario=HAPPY)
            assert result.status == "completed"

    Asynchronous tests `await harness.run(...)` instead. What ran is printed when a test fails.
    """
    with ExitStack() as open_harnesses:

        def make(
            workflow: type | Path | str | None = None,
            *,
            children: Sequence[Child] | None = None,
            mocks: Mapping[Any, Any] | None = None,
            fresh: bool = False,
            **options: Any,
        ) -> WorkflowHarness:
            __tracebackhide__ = True
            with one_line_errors():
                if workflow is None:
                    mark = _required_mark(request)
                    workflow = mark.path
                    children = mark.children if children is None else children
                    mocks = {**mark.options.get("mocks", {}), **(mocks or {})}
                    if "input" in mark.options:
                        options.setdefault("default_input", mark.options["input"])
                harness = _harness(request, workflow, children, fresh, mocks=mocks, **options)
                return open_harnesses.enter_context(harness)

        yield make


@pytest.fixture
def runbook(request: pytest.FixtureRequest) -> Runbook:
    """Return the bundle named by `@pytest.mark.runbook(path, children=[...])`, loaded:
    `workflow_class`, `activities`, `children`, `slug`, `bundle` (frontmatter, requirements,
    directory) and `module("models")`, a module of its templates.

    The path is relative to the test's file, else to the rootdir.

        @pytest.mark.runbook("../runbooks/nav-monthly")
        def test_every_step_is_declared(runbook):
            assert len(runbook.bundle.frontmatter["steps"]) == 8
    """
    __tracebackhide__ = True
    with one_line_errors():
        from .runbooks import runbooks_of

        mark = _required_mark(request)
        runbooks = runbooks_of(request.config)
        directory = runbooks.find(mark.path, request.path)
        return runbooks.get(directory, mark.children, request.path)


@pytest.fixture(params=["happy", "reject_all"])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Run the test once per scenario: those of `@pytest.mark.scenarios(...)`, else both built-in
    ones, happy and reject_all.

    The marker takes Scenario objects and names, of built-in scenarios and of those in the bundle's
    tests/scenarios.py. The names are the tests' ids.

        @pytest.mark.runbook("../runbooks/nav-monthly")
        @pytest.mark.scenarios("reject_all", Scenario("late", timeouts={"upload"}))
        def test_nothing_is_committed(workflow_harness, scenario):
            result = workflow_harness().run_sync(scenario=scenario)
            assert not result.called("nav.commit")
    """
    from ntro_testkit.scenario import BUILT_IN_SCENARIOS, Scenario

    said: Scenario | str = request.param
    return said if isinstance(said, Scenario) else BUILT_IN_SCENARIOS[said]


@pytest.fixture
def happy_run(workflow_harness: HarnessFactory) -> RunResult:
    """Return the RunResult of the marked bundle's run in which everything is approved.

    Children, mocks and input are those of the `runbook` marker. The run may have failed.

        @pytest.mark.runbook("../runbooks/nav-monthly")
        def test_happy(happy_run):
            assert happy_run.status == "completed"
    """
    return _run(workflow_harness, "happy")


@pytest.fixture
def reject_run(workflow_harness: HarnessFactory) -> RunResult:
    """Return the RunResult of the marked bundle's run in which every review is rejected.

    Children, mocks and input are those of the `runbook` marker. The run may have failed.

        @pytest.mark.runbook("../runbooks/nav-monthly")
        def test_a_rejection_commits_nothing(reject_run):
            assert not reject_run.called("nav.commit")
    """
    return _run(workflow_harness, "reject_all")


@pytest.fixture
def exploration(request: pytest.FixtureRequest, workflow_harness: HarnessFactory) -> Exploration:
    """Return what going through the orders of the marked bundle's events has found:
    `passed`, `verdicts`, `tried`, `exhausted`, `seed`, `summary()`.

    `@pytest.mark.runbook_explore(schedules=2000, seconds=5.0, seed=..., scenario="happy")` says how
    long and of which scenario. A test with that marker fails by itself where an order ends badly;
    one that takes this fixture judges for itself.

        @pytest.mark.runbook("../runbooks/nav-monthly")
        @pytest.mark.runbook_explore(schedules=500)
        def test_no_order_of_events_harms():
            pass
    """
    __tracebackhide__ = True
    with one_line_errors():
        from .exploring import explore_marked

        return explore_marked(request.node, workflow_harness(), _required_mark(request))


@pytest.fixture
def replay(request: pytest.FixtureRequest) -> Callable[[Path | str | History], ReplayVerdict]:
    """Replay a history against the marked bundle as it is now, and return the ReplayVerdict:
    `replay("happy")` for <bundle>/tests/histories/happy.json; or a path, relative to the test's
    file or the rootdir; or a History, such as `result.histories[0]` of a run.

    Needs ntro-testkit[temporal]; without it the test is skipped.

        @pytest.mark.runbook("../runbooks/nav-monthly")
        def test_runs_in_flight_can_go_on(replay):
            assert not replay("happy").differences
    """

    def verdict_of(history: Path | str | History) -> ReplayVerdict:
        __tracebackhide__ = True
        with one_line_errors():
            from .histories import find_history, verdict_on
            from .runbooks import runbooks_of

            mark = _required_mark(request)
            runbooks = runbooks_of(request.config)
            directory = runbooks.find(mark.path, request.path)
            loaded = runbooks.get(directory, mark.children, request.path)
            if isinstance(history, str | Path):
                history = find_history(history, directory, request)
            return verdict_on(history, loaded)

    return verdict_of


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Report what the author got wrong in one line, without our frames."""
    __tracebackhide__ = True
    from ntro_testkit.history.problems import HistoryError
    from ntro_testkit.import_errors import BundleError
    from ntro_testkit.mocks import MockError
    from ntro_testkit.runtime.backends import BackendError
    from ntro_testkit.twin.twin import TwinError

    try:
        yield
    except (
        BackendError,
        BundleError,
        HistoryError,
        MarkerError,
        MockError,
        TwinError,
    ) as error:
        pytest.fail(str(error), pytrace=False)


def _run(workflow_harness: HarnessFactory, scenario: str) -> RunResult:
    __tracebackhide__ = True
    with one_line_errors():
        from ntro_testkit.scenario import BUILT_IN_SCENARIOS

        return workflow_harness().run_sync(scenario=BUILT_IN_SCENARIOS[scenario])


def _harness(
    request: pytest.FixtureRequest,
    workflow: type | Path | str,
    children: Sequence[Child] | None,
    fresh: bool,
    **options: Any,
) -> WorkflowHarness:
    from .recorded_harness import RecordedHarness
    from .runbooks import runbooks_of

    runbooks = runbooks_of(request.config)
    if isinstance(workflow, type):
        playing = runbooks.as_children(children or (), request.path, fresh=fresh)
    else:
        directory = runbooks.find(workflow, request.path)
        loaded = runbooks.get(directory, children, request.path, fresh=fresh)
        workflow, playing = loaded.workflow_class, loaded.children
    return RecordedHarness(
        workflow,
        child_workflows=playing,
        note_run=lambda bundle, result: note_run(request.node, bundle, result),
        **options,
    )


def _required_mark(request: pytest.FixtureRequest) -> RunbookMark:
    mark = runbook_mark(request.node)
    if mark is None:
        raise MarkerError(
            "which bundle? mark the test, its class or its module with "
            '@pytest.mark.runbook("path/to/bundle"), or give workflow_harness("path/to/bundle")'
        )
    return mark
