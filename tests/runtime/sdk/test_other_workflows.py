"""Children, signals and cancellations between workflows on temporalio's instance."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from ntro_testkit import RunResult, Scenario, StandIn
from ntro_testkit.trace import run_tree
from tests.bundles import run
from tests.conftest import BundleFactory

pytest.importorskip("temporalio", reason="the backend is temporalio's")

TOP = "from temporalio import workflow\n"
MAY_FAIL = Scenario(name="may_fail", may_fail=True)

HEARS = """
@runbook.signal
def told(self, word: str) -> None:
    self.words = [*getattr(self, "words", []), word]
"""
WAITS = "await runbook.wait_condition(lambda: hasattr(self, 'words'))\nreturn self.words"


def kinds(result: RunResult, workflow_id: str | None = None) -> list[str]:
    wanted = workflow_id or result.workflow_id
    return [c.kind for c in result.trace.commands if c.workflow_id == wanted]


def pair(bundle: BundleFactory, parent: str, child: str, **parts: Any) -> tuple[Path, Path]:
    return (
        bundle("demo", top=TOP, run=parent, members=HEARS),
        bundle("child", top=TOP, run=child, members=HEARS, **parts),
    )


def on_sdk(pair: tuple[Path, Path], **options: Any) -> RunResult:
    return run(pair[0], MAY_FAIL, backend="sdk", children=[pair[1]], **options)


START = """
from ntro.workflow._base import _resolve_workflow_class
async def start(id, **options):
    child = _resolve_workflow_class("child")
    return await workflow.start_child_workflow(child, id=id, **options)
"""


def test_a_parent_signals_its_child_and_waits_until_it_has_arrived(bundle: BundleFactory) -> None:
    body = START + "handle = await start('c')\nawait handle.signal('told', 'hello')\n"
    result = on_sdk(pair(bundle, body + "return await handle", WAITS))
    assert result.result == ["hello"]
    assert kinds(result) == [
        "start_child_workflow",
        "signal_external_workflow",
        "complete_workflow",
    ]


def test_a_child_signals_its_parent(bundle: BundleFactory) -> None:
    child = """
    parent = workflow.get_external_workflow_handle(workflow.info().parent.workflow_id)
    await parent.signal("told", "from below")
    """
    body = START + "handle = await start('c')\nawait handle\n" + WAITS
    assert on_sdk(pair(bundle, body, child)).result == ["from below"]


def test_a_signal_to_nobody_fails_where_it_is_sent(bundle: BundleFactory) -> None:
    body = "await workflow.get_external_workflow_handle('nobody').signal('told', 'x')"
    result = run(bundle(top=TOP, run=body), MAY_FAIL, backend="sdk")
    assert result.status == "failed"
    assert "not found" in (result.error or "")


def test_an_id_that_is_taken_is_refused(bundle: BundleFactory) -> None:
    body = START + dedent("""
    await start("c")
    try:
        await start("c")
    except Exception as error:
        return type(error).__name__
    """)
    assert on_sdk(pair(bundle, body, WAITS)).result == "WorkflowAlreadyStartedError"


def test_a_cancelled_child_ends_as_cancelled_and_its_parent_is_told(bundle: BundleFactory) -> None:
    body = START + dedent("""
    handle = await start("c")
    handle.cancel()
    try:
        await handle
    except Exception as error:
        return [type(error).__name__, type(error.__cause__).__name__]
    """)
    result = on_sdk(pair(bundle, body, WAITS))
    assert result.result == ["ChildWorkflowError", "CancelledError"]
    assert kinds(result, "c") == ["cancel_workflow"]


@pytest.mark.parametrize("kind", ["ABANDON", "TRY_CANCEL"])
def test_a_parent_that_does_not_wait_for_the_cancellation_goes_on(
    bundle: BundleFactory, kind: str
) -> None:
    body = START + dedent(f"""
    handle = await start(
        "c", cancellation_type=workflow.ChildWorkflowCancellationType.{kind}
    )
    handle.cancel()
    try:
        await handle
    except Exception:
        await asyncio.sleep(1)
        return "went on"
    """)
    stubborn = """
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        await asyncio.sleep(50)
    """
    result = on_sdk(pair(bundle, body, stubborn))
    assert (result.result, result.virtual_duration_s) == ("went on", 1)


def test_a_child_of_a_closed_child_is_terminated(bundle: BundleFactory) -> None:
    bundle("grand", top=TOP, run="await asyncio.sleep(100)\nreturn 1")
    middle = """
    from ntro.workflow._base import _resolve_workflow_class
    await workflow.start_child_workflow(_resolve_workflow_class("grand"), id="g")
    return 2
    """
    body = START + "handle = await start('c')\nawait handle\nawait asyncio.sleep(500)"
    demo, child = pair(bundle, body, middle)
    result = run(demo, backend="sdk", children=[child, demo.parent / "grand"])
    [grand] = [each for each in run_tree(result.children) if each.workflow_id == "g"]
    assert (grand.status, grand.error) == ("failed", "terminated with its parent")
    assert "complete_workflow" not in kinds(result, "g")


def test_a_cancellation_of_another_workflow_reaches_it(bundle: BundleFactory) -> None:
    body = START + dedent("""
    handle = await start("c")
    await workflow.get_external_workflow_handle("c").cancel()
    try:
        await handle
    except Exception as error:
        return type(error.__cause__).__name__
    """)
    assert on_sdk(pair(bundle, body, WAITS)).result == "CancelledError"


def test_a_stand_in_takes_signals_and_gives_a_model(bundle: BundleFactory) -> None:
    from pydantic import BaseModel

    class Answer(BaseModel):
        n: int

    body = "return (await self.run_child_workflow(slug='helper', input={})).n"
    result = run(bundle(run=body), backend="sdk", children=[StandIn("helper", happy=Answer(n=3))])
    assert result.result == 3


AGAIN = "if count < 3:\n    workflow.continue_as_new(count + 1)\nreturn count"


def test_a_workflow_continues_as_new_until_it_returns(bundle: BundleFactory) -> None:
    directory = bundle(top=TOP, takes="count: int", run=AGAIN)
    result = run(directory, backend="sdk", input=0, record_histories=True)
    assert result.result == 3
    assert [c.kind for c in result.trace.commands] == ["continue_as_new"] * 3 + [
        "complete_workflow"
    ]
    run_ids = [history.run_id for history in result.histories]
    assert len(set(run_ids)) == 4
    started = result.histories[1].events[0]["workflowExecutionStartedEventAttributes"]
    assert started["continuedExecutionRunId"] == run_ids[0]
    assert started["firstExecutionRunId"] == run_ids[0]


def test_a_child_continues_as_new_and_its_parent_gets_the_last_result(
    bundle: BundleFactory,
) -> None:
    body = "return await self.run_child_workflow(slug='child', input=1)"
    result = on_sdk(pair(bundle, body, AGAIN, takes="count: int"))
    assert result.result == 3


def test_a_workflow_that_continues_for_ever_is_stuck(bundle: BundleFactory) -> None:
    body = "await asyncio.sleep(60)\nworkflow.continue_as_new()"
    result = run(bundle(top=TOP, run=body), backend="sdk")
    assert result.status == "stuck"
    assert "`demo` called `continue_as_new` 100 times" in (result.error or "")
