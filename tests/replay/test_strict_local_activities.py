"""Local activities that today's code no longer runs, runs in another's place, or runs besides."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from temporalio import activity, workflow

import ntro_testkit  # noqa: F401 - forces the runtime before temporalio's facade is used
from ntro_testkit.history.history import History
from ntro_testkit.history.payloads import json_payload
from ntro_testkit.replay.strict.check import check_strict
from ntro_testkit.replay.strict.commands import Issued
from ntro_testkit.replay.strict.local_jobs import outcome
from tests.bundles import ROOT
from tests.replay.recorded import read

PLAIN = ROOT / "fixtures" / "histories" / "server" / "plain"
SOON = timedelta(seconds=10)


@activity.defn
async def greet(name: str) -> str:
    return name


@activity.defn
async def post(name: str) -> str:
    return name


def local(function: Any, name: str) -> Any:
    return workflow.execute_local_activity(function, name, start_to_close_timeout=SOON)


@workflow.defn(name="LocalActivities")
class Dropped:
    @workflow.run
    async def run(self, name: str) -> list[str]:
        return [name]


@workflow.defn(name="LocalActivities")
class Replaced:
    @workflow.run
    async def run(self, name: str) -> list[str]:
        return [await local(post, name)]


@workflow.defn(name="LocalActivities")
class ReplacedAndNotAwaited:
    @workflow.run
    async def run(self, name: str) -> list[str]:
        workflow.start_local_activity(post, name, start_to_close_timeout=SOON)
        return [name]


@workflow.defn(name="Waits")
class RunsOneFirst:
    @workflow.run
    async def run(self) -> str:
        await local(greet, "you")
        await workflow.wait_condition(lambda: False, timeout=3600)
        return ""


@workflow.defn(name="Waits")
class RunsOneBesides:
    @workflow.run
    async def run(self) -> str:
        workflow.start_local_activity(greet, "you", start_to_close_timeout=SOON)
        await workflow.wait_condition(lambda: False, timeout=3600)
        return ""


@workflow.defn(name="Waits")
class RunsForLong:
    @workflow.run
    async def run(self) -> str:
        return str(await local(greet, "you"))


def told(name: str, workflow_class: type, events: int | None = None) -> list[tuple[str, str]]:
    whole = read(PLAIN / f"{name}.json")
    part = History(
        whole.workflow_id, whole.run_id, whole.workflow_type, whole.events[:events], name
    )
    return [(one.code, one.message) for one in check_strict(part, [workflow_class]).differences]


def test_a_dropped_one_breaks_the_run() -> None:
    assert told("LocalActivities", Dropped) == [
        ("NTR801", "workflow task 1: nothing in place of local activity `greet`")
    ]


def test_another_in_its_place_breaks_the_run_though_nobody_awaits_it() -> None:
    words = "workflow task 1: local activity `post` in place of local activity `greet`"
    assert told("LocalActivities", Replaced) == [("NTR801", words)]
    assert told("LocalActivities", ReplacedAndNotAwaited) == [("NTR801", words)]


def test_an_added_one_is_told_where_the_run_waits() -> None:
    [(code, words)] = told("Unfinished", RunsOneBesides)
    assert code == "NTR804"
    assert words.startswith("local activity `greet` now comes at once: in workflow task 1")


def test_work_that_an_added_one_holds_up_breaks_the_run() -> None:
    [(code, words)] = told("Unfinished", RunsOneFirst)
    assert code == "NTR801"
    assert "nothing in place of a timer of 1 h" in words


def test_one_that_runs_for_long_is_no_addition() -> None:
    """Its worker asks for one workflow task after the other, without any other event."""
    history = read(PLAIN / "Unfinished.json")
    began = [dict(event) for event in history.events[:4]]
    again = [
        {**began[1], "eventId": "5"},
        {**began[2], "eventId": "6", "workflowTaskStartedEventAttributes": {}},
    ]
    part = History(history.workflow_id, history.run_id, "Waits", [*began, *again], "beats")

    assert check_strict(part, [RunsForLong]).differences == ()


def test_a_cancelled_one_is_told_as_core_words_it() -> None:
    data = {"seq": 1, "activity_id": "1", "activity_type": "greet"}
    marker = {
        "eventType": "EVENT_TYPE_MARKER_RECORDED",
        "markerRecordedEventAttributes": {
            "markerName": "core_local_activity",
            "details": {"data": {"payloads": [json_payload(json.dumps(data).encode())]}},
            "failure": {"message": "Activity cancelled", "canceledFailureInfo": {}},
        },
    }
    job = outcome(marker, Issued("schedule_local_activity", None, 1, 1))
    failure = job.resolve_activity.result.cancelled.failure
    assert failure.message == "Local Activity cancelled"
    assert failure.activity_failure_info.activity_type.name == "greet"
    assert failure.cause.HasField("canceled_failure_info")
