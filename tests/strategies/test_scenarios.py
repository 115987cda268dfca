"""Whole scenarios: every one can be run, pasted, and names only what there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("hypothesis", reason="the strategies need hypothesis")

from ntro_testkit import HAPPY, MockError, Scenario, StandIn, WorkflowHarness
from ntro_testkit.decisions import DIALECTS
from ntro_testkit.scenario_source import scenario_source
from ntro_testkit.schedule import ActivityCompletes, AgentAnswers, SignalArrives, TimerFires
from ntro_testkit.strategies import scenarios
from tests.bundles import pasted
from tests.conftest import BundleFactory
from tests.strategies.drawing import drawn, is_drawn
from tests.test_fixtures import (
    BUNDLES,
    RUNBOOKS,
    children,
    skip_without_temporalio,
)

PETTY_CASH = RUNBOOKS / "petty-cash"
FIELDS = (
    "decisions",
    "corrections",
    "row_actions",
    "timeouts",
    "activity_failures",
    "signals",
    "schedule",
)


@pytest.mark.parametrize("directory", BUNDLES, ids=lambda path: path.name)
def test_a_sample_bundle_comes_to_an_end_in_every_scenario(directory: Path) -> None:
    skip_without_temporalio(directory)
    harness = WorkflowHarness(directory, child_workflows=children(directory))
    examples = drawn(scenarios(harness), 5)
    for scenario in examples:
        result = harness.run_sync(scenario=scenario)
        assert result.status in {"completed", "failed"}, result.summary()
        assert not [warning for warning in result.trace.warnings if "names `" in warning]


def test_the_simplest_scenario_is_happy() -> None:
    [found] = drawn(scenarios(PETTY_CASH), 1)
    assert Scenario(**vars(found) | {"name": "happy"}) == Scenario(**vars(HAPPY) | {"timeouts": ()})


def test_everything_that_a_scenario_can_hold_is_drawn() -> None:
    strategy = scenarios(RUNBOOKS / "document-collect")
    examples = drawn(strategy, 40)
    for name in FIELDS:
        assert any(getattr(scenario, name) for scenario in examples) or is_drawn(
            strategy, lambda scenario, name=name: bool(getattr(scenario, name))
        )
    for dialect in DIALECTS:
        assert any(scenario.dialect == dialect for scenario in examples) or is_drawn(
            strategy, lambda scenario, dialect=dialect: scenario.dialect == dialect
        )


def test_a_schedule_holds_only_what_is_possible_after_what_comes_before() -> None:
    harness = WorkflowHarness(PETTY_CASH)
    strategy = scenarios(harness)
    for kind in (ActivityCompletes, AgentAnswers, SignalArrives, TimerFires):
        assert is_drawn(
            strategy,
            lambda scenario, kind=kind: any(isinstance(each, kind) for each in scenario.schedule),
        )
    for scenario in drawn(strategy, 20):
        assert not harness.run_sync(scenario=scenario).trace.warnings


def test_scenarios_have_the_same_name_exactly_where_they_say_the_same() -> None:
    first, second = (drawn(scenarios(PETTY_CASH), 8) for _ in range(2))
    assert [scenario.name for scenario in first] == [scenario.name for scenario in second]
    assert len({scenario.name for scenario in first}) == len(set(map(repr, first)))


def test_a_scenario_can_be_pasted_and_does_the_same() -> None:
    harness = WorkflowHarness(PETTY_CASH)
    for scenario in drawn(scenarios(harness), 8):
        again = harness.run_sync(scenario=pasted(scenario_source(scenario)))
        once = harness.run_sync(scenario=scenario)
        assert (again.status, again.error, again.result) == (once.status, once.error, once.result)


def test_rows_that_a_review_shows_are_corrected_by_their_names(bundle: BundleFactory) -> None:
    made = bundle(
        run="return await self.review()",
        members="""
        @runbook.step(name="review", title="Review")
        async def review(self):
            rows = [{"line_id": "line-7", "amount": "1.00", "text": "rent"}]
            return await self.wait_for_action(payload={"lines": rows})
        """,
    )
    strategy = scenarios(made)

    def edits(scenario: Scenario) -> Any:
        return scenario.corrections.get("review", ())

    for field in ("amount", "text"):
        ours = {"line_id": "line-7", "field": field}.items()
        assert is_drawn(
            strategy, lambda scenario, ours=ours: any(ours <= e.items() for e in edits(scenario))
        )
    assert is_drawn(
        strategy, lambda scenario: any("line_id" not in edit for edit in edits(scenario))
    )


def test_a_bundle_with_children_takes_the_options_of_the_harness(bundle: BundleFactory) -> None:
    made = bundle(
        run='return await self.run_child_workflow(slug="ingest", input=None, step_id="load")'
    )
    with_child = scenarios(made, child_workflows=[StandIn("ingest", happy="done")])
    assert drawn(with_child, 5)


def test_an_activity_that_nothing_can_answer_is_told_before_anything_is_drawn(
    bundle: BundleFactory,
) -> None:
    made = bundle(
        run="return await do(activities.load)",
        activities="@activity.defn\nasync def load(): ...\n",
    )
    with pytest.raises(MockError, match="`load` has no return annotation"):
        scenarios(made)
