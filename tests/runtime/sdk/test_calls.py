"""Calls of temporalio that only its own engine can answer: patches, updates, attributes."""

from __future__ import annotations

from typing import Any

import pytest

from ntro_testkit import HAPPY, WorkflowHarness
from ntro_testkit.trace import RunResult
from tests.bundles import run
from tests.conftest import BundleFactory

temporal = pytest.importorskip("temporalio.workflow", reason="the backend is temporalio's")

TOP = "from temporalio import workflow\n"


def test_a_new_run_has_every_patch(bundle: BundleFactory) -> None:
    body = "return [workflow.patched('a'), workflow.patched('a')]"
    result = run(bundle(top=TOP, run=body), backend="sdk")
    assert result.result == [True, True]
    first = result.trace.commands[0]
    assert (first.kind, first.name) == ("set_patch_marker", "a")


def test_search_attributes_and_memo_are_taken(bundle: BundleFactory) -> None:
    body = """
    from temporalio.common import SearchAttributeKey
    workflow.upsert_search_attributes([SearchAttributeKey.for_keyword("Team").value_set("nav")])
    workflow.upsert_memo({"note": "x"})
    return workflow.info().typed_search_attributes[SearchAttributeKey.for_keyword("Team")]
    """
    result = run(bundle(top=TOP, run=body), backend="sdk")
    assert result.result == "nav", result.error
    kinds = [command.kind for command in result.trace.commands]
    assert kinds == ["upsert_search_attributes", "modify_properties", "complete_workflow"]


UPDATED = """
@workflow.update
async def add(self, n: int) -> int:
    self.total = getattr(self, "total", 0) + n
    await asyncio.sleep(1)
    return self.total

@add.validator
def check(self, n: int) -> None:
    if n < 0:
        raise ValueError("negative")
"""


def test_updates_are_validated_carried_out_and_answered(bundle: BundleFactory) -> None:
    from ntro_testkit.runtime.sdk.engine import SdkEngine

    body = "await runbook.wait_condition(lambda: getattr(self, 'total', 0) > 4)\nreturn self.total"
    directory = bundle(top=TOP, members=UPDATED, run=body)
    harness = WorkflowHarness(directory, backend="sdk")
    sent: list[Any] = []

    class Updating(SdkEngine):
        """Sends two updates where the agent would act."""

        def _next_event(self) -> bool:
            if len(sent) < 2:
                root = self.workflows.root.workflow_id
                sent.append(self.updates.send(root, "add", [(-1, 5)[len(sent)]]))
                return True
            return super()._next_event()

    harness._engine = Updating
    result: RunResult = harness.run_sync(scenario=HAPPY)
    refused, done = sent
    assert (refused.status, str(refused.error)) == ("rejected", "ValueError: negative")
    assert done.status == "accepted"
    assert result.result == 5
    [warning] = result.trace.warnings
    assert "Workflow finished while update handlers are still running" in warning


@pytest.mark.skipif(
    not hasattr(temporal, "create_nexus_client"),
    reason="this temporalio has no command the kit does not know",
)
def test_a_command_nobody_knows_ends_the_run_with_its_name(bundle: BundleFactory) -> None:
    body = """
    client = workflow.create_nexus_client(endpoint="e", service="s")
    await client.start_operation("op", None, output_type=str)
    """
    result = run(bundle(top=TOP, run=body), backend="sdk")
    assert result.status == "task-failed"
    assert "schedule_nexus_operation" in (result.error or "")


def test_a_task_failure_is_told_once_and_not_logged(
    bundle: BundleFactory, caplog: pytest.LogCaptureFixture
) -> None:
    directory = bundle(run="return missing  # noqa")
    result = run(directory, backend="sdk")
    assert result.status == "task-failed"
    assert result.line is not None
    assert "NameError: name 'missing' is not defined" in (result.error or "")
    assert not caplog.records


def test_random_numbers_are_those_of_the_run_id(bundle: BundleFactory) -> None:
    import random

    from ntro_testkit.runtime.randomness import randomness_seed

    directory = bundle(top=TOP, run="return [workflow.random().random(), workflow.info().run_id]")
    number, run_id = run(directory, backend="sdk").result
    assert number == random.Random(randomness_seed(run_id)).random()
