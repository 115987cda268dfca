"""The search visits every schedule there is, and none that is equivalent to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ntro_testkit import HAPPY, Scenario, WorkflowHarness
from ntro_testkit.checks.comparing import outcome_lines
from ntro_testkit.explore.repertoire import Bounds, Repertoire
from ntro_testkit.explore.search import Budget, Exhaustive, at_random
from ntro_testkit.explore.walk import Walked, Walker
from tests.explore.programs import interpreter, performing

hypothesis = pytest.importorskip("hypothesis", reason="property tests need hypothesis")
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

POKED = Scenario("poked", signals={"start": [("poke", "now")]})

TWO_CHILDREN = [
    "par",
    ["child", "one", ["seq", ["call", "a"], ["call", "b"]]],
    ["child", "two", ["seq", ["call", "c"], ["call", "d"]]],
]


@pytest.fixture(scope="module")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkflowHarness]:
    with interpreter(tmp_path_factory.mktemp("programs")) as made:
        yield made


def walker(harness: WorkflowHarness, program: Any, scenario: Scenario = HAPPY) -> Walker:
    experiment = performing(harness, program)
    return Walker(experiment, scenario, Repertoire(experiment.run(scenario), Bounds(1, 1)))


def all_walks(
    harness: WorkflowHarness, program: Any, scenario: Scenario = HAPPY, *, merge: bool = True
) -> list[Walked]:
    search = Exhaustive(walker(harness, program, scenario), merge=merge)
    walks = list(search.walks(Budget(3_000, 60)))
    assert search.done
    return walks


def outcomes(walks: list[Walked]) -> set[tuple[str, ...]]:
    """What became of each workflow; the order among workflows is not what they can see."""
    found = set()
    for walked in walks:
        if walked.whole:
            ended = outcome_lines(walked.run)[-1]
            found.add((*sorted(outcome_lines(walked.run)[:-1]), ended))
    return found


def words(walks: list[Walked]) -> list[str]:
    runs = [walked.run for walked in walks if walked.whole]
    return sorted(",".join(map(str, run.result)) for run in runs if run.status == "completed")


@pytest.mark.parametrize(("width", "orders"), [(1, 1), (2, 2), (3, 6), (4, 24)])
def test_every_order_of_activities_is_tried_once(
    harness: WorkflowHarness, width: int, orders: int
) -> None:
    calls = [["call", letter] for letter in "abcd"[:width]]
    found = words(all_walks(harness, ["par", *calls]))
    assert len(found) == len(set(found)) == orders


def test_the_usual_order_comes_first_and_departures_are_few_at_first(
    harness: WorkflowHarness,
) -> None:
    walks = all_walks(harness, ["par", ["call", "a"], ["call", "b"], ["call", "c"]])
    departures = [sum(choice > 0 for choice in walked.path) for walked in walks]
    assert walks[0].run.result == ["a", "b", "c"]
    assert departures == sorted(departures)


def test_orders_among_workflows_that_share_nothing_are_merged(harness: WorkflowHarness) -> None:
    merged = all_walks(harness, TWO_CHILDREN)
    every = all_walks(harness, TWO_CHILDREN, merge=False)
    assert outcomes(merged) == outcomes(every)
    assert len(words(merged)) < len(words(every)) / 2


def test_orders_that_change_what_time_it_is_are_not_merged(harness: WorkflowHarness) -> None:
    looks = ["child", "two", ["seq", ["call", "a"], ["look"], ["call", "b"]]]
    program = ["par", ["child", "one", ["sleep", 60]], looks]
    merged = outcomes(all_walks(harness, program))
    assert merged == outcomes(all_walks(harness, program, merge=False))
    assert len(merged) > 1


def test_orders_a_workflow_can_see_are_not_merged(harness: WorkflowHarness) -> None:
    walks = all_walks(harness, ["seq", ["call", "a"], ["wait", 2], ["call", "b"]], POKED)
    assert set(words(walks)) >= {"a,now,b", "now,a,b", "now,a,now,b", "a,now,now,b", "now,now,a,b"}


def test_a_signal_comes_early_late_and_twice(harness: WorkflowHarness) -> None:
    program = ["seq", ["call", "a"], ["sleep", 30]]
    found = set(words(all_walks(harness, program, POKED)))
    early, late, twice, never = "now,a,slept", "a,now,slept", "now,a,now,slept", "a,slept"
    assert found >= {early, late, twice, never}


def test_a_timer_fires_before_who_could_act(harness: WorkflowHarness) -> None:
    program = ["par", ["sleep", 60], ["call", "a"]]
    assert words(all_walks(harness, program)) == ["a,slept", "slept,a"]


def test_a_run_that_differs_each_time_strays(harness: WorkflowHarness) -> None:
    steady = walker(harness, ["par", ["call", "a"], ["call", "b"]])
    walked = steady.walk((7,))
    assert walked.strayed
    assert not walked.whole


def test_chance_repeats_itself_for_the_same_seed(harness: WorkflowHarness) -> None:
    program = ["par", *(["call", letter] for letter in "abcdef")]
    first, same, other = (
        [walked.path for walked in at_random(walker(harness, program), Budget(20, 60), seed)]
        for seed in (7, 7, 8)
    )
    assert len(first) == 20
    assert first == same != other


def test_a_budget_ends_the_search(harness: WorkflowHarness) -> None:
    program = ["par", *(["call", letter] for letter in "abcdef")]
    search = Exhaustive(walker(harness, program))
    assert len(list(search.walks(Budget(10, 60)))) == 10
    assert not search.done
    assert list(Exhaustive(walker(harness, program)).walks(Budget(10, 0))) == []


LEAVES = st.one_of(
    st.tuples(st.just("call"), st.sampled_from("ab")),
    st.tuples(st.just("sleep"), st.sampled_from([30, 90])),
    st.tuples(st.just("wait"), st.integers(1, 3)),
    st.tuples(st.just("look")),
)
INNER = st.one_of(
    LEAVES,
    st.tuples(st.just("seq"), LEAVES, LEAVES),
    st.tuples(st.just("par"), LEAVES, LEAVES),
)
CHILDREN = st.tuples(st.just("child"), st.sampled_from(["one", "two"]), INNER)
BRANCHES = st.one_of(INNER, CHILDREN)
PROGRAMS = st.tuples(st.sampled_from(["par", "seq"]), BRANCHES, BRANCHES)


@given(program=PROGRAMS, scenario=st.sampled_from([HAPPY, POKED]))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_merging_loses_no_outcome(
    harness: WorkflowHarness, program: Any, scenario: Scenario
) -> None:
    every = Exhaustive(walker(harness, program, scenario), merge=False)
    walks = list(every.walks(Budget(400, 60)))
    hypothesis.assume(every.done)
    assert outcomes(all_walks(harness, program, scenario)) == outcomes(walks)
