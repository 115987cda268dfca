"""Histories of runs on temporalio's instance are accepted by its own Replayer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import RunResult, Scenario, WorkflowHarness
from ntro_testkit.author_scenarios import available_scenarios
from tests.bundles import ROOT, run, write_bundle
from tests.replay.official import Case, exported, official_verdicts

pytest.importorskip("temporalio", reason="the Replayer is temporalio's")

RUNBOOKS = ROOT / "fixtures" / "runbooks"
CHILDREN = {"nav-monthly": ("document-collect", "nav-monthly-journals")}
MAY_FAIL = Scenario(name="may_fail", may_fail=True)

TOP = """
from temporalio import workflow
from ntro.workflow._base import _resolve_workflow_class

async def start(**options):
    return await workflow.start_child_workflow(_resolve_workflow_class("child"), id="c", **options)

async def local():
    return await workflow.execute_local_activity("demo.local", start_to_close_timeout=MINUTE)

async def outcome(task):
    try:
        return await task
    except BaseException as error:
        return type(error).__name__
"""
ONE = """
@activity.defn(name="demo.one")
async def one() -> int: ...
@activity.defn(name="demo.local")
async def one_local() -> int: ...
"""
CHILD = """
await runbook.wait_condition(lambda: hasattr(self, "words"))
await workflow.get_external_workflow_handle(workflow.info().parent.workflow_id).signal("told", "x")
return self.words
"""
HEARS = "@runbook.signal\ndef told(self, word: str) -> None:\n    self.words = word\n"
CANCEL = """
task = workflow.start_activity(
    "demo.one", start_to_close_timeout=MINUTE,
    cancellation_type=workflow.ActivityCancellationType.{kind},
)
waiter = asyncio.create_task(outcome(task))
await asyncio.sleep({wait})
task.cancel()
await waiter
await asyncio.sleep(1)
"""
BODIES = {
    "patched": "workflow.patched('a')\nawait do(one)\nworkflow.deprecate_patch('b')",
    "timers": "await outcome(asyncio.wait_for(asyncio.Event().wait(), 2))\nawait do(one)",
    "met-wait": "await asyncio.gather("
    "runbook.wait_condition(lambda: True, timeout=MINUTE), do(one))\nawait asyncio.sleep(3)",
    **{
        f"cancel-{kind}-{wait}": CANCEL.format(kind=kind, wait=wait)
        for kind in ("TRY_CANCEL", "WAIT_CANCELLATION_COMPLETED", "ABANDON")
        for wait in (0, 1)
    },
    "child-signals": "handle = await start()\nawait handle.signal('told', 'y')\nawait handle\n"
    "await runbook.wait_condition(lambda: hasattr(self, 'words'))",
    "child-cancelled": "handle = await start()\nhandle.cancel()\nawait outcome(handle)\n"
    "await do(one)",
    "child-given-up": "handle = await start("
    "cancellation_type=workflow.ChildWorkflowCancellationType.TRY_CANCEL)\n"
    "handle.cancel()\nawait outcome(handle)\nawait do(one)",
    "child-twice": "await start()\nawait outcome(start())\nawait do(one)",
    "signal-to-nobody": "await outcome("
    "workflow.get_external_workflow_handle('nobody').signal('told', 'x'))\nawait do(one)",
    "cancel-of-another": "handle = await start()\n"
    "await workflow.get_external_workflow_handle('c').cancel()\nawait outcome(handle)",
    "local": "await outcome(local())\nawait do(one)",
    "local-beside": "await asyncio.gather(local(), do(one), asyncio.sleep(2), local())",
    "local-slow": "await local()\nawait do(one)",
    "local-fails": "await outcome(local())\nawait do(one)",
    "memo": "workflow.upsert_memo({'note': 'x'})\nawait do(one)",
    "failure": "await do(one)\nraise WorkflowError('no', type='NO')",
}


def recorded(directory: Path, children: list[Path], **options: Any) -> RunResult:
    return run(directory, children=children, backend="sdk", record_histories=True, **options)


def case(name: str, result: RunResult, bundles: list[Path]) -> Case:
    histories = {
        f"{name}[{number}]": exported(history) for number, history in enumerate(result.histories)
    }
    return Case(list(map(str, bundles)), histories)


async def _slow() -> int:
    import asyncio

    await asyncio.sleep(50)
    return 1


def test_the_replayer_accepts_what_a_run_did(tmp_path: Path) -> None:
    cases: list[Case] = []
    for name, body in BODIES.items():
        folder = tmp_path / name
        demo = write_bundle(folder, "demo", top=TOP, activities=ONE, members=HEARS, run=body)
        child = write_bundle(folder, "child", top=TOP, members=HEARS, run=CHILD)
        mocks = {
            "demo.one": _slow if name.startswith("cancel-") else 7,
            "demo.local": {"local-slow": _slow, "local-fails": ValueError("no")}.get(name, 7),
        }
        result = recorded(demo, [child], scenario=MAY_FAIL, mocks=mocks)
        assert result.status in {"completed", "failed"}, f"{name}: {result.error}"
        cases.append(case(name, result, [demo, child]))
    again = write_bundle(
        tmp_path / "again",
        top=TOP,
        takes="n: int",
        run="await asyncio.sleep(1)\nif n < 2:\n    workflow.continue_as_new(n + 1)\nreturn n",
    )
    cases.append(case("continued", recorded(again, [], input=0), [again]))
    for directory in sorted(RUNBOOKS.iterdir()):
        children = [RUNBOOKS / slug for slug in CHILDREN.get(directory.name, ())]
        for name, scenario in available_scenarios(directory).items():
            result = recorded(directory, children, scenario=scenario)
            cases.append(case(f"{directory.name}-{name}", result, [directory, *children]))
    verdicts = official_verdicts(cases, tmp_path)
    assert len(verdicts) > 60
    assert {name: failure for name, failure in verdicts.items() if failure} == {}


def test_the_same_run_gives_the_same_bytes_and_no_places_of_this_machine() -> None:
    scenario = available_scenarios(RUNBOOKS / "nav-monthly")["late_source"]
    children = [RUNBOOKS / slug for slug in CHILDREN["nav-monthly"]]
    first, second = (
        json.dumps([list(history.events) for history in result.histories])
        for result in (
            recorded(RUNBOOKS / "nav-monthly", children, scenario=scenario) for _ in range(2)
        )
    )
    assert first == second
    assert str(ROOT) not in first


def test_nothing_is_recorded_unless_it_is_asked_for() -> None:
    harness = WorkflowHarness(RUNBOOKS / "petty-cash", backend="sdk")
    assert harness.run_sync().histories == []
