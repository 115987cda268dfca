"""What a command sets against what a server wrote, which fills in what is left open."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from temporalio.api.common.v1 import Payload
from temporalio.bridge.proto.workflow_commands import (
    CompleteWorkflowExecution,
    FailWorkflowExecution,
    ScheduleActivity,
    StartChildWorkflowExecution,
    StartTimer,
)

from ntro_testkit.history.moments import SECOND, span, spoken
from ntro_testkit.history.payloads import json_payload
from ntro_testkit.history.writer import duration
from ntro_testkit.replay.strict.commands import Issued
from ntro_testkit.replay.strict.contents import changes

HOUR = 3600 * SECOND


def found(kind: str, message: Any, attributes: Any, *, run_timeout: int = 0) -> list[str]:
    return changes(Issued(kind, message, 1, 1), attributes, run_timeout)


def activity(**timeouts: float) -> ScheduleActivity:
    message = ScheduleActivity(seq=1, activity_id="1", activity_type="post")
    for name, seconds in timeouts.items():
        getattr(message, f"{name}_timeout").FromTimedelta(timedelta(seconds=seconds))
    return message


SERVER_DEFAULTS = {
    "initialInterval": "1s",
    "backoffCoefficient": 2,
    "maximumInterval": "100s",
}


@pytest.mark.parametrize(
    ("message", "attributes", "run_timeout"),
    [
        (activity(start_to_close=60), {"startToCloseTimeout": "60s"}, 0),
        (
            activity(start_to_close=60),
            {
                "startToCloseTimeout": "60s",
                "scheduleToCloseTimeout": "0s",
                "scheduleToStartTimeout": "0s",
                "heartbeatTimeout": "0s",
                "retryPolicy": SERVER_DEFAULTS,
            },
            0,
        ),
        (
            activity(start_to_close=60),
            {
                "startToCloseTimeout": "60s",
                "scheduleToCloseTimeout": "3600s",
                "scheduleToStartTimeout": "3600s",
            },
            HOUR,
        ),
        (
            activity(schedule_to_close=30),
            {
                "startToCloseTimeout": "30s",
                "scheduleToCloseTimeout": "30s",
                "scheduleToStartTimeout": "30s",
            },
            0,
        ),
        (
            activity(start_to_close=600, schedule_to_close=30, heartbeat=60),
            {
                "startToCloseTimeout": "30s",
                "scheduleToCloseTimeout": "30s",
                "scheduleToStartTimeout": "30s",
                "heartbeatTimeout": "30s",
            },
            0,
        ),
    ],
)
def test_what_a_server_fills_in_is_no_change(
    message: ScheduleActivity, attributes: Any, run_timeout: int
) -> None:
    assert found("schedule_activity", message, attributes, run_timeout=run_timeout) == []


@pytest.mark.parametrize(
    ("message", "attributes", "change"),
    [
        (
            activity(start_to_close=300),
            {"startToCloseTimeout": "60s"},
            "start-to-close timeout: 1 min -> 5 min",
        ),
        (
            activity(start_to_close=60),
            {"startToCloseTimeout": "60s", "heartbeatTimeout": "5s"},
            "heartbeat timeout: 5 s -> none",
        ),
        (
            activity(start_to_close=60),
            {"startToCloseTimeout": "60s", "scheduleToCloseTimeout": "600s"},
            "schedule-to-close timeout: 10 min -> none",
        ),
        (
            activity(start_to_close=60),
            {
                "startToCloseTimeout": "60s",
                "retryPolicy": {**SERVER_DEFAULTS, "maximumAttempts": 3},
            },
            "retry policy, maximum attempts: 3 -> no limit",
        ),
    ],
)
def test_a_timeout_or_a_retry_that_was_changed_is_told(
    message: ScheduleActivity, attributes: Any, change: str
) -> None:
    assert found("schedule_activity", message, attributes) == [change]


def test_a_queue_that_was_changed_is_told() -> None:
    message = activity(start_to_close=60)
    message.task_queue = "reports"
    attributes = {"startToCloseTimeout": "60s", "taskQueue": {"name": "default"}}
    assert found("schedule_activity", message, attributes) == ["task queue: default -> reports"]


def payload(value: Any) -> Payload:
    return Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(value).encode())


def argument(had: Any, now: Any) -> list[str]:
    message = activity(start_to_close=60)
    message.arguments.append(payload(now))
    attributes = {
        "startToCloseTimeout": "60s",
        "input": {"payloads": [json_payload(json.dumps(had, indent=1).encode())]},
    }
    return found("schedule_activity", message, attributes)


@pytest.mark.parametrize(
    ("had", "now", "change"),
    [
        ({"slip": {"amount": 10}}, {"slip": {"amount": 20}}, "slip.amount: 10 -> 20"),
        ({"lines": [1, 2]}, {"lines": [1]}, "lines[1]: 2 -> nothing"),
        ({"a": 1}, {"a": 1, "b": None}, "b: nothing -> null"),
        ({"a": True}, {"a": 1}, "a: true -> 1"),
    ],
)
def test_an_argument_is_told_by_the_first_value_that_differs(
    had: Any, now: Any, change: str
) -> None:
    assert argument(had, now) == [f"argument 1: {change}"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(value=VALUES)
def test_the_same_value_written_otherwise_is_no_change(value: Any) -> None:
    assert argument(value, value) == []


@given(had=VALUES, now=VALUES)
def test_another_value_is_a_change(had: Any, now: Any) -> None:
    same = json.dumps(had, sort_keys=True) == json.dumps(now, sort_keys=True)
    assert (argument(had, now) == []) == same


def test_one_argument_more_is_told() -> None:
    message = activity(start_to_close=60)
    message.arguments.append(payload(1))
    attributes = {"startToCloseTimeout": "60s", "input": {"payloads": []}}
    assert found("schedule_activity", message, attributes) == ["arguments: 0 -> 1"]


def test_a_timer_is_told_in_words() -> None:
    message = StartTimer(seq=1)
    message.start_to_fire_timeout.FromTimedelta(timedelta(hours=36))
    attributes = {"timerId": "1", "startToFireTimeout": "86400s"}
    assert found("start_timer", message, attributes) == ["timer: 1 d -> 1 d 12 h"]


def test_policies_of_a_child_are_told_and_defaults_are_not() -> None:
    message = StartChildWorkflowExecution(seq=1, parent_close_policy=2)
    attributes: dict[str, Any] = {
        "parentClosePolicy": "PARENT_CLOSE_POLICY_TERMINATE",
        "workflowIdReusePolicy": "AllowDuplicate",
        "workflowTaskTimeout": "10s",
    }
    change = "parent close policy: TERMINATE -> ABANDON"
    assert found("start_child_workflow_execution", message, attributes) == [change]
    attributes["parentClosePolicy"] = "PARENT_CLOSE_POLICY_ABANDON"
    assert found("start_child_workflow_execution", message, attributes) == []


def test_a_result_and_a_failure_are_told() -> None:
    done = CompleteWorkflowExecution(result=payload({"status": "posted"}))
    recorded = {"result": {"payloads": [json_payload(b'{"status": "rejected"}')]}}
    assert found("complete_workflow_execution", done, recorded) == [
        'result: status: "rejected" -> "posted"'
    ]
    failed = FailWorkflowExecution()
    failed.failure.message = "too late"
    failed.failure.application_failure_info.type = "Late"
    failure = {"message": "too early", "applicationFailureInfo": {"type": "Early"}}
    assert found("fail_workflow_execution", failed, {"failure": failure}) == [
        "failure: 'too early' -> 'too late'",
        "failure, type: Early -> Late",
    ]


@given(nanos=st.integers(0, 10**18))
def test_durations_are_read_as_they_are_written(nanos: int) -> None:
    micros = nanos // 1000
    assert span(f"{micros // 10**6}.{micros % 10**6:06}s") == micros * 1000
    assert span(duration(micros // 10**6)) == micros // 10**6 * SECOND


@pytest.mark.parametrize(
    ("nanos", "words"),
    [(0, "none"), (SECOND // 4, "0.25 s"), (90 * SECOND, "1 min 30 s"), (48 * HOUR, "2 d")],
)
def test_durations_are_told_in_words(nanos: int, words: str) -> None:
    assert spoken(nanos) == words
