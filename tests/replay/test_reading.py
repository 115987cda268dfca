"""Histories as Temporal's tools write them, and files that hold none."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntro_testkit.history.history import History
from ntro_testkit.history.payloads import payload_bytes, payloads_of
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.history.reading import HEADER, history_files, read_histories, read_text
from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.strict.check import check_strict, strict_check
from ntro_testkit.replay.verdict import Check
from tests.replay.petty_cash import BUNDLE, petty_cash

EVENTS = [json.loads(json.dumps(event)) for event in petty_cash().events]


def written(directory: Path, name: str, data: Any) -> Path:
    """Write JSON, or bytes as they are."""
    file = directory / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return file


def read_one(path: Path) -> History:
    [history] = read_histories([path])
    assert isinstance(history, History), history
    return history


def refusal(path: Path) -> str:
    """Return the one line that says why a file is no history."""
    [error] = read_histories([path])
    assert isinstance(error, HistoryError)
    assert "\n" not in str(error)
    assert str(error).startswith(str(path))
    return str(error)


# -- forms ---------------------------------------------------------------------------------------


def pascal(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event with its type as old exports write it."""
    words = event["eventType"].removeprefix("EVENT_TYPE_").split("_")
    return {**event, "eventType": "".join(word.capitalize() for word in words)}


def numbered(event: dict[str, Any]) -> dict[str, Any]:
    """Return an event with numbers for its type and its id."""
    from temporalio.api.enums.v1 import EventType

    number = EventType.Value(event["eventType"])
    return {**event, "eventType": number, "eventId": int(event["eventId"])}


def short(value: Any) -> Any:
    """Return a part of a history with its payloads in short: as the values they hold."""
    if isinstance(value, dict) and set(value) == {"payloads"}:
        return [json.loads(payload_bytes(payload)[1]) for payload in payloads_of(value)]
    if isinstance(value, dict):
        return {key: short(given) for key, given in value.items()}
    return value


FORMS: dict[str, Any] = {
    "object": {"events": EVENTS},
    "list": EVENTS,
    "history in an object": {"history": {"events": EVENTS}},
    "old names": {"events": [pascal(event) for event in EVENTS]},
    "numbers": {"events": [numbered(event) for event in EVENTS]},
    "short payloads": {"events": [short(event) for event in EVENTS]},
    "a byte order mark": b"\xef\xbb\xbf" + json.dumps({"events": EVENTS}).encode(),
    "gzip": gzip.compress(json.dumps({"events": EVENTS}).encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_same_history(form: str, tmp_path: Path) -> None:
    history = read_one(written(tmp_path, "run.json", FORMS[form]))
    assert [event["eventType"] for event in history.events] == [e["eventType"] for e in EVENTS]
    assert history.workflow_id == "petty-cash-1"
    assert history.workflow_type == "PettyCashWorkflow"
    assert check_strict(history, [load_bundle(BUNDLE).workflow_class]).differences == ()


def test_a_history_without_a_workflow_id_is_known_by_its_file(tmp_path: Path) -> None:
    events = json.loads(json.dumps(EVENTS))
    del events[0]["workflowExecutionStartedEventAttributes"]["workflowId"]
    assert (
        read_one(
            written(tmp_path, "march-run.json.gz", gzip.compress(json.dumps(events).encode()))
        ).workflow_id
        == "march-run"
    )


def test_directories_are_read_in_depth_and_in_order(tmp_path: Path) -> None:
    for name in ("b.json", "a/2.json.gz", "a/1.json", ".hidden/x.json", "notes.txt", HEADER):
        written(tmp_path, name, {"events": EVENTS})
    found = [os.path.relpath(str(path), tmp_path) for path in history_files([tmp_path])]
    assert found == ["a/1.json", "a/2.json.gz", "b.json"]


def test_a_file_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "export.txt", {"events": EVENTS})).events


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress], ids=["plain", "gzip"])
def test_many_histories_in_a_file_are_read_line_by_line(pack: Any, tmp_path: Path) -> None:
    line = json.dumps({"events": EVENTS}).encode()
    name = "all.jsonl.gz" if pack is gzip.compress else "all.jsonl"
    file = written(tmp_path, name, pack(b"\n".join([line, b"", b"{oops", line, b""])))
    first, broken, last = read_histories([file])
    assert isinstance(first, History)
    assert first.source == f"{file}:1"
    assert isinstance(broken, HistoryError)
    assert str(broken).startswith(f"{file}:3: damaged JSON")
    assert isinstance(last, History)
    assert last.source == f"{file}:4"


# -- refusals ------------------------------------------------------------------------------------


def without(number: int) -> list[Any]:
    return [event for event in EVENTS if event["eventId"] != str(number)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "damaged JSON"),
        (json.dumps({"events": EVENTS}).encode()[:400], "damaged JSON"),
        (b"\xff\xfe{}", "damaged JSON"),
        (gzip.compress(json.dumps(EVENTS).encode())[:-40], "damaged: the compressed data"),
        (b"[" * 100_000, "damaged JSON"),
        ({"name": "mara"}, "this is no history"),
        ("text", "this is no history"),
        ({"events": []}, "without any event"),
        ({"events": ["x"]}, "event 1 is not an object but str"),
        ({"events": [{"eventType": "TimerFired"}]}, "event 1 has no number"),
        ({"events": without(4)}, "event 5 stands where event 4 belongs"),
        ({"events": [{"eventId": "1", "eventType": "Nonsense"}]}, "unknown type"),
        ({"events": [{"eventId": "1", "eventType": None}]}, "unknown type"),
        (
            {"events": [{"eventId": "1", "eventType": "EVENT_TYPE_TIMER_FIRED"}]},
            "the first event is TIMER_FIRED",
        ),
        (
            {"events": [{"eventId": "1", "eventType": "WorkflowExecutionStarted"}]},
            "does not name the workflow's type",
        ),
    ],
)
def test_what_is_no_history_is_refused_in_one_line(data: Any, words: str, tmp_path: Path) -> None:
    assert words in refusal(written(tmp_path, "x.json", data))


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "gone.json")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda event: event.update(eventTime="yesterday"), "expected a time, found 'yesterday'"),
        (lambda event: event.pop("eventTime"), "expected a time, found None"),
    ],
)
def test_a_damaged_task_names_its_event(change: Any, words: str) -> None:
    events = json.loads(json.dumps(EVENTS))
    change(events[2])
    history = read_text(json.dumps(events).encode(), "x.json", "x")
    assert isinstance(history, History)
    with pytest.raises(HistoryError, match=rf"^x.json: event \d.*{re.escape(words)}"):
        check_strict(history, [load_bundle(BUNDLE).workflow_class])


def test_an_encrypted_payload_is_no_difference_but_refused() -> None:
    events = json.loads(json.dumps(EVENTS))
    [payload] = events[0]["workflowExecutionStartedEventAttributes"]["input"]["payloads"]
    payload["metadata"]["encoding"] = "YmluYXJ5L2VuY3J5cHRlZA=="
    history = read_text(json.dumps(events).encode(), "x.json", "x")
    assert isinstance(history, History)
    with pytest.raises(HistoryError, match=r"event 1 .*`binary/encrypted`.*codec"):
        check_strict(history, [load_bundle(BUNDLE).workflow_class])


# -- whatever stands in a file -------------------------------------------------------------------

TEXT = json.dumps({"events": EVENTS}).encode()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def check() -> Check:
    return strict_check([load_bundle(BUNDLE).workflow_class])


def no_other_error(check: Check, data: bytes) -> None:
    """Read and replay; whatever it is, there is a verdict or a line about it."""
    read = read_text(data, "x.json", "x")
    line = str(read) if isinstance(read, HistoryError) else complaint(check, read)
    assert not line or line.startswith("x.json: ")
    assert "\n" not in line


def complaint(check: Check, history: History) -> str:
    try:
        check(history)
    except HistoryError as error:
        return str(error)
    return ""


@given(data=st.binary() | st.integers(0, len(TEXT)).map(lambda end: TEXT[:end]))
def test_reading_any_bytes_raises_nothing(check: Check, data: bytes) -> None:
    no_other_error(check, data)


@given(document=JSON)
def test_reading_any_json_raises_nothing(check: Check, document: Any) -> None:
    no_other_error(check, json.dumps(document).encode())


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterable[tuple[Any, ...]]:
    """Yield the path of every value in a document."""
    items: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


PLACES = list(places(EVENTS))


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(path=st.sampled_from(PLACES), value=JSON, drop=st.booleans())
def test_a_history_with_anything_anywhere_gives_a_verdict_or_a_line(
    check: Check, path: tuple[Any, ...], value: Any, drop: bool
) -> None:
    events = json.loads(json.dumps(EVENTS))
    holder = events
    for key in path[:-1]:
        holder = holder[key]
    if drop:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    no_other_error(check, json.dumps(events).encode())


# -- what is damaged and what is ours --------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("activityType", "x", "`activityType` is no object"),
        ("activityType", {}, "no `activityType`"),
        ("retryPolicy", ["x"], "`retryPolicy` is no object"),
        ("taskQueue", 5, "`taskQueue` is no object"),
        ("input", {"payloads": [{"metadata": {"encoding": "\x80"}}]}, "expected base64"),
    ],
)
def test_a_damaged_command_names_its_own_event(
    check: Check, key: str, value: Any, words: str
) -> None:
    events = json.loads(json.dumps(EVENTS))
    [place] = [
        n
        for n, e in enumerate(events)
        if e["eventType"].endswith("TASK_SCHEDULED") and "activityTaskScheduledEventAttributes" in e
    ][:1]
    events[place]["activityTaskScheduledEventAttributes"][key] = value
    read = read_text(json.dumps(events).encode(), "x.json", "x")
    assert isinstance(read, History)
    line = complaint(check, read)
    assert line.startswith(f"x.json: event {place + 1} (ACTIVITY_TASK_SCHEDULED): {words}")


def test_a_fault_of_ours_is_not_told_as_damage(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: Any) -> Any:
        return None.changes  # type: ignore[attr-defined]

    monkeypatch.setattr("ntro_testkit.replay.strict.differences.changes", faulty)
    read = read_text(TEXT, "x.json", "x")
    assert isinstance(read, History)
    with pytest.raises(AttributeError, match="changes"):
        check(read)


def test_a_link_to_a_folder_above_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(TEXT)
    (tmp_path / "above").symlink_to(tmp_path)
    assert list(history_files([tmp_path])) == [tmp_path / "a.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_in_a_directory_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "real.json").write_text("{}", "utf-8")
    assert list(history_files([tmp_path])) == [tmp_path / "real.json"]
