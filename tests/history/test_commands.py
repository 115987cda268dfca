"""The commands in histories that a real server wrote."""

from __future__ import annotations

import pytest

from ntro_testkit.history.commands import commands_of, event_time, seconds_of
from tests.bundles import ROOT
from tests.replay.recorded import read

PLAIN = ROOT / "fixtures" / "histories" / "server" / "plain"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "CancelsChild",
            [
                (1, "start_child_workflow", "CleansUpWhenCancelled"),
                (2, "cancel_child_workflow", "CancelsChild:child"),
                (4, "complete_workflow", "CancelsChild"),
            ],
        ),
        (
            "TriesToCancelActivity",
            [
                (1, "schedule_activity", "wait_for_cancellation"),
                (1, "start_timer", "1"),
                (2, "request_cancel_activity", "wait_for_cancellation"),
                (2, "schedule_activity", "greet"),
                (3, "complete_workflow", "TriesToCancelActivity"),
            ],
        ),
        (
            "ContinuesAsNew",
            [(1, "schedule_activity", "greet"), (2, "continue_as_new", "ContinuesAsNew")],
        ),
        ("Fails", [(1, "schedule_activity", "greet"), (2, "fail_workflow", "Fails")]),
        (
            "LocalActivities",
            [
                (1, "record_marker", "core_local_activity"),
                (1, "record_marker", "core_local_activity"),
                (1, "record_marker", "core_local_activity"),
                (1, "complete_workflow", "LocalActivities"),
            ],
        ),
        (
            "StumblesOnce",
            [(1, "schedule_activity", "greet"), (2, "complete_workflow", "StumblesOnce")],
        ),
        # The server closed these: no command of theirs did.
        ("Terminated", [(1, "start_timer", "1")]),
        ("TimedOut", [(1, "start_timer", "1")]),
        ("Unfinished", [(1, "start_timer", "1")]),
    ],
)
def test_commands_come_with_their_workflow_task(name, expected):
    commands = list(commands_of(read(PLAIN / f"{name}.json")))

    assert [(each.task, each.kind, each.name) for each in commands] == expected
    assert all(command.at_s >= 0 for command in commands)


def test_ids_and_durations_are_among_the_attributes():
    commands = list(commands_of(read(PLAIN / "TriesToCancelActivity.json")))

    assert [each.attributes for each in commands[:2]] == [{"activity_id": "1"}, {"seconds": 0.2}]
    [child, *_] = commands_of(read(PLAIN / "CancelsChild.json"))
    assert child.attributes == {"workflow_id": "CancelsChild:child"}


def test_times_keep_their_microseconds_and_lose_what_python_does_not_hold():
    assert event_time({"eventTime": "2026-01-02T03:04:05.123456789Z"}).microsecond == 123456
    assert event_time({"eventTime": "2026-01-02T03:04:05Z"}).isoformat() == (
        "2026-01-02T03:04:05+00:00"
    )
    assert seconds_of("86400s") == 86400
    assert seconds_of("0.000000001s") == 1e-9
