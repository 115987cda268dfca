"""The backends `local` and `sdk` write the same history for the same run, to the last byte.

Nothing is exempt: times are virtual, ids follow from names, failures have no stack traces, and
neither writes the version of temporalio.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("temporalio", reason="histories need temporalio")

from ntro_testkit import HAPPY, RunResult, Scenario, StandIn, WorkflowHarness
from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.replay.recording.corpus import history_text
from ntro_testkit.replay.recording.variations import variations
from tests.bundles import run
from tests.conftest import BundleFactory
from tests.test_fixtures import BUNDLES, children


@pytest.mark.parametrize("directory", BUNDLES, ids=lambda path: path.name)
def test_every_scenario_of_a_sample_bundle(directory: Path) -> None:
    local, sdk = (
        WorkflowHarness(
            directory,
            child_workflows=children(directory),
            backend=backend,
            record_histories=True,
            snapshots=False,
        )
        for backend in ("local", "sdk")
    )
    scenarios = list(available_scenarios(directory).values())
    scenarios += variations(local.run_sync(scenario=HAPPY).trace)
    assert len(scenarios) >= 5
    for scenario in scenarios:
        assert_same(local.run_sync(scenario=scenario), sdk.run_sync(scenario=scenario))


TOP = """
from temporalio import workflow as temporal
from temporalio.common import RetryPolicy, WorkflowIDReusePolicy
"""

OPTIONS = """
await temporal.execute_activity(
    "demo.one",
    schedule_to_start_timeout=timedelta(seconds=90),
    start_to_close_timeout=MINUTE,
    heartbeat_timeout=timedelta(milliseconds=1500),
    task_queue="elsewhere",
    retry_policy=RetryPolicy(
        initial_interval=timedelta(seconds=3),
        maximum_attempts=4,
        non_retryable_error_types=["NO"],
    ),
)
from ntro.workflow._base import _resolve_workflow_class
await runbook.execute_child_workflow(
    _resolve_workflow_class("helper"),
    {"n": 1},
    id="helper",
    parent_close_policy=temporal.ParentClosePolicy.ABANDON,
    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
    execution_timeout=timedelta(hours=3),
    run_timeout=timedelta(hours=2),
    task_timeout=timedelta(seconds=20),
    task_queue="elsewhere",
    retry_policy=RetryPolicy(maximum_interval=timedelta(seconds=7)),
)
"""

CHAIN = """
try:
    await do(broken)
except ActivityError:
    try:
        raise KeyError
    except KeyError as error:
        raise WorkflowError("no", type="NO") from error
"""

WAITS = """
await self.await_signal_with_action(
    predicate=lambda: hasattr(self, "event"),
    action=asks_for("{signal}", runbook.info().workflow_id),
    timeout=timedelta(hours=2),
)
await do(one)
"""

HANDLERS = """
@runbook.signal
def given(self, event: Item) -> None:
    self.event = event

@runbook.signal
def rung(self) -> None:
    self.event = None
"""

ACTIVITIES = """
@activity.defn(name="demo.one")
async def one() -> int: ...

@activity.defn(name="demo.broken")
async def broken() -> int: ...
"""

SURPLUS = "a signal without parameters"
"""Uploads send a payload all the same: temporalio 1.25 fails the task over it, 1.35 does not."""

BODIES = {
    "options": OPTIONS,
    "a chain of causes": CHAIN,
    "a child that says nothing": "await self.run_child_workflow(slug='breaks', input={})",
    "a signal": WAITS.format(signal="given"),
    SURPLUS: WAITS.format(signal="rung"),
    "a signal nobody handles": WAITS.format(signal="unheard"),
    "a signal that does not fit": WAITS.format(signal="given"),
}


@pytest.mark.parametrize("name", BODIES)
def test_what_no_sample_bundle_does(
    bundle: BundleFactory, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    if name == SURPLUS and tuple(map(int, version("temporalio").split(".")[:2])) < (1, 35):
        pytest.skip("a handler without parameters takes no payload on this temporalio")
    directory = bundle(
        top=TOP,
        run=BODIES[name],
        members=HANDLERS,
        activities=ACTIVITIES,
        models="class Item(BaseModel):\n    filename: str\n",
    )
    misfit = {"given": {"filename": 7}} if name.endswith("does not fit") else {}
    scenario = replace(Scenario("same", may_fail=True), extra_signal_payloads=misfit)
    options: dict[str, Any] = {
        "mocks": {"demo.broken": ValueError()},
        "children": [StandIn("helper", happy={"ok": True}), StandIn("breaks", happy=KeyError())],
        "record_histories": True,
    }
    local, sdk = (run(directory, scenario, backend=each, **options) for each in ("local", "sdk"))
    assert_same(local, sdk)
    assert [(sent.name, sent.problem) for sent in sdk.signals] == [
        (sent.name, sent.problem) for sent in local.signals
    ]
    assert [command.task for command in sdk.trace.commands] == [
        command.task for command in local.trace.commands
    ]
    assert not caplog.records


def test_a_failure_keeps_what_it_was_raised_from(bundle: BundleFactory) -> None:
    directory = bundle(run=CHAIN, activities=ACTIVITIES)
    failing = {"mocks": {"demo.broken": ValueError()}, "record_histories": True}
    for backend in ("local", "sdk"):
        [history] = run(directory, backend=backend, **failing).histories
        failure = history.events[-1]["workflowExecutionFailedEventAttributes"]["failure"]
        assert (failure["message"], failure["cause"]["applicationFailureInfo"]["type"]) == (
            "no",
            "KeyError",
        )
        assert "message" not in failure["cause"], "it said nothing"


def assert_same(local: RunResult, sdk: RunResult) -> None:
    """Compare two runs' histories; the first event that differs is shown."""
    assert (sdk.status, sdk.error) == (local.status, local.error)
    assert len(sdk.histories) == len(local.histories) > 0
    for ours, theirs in zip(local.histories, sdk.histories, strict=True):
        assert (theirs.workflow_id, theirs.run_id) == (ours.workflow_id, ours.run_id)
        for mine, other in zip(ours.events, theirs.events, strict=False):
            assert other == mine, f"{local.scenario}: {ours.workflow_type}"
        assert history_text(theirs) == history_text(ours)
