"""The two backends issue the same commands in the same order, for all that a bundle can do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import HAPPY, RunResult, Scenario, StandIn, WorkflowHarness
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.trace import Command
from tests.bundles import ROOT, run
from tests.conftest import BundleFactory

pytest.importorskip("temporalio", reason="the backend is temporalio's")

RUNBOOKS = ROOT / "fixtures" / "runbooks"
CHILDREN = {"nav-monthly": ("document-collect", "nav-monthly-journals")}

CASES = [
    pytest.param(directory, name, id=f"{directory.name}-{name}")
    for directory in sorted(RUNBOOKS.iterdir())
    if (directory / "runbook.md").exists()
    for name in available_scenarios(directory)
]


@pytest.mark.parametrize("directory, name", CASES)
def test_fixtures_give_the_same_commands_on_both(directory: Path, name: str) -> None:
    scenario = available_scenarios(directory)[name]
    children = [RUNBOOKS / slug for slug in CHILDREN.get(directory.name, ())]
    local, sdk = (
        WorkflowHarness(directory, child_workflows=children, backend=backend).run_sync(
            scenario=scenario
        )
        for backend in ("local", "sdk")
    )
    assert_same(local, sdk)


BODIES = {
    "a met wait before others": """
        async def waiter():
            await runbook.wait_condition(lambda: True, timeout=MINUTE)
            return await do(one, 1)
        return await asyncio.gather(waiter(), do(one, 2))
    """,
    "timers of three kinds": """
        await asyncio.sleep(5)
        try:
            async with asyncio.timeout(3):
                await asyncio.sleep(60)
        except TimeoutError:
            pass
        try:
            await asyncio.wait_for(asyncio.Event().wait(), 7)
        except TimeoutError:
            pass
        return await do(one, 1)
    """,
    "an activity cancelled by a timeout": """
        try:
            await asyncio.wait_for(do(slow), 5)
        except TimeoutError:
            return await do(one, 1)
    """,
    "a task that is cancelled": """
        task = asyncio.create_task(do(one, 1))
        await asyncio.sleep(0)
        task.cancel()
        try:
            await task
        except ActivityError as error:
            return await do(one, 2)
    """,
    "an activity that fails": """
        try:
            await do(broken)
        except ActivityError as error:
            return [type(error.cause).__name__, error.cause.type, await do(one, 1)]
    """,
    "children side by side": """
        return await self.run_child_workflows(slug="helper", inputs=[{"n": 1}, {"n": 2}])
    """,
    "a child that fails": """
        try:
            await self.run_child_workflow(slug="breaks", input={})
        except Exception as error:
            return [type(error).__name__, await do(one, 1)]
    """,
    "a workflow failure": "raise WorkflowError('no', type='NO')",
    "a task failure": "return [][1]",
    "nothing to wake it": "await runbook.wait_condition(lambda: False)",
    "an unknown child": "await self.run_child_workflow(slug='nobody', input={})",
    "an unregistered activity": """
        await runbook.execute_activity("demo.missing", start_to_close_timeout=MINUTE)
    """,
}
ACTIVITIES = """
@activity.defn(name="demo.one")
async def one(n: int) -> int: ...
@activity.defn(name="demo.slow")
async def slow() -> int: ...
@activity.defn(name="demo.broken")
async def broken() -> int: ...
"""


async def _slow() -> int:
    import asyncio

    await asyncio.sleep(3600)
    return 1


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_bodies_give_the_same_commands_on_both(bundle: BundleFactory, body: str) -> None:
    directory = bundle(activities=ACTIVITIES, run=body)
    options: dict[str, Any] = {
        "mocks": {"demo.one": lambda n: n, "demo.slow": _slow, "demo.broken": ValueError("no")},
        "children": [StandIn("helper", happy={"ok": True}), StandIn("breaks", happy=KeyError("x"))],
    }
    scenario = Scenario(name="same", may_fail=True)
    local = run(directory, scenario, **options)
    sdk = run(directory, scenario, backend="sdk", **options)
    assert_same(local, sdk)


def assert_same(local: RunResult, sdk: RunResult) -> None:
    """Compare two runs; the first command that differs is shown."""
    for number, (ours, theirs) in enumerate(
        zip(local.trace.commands, sdk.trace.commands, strict=False), start=1
    ):
        assert _shown(ours) == _shown(theirs), f"command {number} differs"
    assert len(local.trace.commands) == len(sdk.trace.commands)
    assert (sdk.status, sdk.error) == (local.status, local.error)
    assert _dumped(sdk.result) == _dumped(local.result)
    assert sdk.trace.steps_entered == local.trace.steps_entered
    assert [(g.kind, g.step, g.verdict, g.line) for g in sdk.gates] == [
        (g.kind, g.step, g.verdict, g.line) for g in local.gates
    ]
    assert sdk.trace.snapshots == local.trace.snapshots
    assert [(c.slug, c.status, c.error) for c in sdk.children] == [
        (c.slug, c.status, c.error) for c in local.children
    ]


def _shown(command: Command) -> tuple[Any, ...]:
    attributes = command.attributes
    return (
        command.workflow_id,
        command.task,
        command.kind,
        command.name,
        round(command.at_s, 3),
        command.step,
        command.line,
        attributes.get("args"),
        attributes.get("result"),
        attributes.get("error"),
    )


def _dumped(value: Any) -> Any:
    return value.model_dump() if hasattr(value, "model_dump") else value


def test_the_default_scenario_is_covered() -> None:
    """Without this an empty folder would make every test above vanish."""
    assert len(CASES) > 20
    assert HAPPY.name in {case.values[1] for case in CASES}
