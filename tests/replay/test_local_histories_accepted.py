"""Histories of the local engine are accepted by temporalio's Replayer, all of them.

Every sample bundle in every scenario, small workflows with one subject each, and random programs;
one process replays them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

import pytest

pytest.importorskip("temporalio", reason="the Replayer is temporalio's")

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ntro_testkit import BUILT_IN_SCENARIOS, HAPPY, RunResult, Scenario, StandIn, WorkflowHarness
from ntro_testkit.author_scenarios import load_author_scenarios
from ntro_testkit.replay.recording.redaction import Redaction
from tests.replay import programs
from tests.replay.official import Case, exported, official_verdicts
from tests.test_fixtures import BUNDLES, children

TEMPORALIO = tuple(int(part) for part in version("temporalio").split(".")[:2])

MODULE = "tests.replay.programs"
ACTIVITIES = [programs.double, programs.echo, programs.refuse]
SIGNALS = Scenario("signals", signals={"start": [("raise_flag", "b"), ("raise_flag", "a")]})
MONTH_END = StandIn("month-end", happy=lambda data: _played(data["period"]))

SMALL = [
    value
    for value in vars(programs).values()
    if isinstance(value, type)
    and value.__module__ == MODULE
    and value not in (programs.Flags, programs.Program, programs.Child, programs.WhoAmI)
]
UNFINISHED = {programs.FailsItsTask: "task-failed", programs.StaysStuck: "stuck"}
FAILED = {programs.FailingWorkflow, programs.FailsByTimeout}

PROGRAMS = 120
"""Enough for each kind of step to stand in each place of another one."""

SECONDS = st.sampled_from([0, 0.25, 1, 5, 60])
FLAG = st.sampled_from("ab")
SIMPLE = st.one_of(
    st.tuples(st.sampled_from(["activity", "failing_activity"]), st.integers(0, 9)),
    st.tuples(st.just("sleep"), SECONDS),
    st.tuples(st.sampled_from(["raise", "lower"]), FLAG),
    st.tuples(st.just("wait"), FLAG, SECONDS),
)


def _compound(steps: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(steps, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.just("gather"), several),
        st.tuples(st.just("wait_for"), steps, SECONDS),
        st.tuples(st.just("cancel"), steps, steps),
        st.tuples(st.just("child"), several),
    )


PROGRAM = st.lists(st.recursive(SIMPLE, _compound, max_leaves=6), min_size=1, max_size=4)


def _played(period: str) -> dict[str, str]:
    if period == "never":
        raise ValueError("no such month")
    return {"status": "closed"}


def recorded(workflow: Any, scenario: Scenario, given: Any = None, **options: Any) -> RunResult:
    with WorkflowHarness(workflow, record_histories=True, **options) as harness:
        return harness.run_sync(scenario=scenario, **({} if given is None else {"input": given}))


def _named(name: str, result: RunResult) -> Iterable[tuple[str, dict[str, Any]]]:
    return [(f"{name}#{at}", exported(history)) for at, history in enumerate(result.histories)]


@pytest.fixture(scope="module")
def small_runs() -> dict[type, RunResult]:
    return {
        workflow: recorded(
            workflow, SIGNALS, real=ACTIVITIES, child_workflows=[MONTH_END], busy_loop_s=10
        )
        for workflow in SMALL
    }


@pytest.fixture(scope="module")
def random_runs() -> list[tuple[Any, RunResult]]:
    runs: list[tuple[Any, RunResult]] = []

    @settings(
        max_examples=PROGRAMS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(PROGRAM)
    def run(program: Any) -> None:
        runs.append((program, recorded(programs.Program, SIGNALS, program, mocks=MOCKS)))

    run()
    return runs


def _refused(number: int) -> int:
    raise programs.ApplicationError("refused", type="REFUSED", non_retryable=True)


MOCKS = {"double": lambda number: 2 * number, "refuse": _refused}


@pytest.fixture(scope="module")
def sample_runs() -> dict[str, tuple[list[str], RunResult]]:
    runs = {}
    for bundle in BUNDLES:
        code = [str(bundle), *map(str, children(bundle))]
        scenarios = {**BUILT_IN_SCENARIOS, **load_author_scenarios(bundle)}
        for scenario in scenarios.values():
            result = recorded(bundle, scenario, child_workflows=children(bundle))
            runs[f"{bundle.name}/{scenario.name}"] = code, result
    redacted = recorded(BUNDLES[-1], HAPPY, redact=Redaction(["Slip", "DocumentSubmitted"]))
    runs[f"{BUNDLES[-1].name}/redacted"] = [str(BUNDLES[-1])], redacted
    return runs


@pytest.fixture(scope="module")
def verdicts(
    small_runs: Any, random_runs: Any, sample_runs: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str | None]:
    small = [one for cls, run in small_runs.items() for one in _named(cls.__name__, run)]
    random = [
        one for at, (_, run) in enumerate(random_runs) for one in _named(f"program {at}", run)
    ]
    by_code: dict[tuple[str, ...], dict[str, Any]] = {}
    for name, (code, run) in sample_runs.items():
        by_code.setdefault(tuple(code), {}).update(_named(name, run))
    cases = [Case([MODULE], dict([*small, *random]), ["month-end"])]
    cases += [Case(code, histories) for code, histories in by_code.items()]
    return official_verdicts(cases, tmp_path_factory.mktemp("replayer"))


def _refusals(verdicts: dict[str, str | None], prefix: str) -> dict[str, str]:
    mine = {name: failure for name, failure in verdicts.items() if name.startswith(f"{prefix}#")}
    assert mine, prefix
    return {name: failure for name, failure in mine.items() if failure is not None}


@pytest.mark.parametrize("workflow", SMALL, ids=lambda cls: cls.__name__)
def test_the_history_of_a_small_workflow_is_accepted(
    workflow: type, small_runs: Any, verdicts: dict[str, str | None]
) -> None:
    result = small_runs[workflow]
    expected = UNFINISHED.get(workflow, "failed" if workflow in FAILED else "completed")
    assert result.status == expected, result.error
    if workflow is programs.ChildCancelledWhileItStarts and TEMPORALIO < (1, 25):
        pytest.skip("the core of this temporalio breaks on a child that is cancelled as it starts")
    assert _refusals(verdicts, workflow.__name__) == {}


def test_the_histories_of_every_sample_bundle_in_every_scenario_are_accepted(
    sample_runs: Any, verdicts: dict[str, str | None]
) -> None:
    assert {name.partition("/")[0] for name in sample_runs} == {path.name for path in BUNDLES}
    for name in sample_runs:
        assert _refusals(verdicts, name) == {}


def test_the_histories_of_random_programs_are_accepted(
    random_runs: Any, verdicts: dict[str, str | None]
) -> None:
    assert len(random_runs) > PROGRAMS / 2
    refused = [
        (program, failures)
        for at, (program, _) in enumerate(random_runs)
        if (failures := _refusals(verdicts, f"program {at}"))
    ]
    assert refused == []
