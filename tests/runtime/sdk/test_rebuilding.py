"""A workflow that is rebuilt from what it was activated with goes on as it would have."""

from __future__ import annotations

import pytest

from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.harness import WorkflowHarness
from ntro_testkit.runtime.watchdog import Watchdog
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import RunResult
from tests.bundles import ROOT

pytest.importorskip("temporalio", reason="the backend is temporalio's")

RUNBOOKS = ROOT / "fixtures" / "runbooks"
CHILDREN = {"nav-monthly": ("document-collect", "nav-monthly-journals")}


def harness_of(slug: str) -> WorkflowHarness:
    children = [RUNBOOKS / child for child in CHILDREN.get(slug, ())]
    return WorkflowHarness(
        RUNBOOKS / slug, child_workflows=children, backend="sdk", record_histories=True
    )


def run(harness: WorkflowHarness, scenario: Scenario, at: int | None) -> tuple[RunResult, int]:
    """Run and rebuild every open execution at one quiescence; return how many there were."""
    from ntro_testkit.runtime.sdk.engine import SdkEngine

    prepared = harness.prepare(scenario=scenario)
    engine = SdkEngine(prepared.options, Watchdog(5.0))
    engine.workflows.keep_activations = True
    seen = 0

    def rebuild() -> None:
        nonlocal seen
        seen += 1
        if seen != at:
            return
        for execution in engine.workflows.open_here():
            before = execution.instance
            workflow_class = execution.definition.workflow_class
            engine.workflows.rebuild(execution, workflow_class)
            assert execution.instance is not before

    engine.at_quiescence = rebuild
    ending = engine.run(
        harness.workflow_cls, prepared.arguments, prepared.workflow_id, prepared.run_id
    )
    return harness.result_of(prepared, engine, ending), seen


def told(result: RunResult) -> tuple[object, ...]:
    assert result.histories
    return result.status, result.result, result.error, result.trace, result.histories


CASES = [
    *(
        (slug, name)
        for slug in ("petty-cash", "invoice-batch")
        for name in available_scenarios(RUNBOOKS / slug)
    ),
    ("nav-monthly", "happy"),
]


@pytest.mark.parametrize(("slug", "name"), CASES)
def test_a_workflow_rebuilt_at_any_quiescence_goes_on_as_it_would_have(
    slug: str, name: str
) -> None:
    harness = harness_of(slug)
    scenario = available_scenarios(RUNBOOKS / slug)[name]
    expected, count = run(harness, scenario, None)
    assert count
    for at in range(1, count + 1):
        result, _ = run(harness, scenario, at)
        assert told(result) == told(expected), at
