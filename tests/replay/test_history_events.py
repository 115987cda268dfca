"""The events of local histories are those of a dev server, in its order and with its attributes.

The lists were taken from histories of a dev server (1.32) of workflows that do the same.
"""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("temporalio", reason="failures are written by temporalio's converter")

from ntro_testkit import HAPPY, Scenario, WorkflowHarness
from ntro_testkit.history.history import History
from tests.bundles import run
from tests.conftest import BundleFactory
from tests.replay import programs

TASK = ["WORKFLOW_TASK_SCHEDULED", "WORKFLOW_TASK_STARTED", "WORKFLOW_TASK_COMPLETED"]
ANSWERED = ["ACTIVITY_TASK_STARTED", "ACTIVITY_TASK_COMPLETED"]
REAL = [programs.double, programs.refuse]


def histories(workflow: type, scenario: Scenario = HAPPY) -> list[History]:
    with WorkflowHarness(workflow, record_histories=True, real=REAL) as harness:
        return harness.run_sync(scenario=scenario).histories


def kinds(history: History) -> list[str]:
    return [event["eventType"].removeprefix("EVENT_TYPE_") for event in history.events]


def attributes(history: History, kind: str) -> dict[str, Any]:
    event = next(e for e in history.events if e["eventType"] == f"EVENT_TYPE_{kind}")
    [found] = [value for key, value in event.items() if key.endswith("Attributes")]
    return dict(found)


def test_an_activity_cancelled_before_anybody_began_it_is_confirmed_after_the_commands() -> None:
    [history] = histories(programs.ActivityCancelledInALaterTask)
    assert kinds(history) == [
        "WORKFLOW_EXECUTION_STARTED",
        *TASK,
        "ACTIVITY_TASK_SCHEDULED",
        "ACTIVITY_TASK_SCHEDULED",
        *ANSWERED,
        *TASK,
        "ACTIVITY_TASK_CANCEL_REQUESTED",
        "ACTIVITY_TASK_SCHEDULED",
        "ACTIVITY_TASK_CANCELED",
        *TASK,
        *ANSWERED,
        *TASK,
        "ACTIVITY_TASK_SCHEDULED",
        *ANSWERED,
        *TASK,
        "WORKFLOW_EXECUTION_COMPLETED",
    ]


def test_a_cancellation_in_the_last_task_is_not_confirmed() -> None:
    [history] = histories(programs.ActivityCancelledByTheEnd)
    assert kinds(history)[-3:] == [
        "WORKFLOW_TASK_COMPLETED",
        "ACTIVITY_TASK_CANCEL_REQUESTED",
        "WORKFLOW_EXECUTION_COMPLETED",
    ]


def test_what_is_begun_and_cancelled_in_one_task_uses_a_number_and_leaves_no_event() -> None:
    [history] = histories(programs.ActivityCancelledAtOnce)
    assert kinds(history).count("ACTIVITY_TASK_SCHEDULED") == 1
    assert attributes(history, "ACTIVITY_TASK_SCHEDULED")["activityId"] == "2"


def test_a_cancelled_child_and_its_parent_hear_of_it() -> None:
    parent, child = histories(programs.CancelledChild)
    at = kinds(parent).index("REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED")
    assert kinds(parent)[at + 1 :][:8] == [
        "EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED",
        *TASK,
        "CHILD_WORKFLOW_EXECUTION_CANCELED",
        *TASK,
    ]
    assert kinds(child) == [
        "WORKFLOW_EXECUTION_STARTED",
        *TASK,
        "WORKFLOW_EXECUTION_CANCEL_REQUESTED",
        *TASK,
        "WORKFLOW_EXECUTION_CANCELED",
    ]
    started = attributes(child, "WORKFLOW_EXECUTION_STARTED")
    assert started["parentWorkflowExecution"]["workflowId"] == parent.workflow_id
    assert started["parentInitiatedEventId"] == "5"


def test_signals_to_a_child_arrive_in_a_task_of_their_own_or_not_at_all() -> None:
    parent, child = histories(programs.SignalsToAChild)
    signals = [kind for kind in kinds(parent) if "SIGNAL" in kind]
    assert signals == [
        "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
        "EXTERNAL_WORKFLOW_EXECUTION_SIGNALED",
        "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
        "EXTERNAL_WORKFLOW_EXECUTION_SIGNALED",
        "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
        "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED",
    ]
    assert kinds(child).count("WORKFLOW_EXECUTION_SIGNALED") == 2


def test_a_taken_id_fails_the_start_of_a_child() -> None:
    parent, _ = histories(programs.ChildIdTaken)
    failed = attributes(parent, "START_CHILD_WORKFLOW_EXECUTION_FAILED")
    assert failed["workflowId"] == "taken"
    assert failed["cause"].endswith("CAUSE_WORKFLOW_ALREADY_EXISTS")


def test_the_options_of_an_activity_are_written_with_the_servers_defaults() -> None:
    plain, given = (
        attributes(histories(workflow)[0], "ACTIVITY_TASK_SCHEDULED")
        for workflow in (programs.WaitForAroundAnActivity, programs.ActivityOptions)
    )
    assert plain["startToCloseTimeout"] == "60s"
    assert plain["scheduleToCloseTimeout"] == plain["heartbeatTimeout"] == "0s"
    assert plain["retryPolicy"] == {
        "initialInterval": "1s",
        "backoffCoefficient": 2.0,
        "maximumInterval": "100s",
    }
    assert given["scheduleToCloseTimeout"] == given["scheduleToStartTimeout"] == "600s"
    assert given["heartbeatTimeout"] == "30s"
    assert given["taskQueue"]["name"] == "other"
    assert given["retryPolicy"] == {
        "initialInterval": "0.500s",
        "backoffCoefficient": 2.0,
        "maximumInterval": "50s",
        "maximumAttempts": 3,
        "nonRetryableErrorTypes": ["BAD"],
    }


def test_a_failure_is_written_with_its_type_and_details_and_without_a_stack() -> None:
    [history] = histories(programs.FailingActivity)
    failure = attributes(history, "ACTIVITY_TASK_FAILED")["failure"]
    assert failure["message"] == "refused"
    assert failure["applicationFailureInfo"]["type"] == "REFUSED"
    assert failure["applicationFailureInfo"]["details"]["payloads"]
    assert "stackTrace" not in failure


def test_a_task_that_fails_leaves_nothing_of_its_commands() -> None:
    [history] = histories(programs.FailsItsTask)
    assert kinds(history)[-3:] == ["ACTIVITY_TASK_SCHEDULED", *ANSWERED]


def test_a_run_keeps_no_histories_unless_asked() -> None:
    with WorkflowHarness(programs.Sleeps) as harness:
        assert harness.run_sync().histories == []


def test_a_signal_nobody_handles_is_in_the_history_all_the_same(bundle: BundleFactory) -> None:
    waiting = bundle(run="await asyncio.sleep(60)")
    scenario = Scenario("stray", signals={"start": [("no_such_signal", {"a": 1})]})
    [history] = run(waiting, scenario, record_histories=True).histories
    assert attributes(history, "WORKFLOW_EXECUTION_SIGNALED")["signalName"] == "no_such_signal"


def test_histories_without_temporalio_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntro_testkit.harness.HAS_TEMPORALIO", False)
    with pytest.raises(ModuleNotFoundError, match=r"ntro-testkit\[temporal\]"):
        WorkflowHarness(programs.Sleeps, record_histories=True)
    assert WorkflowHarness(programs.Sleeps).run_sync().status == "completed"
