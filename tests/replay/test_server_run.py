"""How runs end on a real server, and what is told of them; each case is in `odd_runs.py`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bundles import ROOT, python


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("odd") / "outcomes.json"
    done = python("-m", "tests.replay.odd_runs", str(file), cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr == "", "temporalio's core has no business on our streams"
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    ("case", "result"),
    [
        ("returns_at_once", 7),
        ("fake", 0),
        ("real", 3),
        ("asynchronous_mock", 20),
        ("short_sleep", 1),
        ("stand_in", {"got": 1}),
        ("cancels", "CancelledError"),
    ],
)
def test_what_completes_has_its_result(outcomes, case, result):
    assert (outcomes[case]["status"], outcomes[case]["result"]) == ("completed", result)
    assert outcomes[case]["histories"] == 1


@pytest.mark.parametrize(
    ("case", "status", "told"),
    [
        (
            "mock_fails",
            "failed",
            "ActivityError[add]: Activity task failed <- ApplicationError[ValueError]: no",
        ),
        ("fails", "failed", "ApplicationError[PLANNED]: by plan"),
        (
            "failing_stand_in",
            "failed",
            "ChildWorkflowError[other]: Child Workflow execution failed <- "
            "ApplicationError[NO]: no",
        ),
        ("mock_used_up", "MockError", "the mock of `add` has 0 result(s)"),
        (
            "wrong_result",
            "task-failed",
            "activity `add` (mock) returned a `str`, declared is `int`",
        ),
        ("wrong_argument", "task-failed", "activity `add`, argument 1: "),
        ("too_few_arguments", "task-failed", "activity `add` takes (first, second)"),
        ("name_error", "task-failed", "NameError: name 'undefined_name' is not defined at "),
        ("unknown_child", "task-failed", "child workflow slug not registered: other"),
        (
            "unregistered",
            "stuck",
            "unregistered waits for the activity `nobody.has_it` since",
        ),
        ("nobody_signals", "stuck", "nobody-signals waits for something nobody will do since"),
        ("long_sleep", "stuck", "only a timer of 1h 00m is left"),
    ],
)
def test_what_does_not_complete_says_why(outcomes, case, status, told):
    assert outcomes[case]["status"] == status
    assert told in outcomes[case]["error"]


@pytest.mark.parametrize("case", ["name_error", "unknown_child", "fails"])
def test_a_failure_has_the_line_of_the_bundle(outcomes, case):
    assert outcomes[case]["line"] == 36


@pytest.mark.parametrize("case", ["long_sleep", "nobody_signals", "name_error", "unregistered"])
def test_what_can_never_end_is_not_waited_for(outcomes, case):
    assert outcomes[case]["took"] < 5


def test_every_activity_is_answered_once(outcomes):
    assert outcomes["asynchronous_mock"]["activities"] == [["mock", 20, None]]
    assert outcomes["real"]["activities"] == [["real", 3, None]]


def test_children_and_timers_are_told(outcomes):
    assert outcomes["stand_in"]["children"] == [["other", "completed", True]]
    assert outcomes["failing_stand_in"]["children"] == [["other", "failed", True]]
    assert outcomes["short_sleep"]["timers"] == [[0.2, "fired"]]


def test_an_interrupted_run_ends_at_once(outcomes):
    """Whatever moment it is; the server is asked below whether anything was left running."""
    assert len(outcomes["interrupted"]) == 3
    assert max(outcomes["interrupted"]) < 8


def test_nothing_goes_on_running_on_the_server(outcomes):
    assert outcomes["left_running"] == []
