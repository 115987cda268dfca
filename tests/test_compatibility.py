"""A script written for `ntro.testing` 0.1.2 runs after only its import line changed."""

from __future__ import annotations

import inspect
import json

import pytest

import ntro_testkit
from tests.bundles import script
from tests.conftest import BundleFactory

SCRIPT = '''
"""Local scenarios of the fund close, as `ntro.testing` documents them."""

import asyncio
import json
import sys

from ntro.testing import (
    BUILT_IN_SCENARIOS,
    HAPPY,
    REJECT_ALL,
    RunResult,
    Scenario,
    StepEvent,
    WorkflowHarness,
    load_runbook,
    load_runbook_with_children,
    report,
)

PARENT, CHILD = sys.argv[1:3]
CUSTOM = Scenario(
    "custom",
    True,
    {"review": "rejected"},
    {"review": [{"line_index": 0, "field": "amount", "new_value": "1"}]},
    {"document_submitted": {"document_ref": "ref-1"}},
)


async def main() -> None:
    parent, children, activities = load_runbook_with_children(PARENT, children_dirs=[CHILD])
    results = []
    async with WorkflowHarness(
        parent, child_workflows=children, extra_activities=[]
    ) as harness:
        for scenario in [*BUILT_IN_SCENARIOS.values(), CUSTOM]:
            result = await harness.run(
                input={"period": "2026-01"}, scenario=scenario, timeout_s=10.0
            )
            assert isinstance(result, RunResult)
            results.append(result)
    child, _ = load_runbook(CHILD, workflow_class="ChildWorkflow", activity_modules=["activities"])
    async with WorkflowHarness(child) as harness:
        results.append(await harness.run(input={"n": 1}))
    async with WorkflowHarness(parent, child_workflows=[child], extra_activities=activities) as h:
        results.append(await h.run(input={"period": "2026-01"}, scenario=HAPPY))
    for result in results:
        event = result.events[-1]
        assert isinstance(event, StepEvent)
        assert (event.kind, event.workflow_id) == ("done", result.workflow_id)
        assert event.timestamp_s >= 0 and isinstance(event.detail, dict)
    rows = json.loads(report.json(results))
    assert report.human(results).splitlines()[-1].startswith("summary: ")
    print(json.dumps([[row["scenario"], row["status"]] for row in rows]))
    print(json.dumps([result.result for result in results]))


asyncio.run(main())
'''

BUNDLES = {
    "parent": {
        "models": "class Context(BaseModel):\n    period: str\n",
        "takes": "ctx: Context",
        "activities": """
        @activity.defn(name="parent.read")
        async def read(ref: str) -> dict[str, Any]: ...
        """,
        "members": """
        def __init__(self):
            super().__init__()
            self.seen = []

        @runbook.signal
        def document_submitted(self, event: dict) -> None:
            self.seen.append(event)

        @runbook.step(name="review", title="Review")
        async def _review(self):
            return await self.wait_for_action(payload={})
        """,
        "run": """
        await self.await_signal_with_action(
            predicate=lambda: bool(self.seen),
            action=asks_for("document_submitted", runbook.info().workflow_id),
            timeout=timedelta(hours=24),
        )
        await do(read, self.seen[0]["document_ref"])
        answer = await self._review()
        await self.run_child_workflow(slug="child", input={"n": 1})
        return [answer["type"], len(answer.get("corrections", [])), ctx.period]
        """,
    },
    "child": {"takes": "ctx: dict[str, Any]", "run": "return ctx['n']"},
}


def test_a_script_for_ntro_testing_runs_with_its_import_line_changed(
    bundle: BundleFactory,
) -> None:
    parent, child = (bundle(slug, **parts) for slug, parts in BUNDLES.items())
    source = SCRIPT.replace("from ntro.testing import", "from ntro_testkit import")
    assert source != SCRIPT
    runner = f"import sys; sys.argv = ['script', {str(parent)!r}, {str(child)!r}]\n"
    done = script(runner + source)
    assert done.returncode == 0, done.stderr
    statuses, results = map(json.loads, done.stdout.splitlines())
    assert statuses == [
        ["happy", "completed"],
        ["reject_all", "completed"],
        ["custom", "completed"],
        ["happy", "completed"],
        ["happy", "completed"],
    ]
    assert results == [
        ["approved", 0, "2026-01"],
        ["rejected", 0, "2026-01"],
        ["rejected", 1, "2026-01"],
        1,
        ["approved", 0, "2026-01"],
    ]


OLD_NAMES = [
    "BUILT_IN_SCENARIOS",
    "HAPPY",
    "REJECT_ALL",
    "RunResult",
    "Scenario",
    "StepEvent",
    "WorkflowHarness",
    "load_runbook",
    "load_runbook_with_children",
    "report",
]


@pytest.mark.parametrize("name", OLD_NAMES)
def test_every_name_of_ntro_testing_is_there(name: str) -> None:
    assert getattr(ntro_testkit, name) is not None
    assert name in ntro_testkit.__all__


@pytest.mark.parametrize(
    "function, keywords",
    [
        (ntro_testkit.load_runbook, {"workflow_class", "activity_modules"}),
        (ntro_testkit.load_runbook_with_children, {"children_dirs", "workflow_class"}),
        (ntro_testkit.WorkflowHarness, {"child_workflows", "extra_activities"}),
        (ntro_testkit.WorkflowHarness.run, {"input", "scenario", "timeout_s"}),
    ],
)
def test_the_old_keywords_are_accepted(function: object, keywords: set[str]) -> None:
    assert keywords <= set(inspect.signature(function).parameters)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [None, []])
def test_the_old_way_to_say_no_children_is_accepted(bundle: BundleFactory, given: object) -> None:
    cls, _ = ntro_testkit.load_runbook(bundle(run="return 1"))
    with ntro_testkit.WorkflowHarness(
        cls,
        child_workflows=given,  # type: ignore[arg-type]
        extra_activities=given,  # type: ignore[arg-type]
    ) as harness:
        assert harness.run_sync(scenario=None).result == 1


def test_old_records_are_built_with_the_old_fields() -> None:
    event = ntro_testkit.StepEvent("review", "id", {"response": "approved"}, 0.5)
    result = ntro_testkit.RunResult("happy", "id", "failed", None, "boom", [event], 0.1)
    assert "happy" in ntro_testkit.report.human([result])
    [row] = json.loads(ntro_testkit.report.json([result]))
    assert (row["status"], row["error"]) == ("failed", "boom")
    assert "boom" in result.summary()
