"""What would hang in production fails here at once, with the exception and its line (D44)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ntro_testkit import RunResult, Scenario
from tests.bundles import line_of, run, run_surviving
from tests.conftest import BundleFactory

FAULTS = {
    "RuntimeError": "raise RuntimeError('boom')",
    "KeyError": "{}['missing']",
    "NameError": "undefined_name",
    "ValidationError": "Amount(value='many')",
    "AssertionError": "assert 1 > 2",
    "AttributeError": "{}.action",
    "ZeroDivisionError": "1 / 0",
    "StopIteration": "next(iter([]))",
    "RecursionError": "for_ever()",
}
MODELS = "class Amount(BaseModel):\n    value: int\n\ndef for_ever():\n    return for_ever()\n"


def assert_task_failed(result: RunResult, exception: str, line: int) -> None:
    error = result.error or ""
    assert result.status == "task-failed", error
    assert exception in error
    assert re.search(r"retr\w+ .*for ever", error)
    assert result.line is not None
    assert result.line.line == line
    assert f"workflow.py:{line}" in error
    assert not result.passed


@pytest.mark.parametrize(
    "name", [n for n in FAULTS if n not in ("StopIteration", "RecursionError")]
)
def test_an_ordinary_exception_in_run_fails_the_task(bundle: BundleFactory, name: str) -> None:
    directory = bundle(run=f"{FAULTS[name]}  # here", models=MODELS)
    assert_task_failed(run(directory), name, line_of(directory, "# here"))


def test_a_stop_iteration_in_run_fails_the_task(bundle: BundleFactory) -> None:
    directory = bundle(run="next(iter([]))  # here")
    assert_task_failed(run(directory), "StopIteration", line_of(directory, "# here"))


def test_endless_recursion_fails_the_task(bundle: BundleFactory) -> None:
    result = run(bundle(run="for_ever()", models=MODELS))
    assert result.status == "task-failed"
    assert "RecursionError" in (result.error or "")


@pytest.mark.parametrize("exit_call", ["sys.exit(0)", "sys.exit('bye')", "raise SystemExit"])
@pytest.mark.parametrize("place", ["run", "predicate", "signal"])
def test_an_exit_in_workflow_code_fails_the_task_and_not_the_process(
    bundle: BundleFactory, exit_call: str, place: str
) -> None:
    """Anything else lets a bundle end the test command with exit code 0 and no report."""
    directory = bundle(
        top=f"import sys\ndef leave():\n    {exit_call}  # here\n",
        run={
            "run": "leave()",
            "predicate": "await runbook.wait_condition(leave)",
            "signal": "await runbook.wait_condition(lambda: False, timeout=60)",
        }[place],
        members="@runbook.signal\ndef poke(self, event: dict) -> None:\n    leave()\n",
    )
    signals: dict[str, Any] = {"start": [("poke", {})]} if place == "signal" else {}
    result = run_surviving(directory, Scenario("exits", signals=signals))
    assert_task_failed(result, "SystemExit", line_of(directory, "# here"))


def test_an_exception_in_a_predicate_fails_the_task(bundle: BundleFactory) -> None:
    directory = bundle(run="await runbook.wait_condition(lambda: {}['missing'])  # here")
    assert_task_failed(run(directory), "KeyError", line_of(directory, "# here"))


def test_an_exception_in_a_predicate_cannot_be_caught_by_the_waiting_code(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        run="""
        try:
            await runbook.wait_condition(lambda: {}["missing"])  # here
        except KeyError:
            return "swallowed"
        """
    )
    assert_task_failed(run(directory), "KeyError", line_of(directory, "# here"))


def test_an_exception_in_on_row_action_fails_the_task(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await self._review()",
        members="""
        def on_row_action(self, action):
            raise RuntimeError("no such row")  # here

        @runbook.step(name="review", title="Review")
        async def _review(self):
            return await self.wait_for_action(payload={})
        """,
    )
    result = run(directory, Scenario("rows", row_actions={"review": [{"row_id": 1}]}))
    assert_task_failed(result, "RuntimeError", line_of(directory, "# here"))


@pytest.mark.parametrize("keyword", ["def", "async def"])
def test_an_exception_in_a_signal_handler_fails_the_task(
    bundle: BundleFactory, keyword: str
) -> None:
    directory = bundle(
        run="await runbook.wait_condition(lambda: False, timeout=60)",
        members=f"""
        @runbook.signal
        {keyword} poke(self, event: dict) -> None:
            event["missing"]  # here
        """,
    )
    result = run(directory, Scenario("poked", signals={"start": [("poke", {})]}))
    assert_task_failed(result, "KeyError", line_of(directory, "# here"))


def test_an_exception_in_init_fails_the_task(bundle: BundleFactory) -> None:
    directory = bundle(
        members="""
        def __init__(self):
            super().__init__()
            undefined_name  # here
        """
    )
    assert_task_failed(run(directory), "NameError", line_of(directory, "# here"))


def test_a_result_of_a_child_that_failed_its_task_names_the_childs_line(
    bundle: BundleFactory,
) -> None:
    child = bundle("child", run="assert False  # here")
    parent = bundle(
        "parent",
        run="""
        try:
            return await self.run_child_workflow(slug="child", input=None)
        except Exception:
            return "swallowed"
        """,
    )
    result = run(parent, children=[child])
    assert_task_failed(result, "AssertionError", line_of(child, "# here"))
    assert str(child) in (result.error or "")


def test_an_exception_in_a_background_task_that_is_awaited_fails_the_task(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        run="""
        async def work():
            await asyncio.sleep(1)
            raise ValueError("late")  # here
        await asyncio.gather(work(), asyncio.sleep(5))
        """
    )
    assert_task_failed(run(directory), "ValueError", line_of(directory, "# here"))


def test_an_exception_group_of_a_task_group_names_what_is_inside(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        async def work():
            raise ValueError("in a group")
        async with asyncio.TaskGroup() as group:
            group.create_task(work())
        """
    )
    result = run(directory)
    assert result.status == "task-failed"
    assert "ValueError" in (result.error or "")
    assert "in a group" in (result.error or "")


def test_an_exception_raised_in_the_helper_module_names_the_helpers_line(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        run="from .helper import work\nwork()",
        files={"templates/helper.py": "def work():\n    raise LookupError('x')\n"},
    )
    result = run(directory)
    assert result.line
    assert (result.line.path, result.line.line) == (str(directory / "templates/helper.py"), 2)


def test_a_documented_user_action_attribute_fails_the_task(bundle: BundleFactory) -> None:
    """D1: `wait_for_action` answers a dict; the documented `.action` hangs in production."""
    directory = bundle(
        run="return (await self.wait_for_action(payload={})).action  # here",
    )
    assert_task_failed(run(directory), "AttributeError", line_of(directory, "# here"))


def test_a_hint_without_a_component_fails_the_task_before_its_gate_opens(
    bundle: BundleFactory,
) -> None:
    """D2."""
    directory = bundle(run="await self.wait_for_action(display_hint={'type': 'review'})  # here")
    result = run(directory)
    assert_task_failed(result, "ValidationError", line_of(directory, "# here"))
    assert result.gates == []


def test_a_limit_of_the_kit_is_not_blamed_on_temporal(bundle: BundleFactory) -> None:
    pytest.importorskip("temporalio", reason="the call is temporalio's")
    directory = bundle(
        top="from temporalio import workflow as temporal", run="temporal.continue_as_new(None)"
    )
    result = run(directory)
    assert not result.passed
    assert "continue_as_new" in (result.error or "")
    assert "for ever" not in (result.error or ""), "on Temporal this call works"


def test_the_start_time_of_a_run_is_known_to_the_workflow(bundle: BundleFactory) -> None:
    """`runbook.info()` is temporalio's on Temporal, where this attribute exists."""
    result = run(bundle(run="return runbook.info().start_time == runbook.now()"))
    assert result.result is True, result.error


@pytest.mark.parametrize(
    "raised", ["WorkflowError('no')", "ApplicationError('no')", "asyncio.TimeoutError('no')"]
)
def test_a_workflow_failure_fails_the_run_not_the_task(bundle: BundleFactory, raised: str) -> None:
    directory = bundle(run=f"raise {raised}  # here")
    result = run(directory)
    assert result.status == "failed"
    assert "for ever" not in (result.error or "")
    assert result.line
    assert result.line.line == line_of(directory, "# here")


def test_a_workflow_error_in_a_signal_handler_fails_the_run(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await runbook.wait_condition(lambda: False)",
        members="""
        @runbook.signal
        def poke(self, event: dict) -> None:
            raise WorkflowError("refused")
        """,
    )
    result = run(directory, Scenario("poked", signals={"start": [("poke", {})]}))
    assert result.status == "failed"
    assert "refused" in (result.error or "")


def test_a_failing_child_fails_its_parent_with_a_child_workflow_error(
    bundle: BundleFactory,
) -> None:
    child = bundle("child", run="raise WorkflowError('closed', type='Closed')")
    parent = bundle("parent", run="await self.run_child_workflow(slug='child', input=None)")
    result = run(parent, children=[child])
    assert result.status == "failed"
    assert "ChildWorkflowError" in (result.error or "")
    assert "closed" in (result.error or "")
    assert [(c.slug, c.status) for c in result.children] == [("child", "failed")]
