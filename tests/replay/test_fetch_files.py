"""Names, state, arguments and secrets of `replay fetch`, without a server."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.replay_fetch_command import main
from ntro_testkit.replay.fetching.files import STATE, FetchedFiles, file_name, write_whole
from ntro_testkit.replay.fetching.order import FetchError, refuse_secrets

RUN_ID = "01a22908-9eb9-704e-a048-d79c69906107"
ALLOWED = set(string.ascii_letters + string.digits + "-_%.")
IDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=400)


@given(IDS)
def test_a_name_is_safe_on_any_file_system(workflow_id):
    name = file_name(workflow_id, RUN_ID)

    assert set(name) <= ALLOWED
    assert name.count(".") == 2
    assert name.endswith(f".{RUN_ID}.json")
    assert len(name) <= 255
    assert not name.startswith(".") or workflow_id == ""


@given(IDS, IDS, st.uuids(), st.uuids())
def test_two_runs_never_share_a_name(one, other, run, other_run):
    same = file_name(one, str(run)) == file_name(other, str(other_run))

    assert not same or run == other_run


def test_what_was_kept_is_there_next_time_if_it_is_whole(tmp_path):
    files = FetchedFiles(tmp_path)
    path = files.keep("w", RUN_ID, b"{}", complete=True)
    files.keep("open", RUN_ID, b"{}", complete=False)

    again = FetchedFiles(tmp_path)

    assert again.has("w", RUN_ID)
    assert not again.has("open", RUN_ID)
    path.write_bytes(b"{")
    assert not again.has("w", RUN_ID)


@settings(max_examples=25)
@given(cut=st.integers(0, 120))
def test_a_state_that_a_crash_cut_off_is_believed_up_to_there(tmp_path_factory, cut):
    folder = tmp_path_factory.mktemp("cut")
    files = FetchedFiles(folder)
    files.keep("one", RUN_ID, b"{}", complete=True)
    first = (folder / STATE).stat().st_size
    files.keep("two", RUN_ID, b"{}", complete=True)
    text = (folder / STATE).read_bytes()
    (folder / STATE).write_bytes(text[: first + cut])

    FetchedFiles(folder).keep("three", RUN_ID, b"{}", complete=True)

    again = FetchedFiles(folder)
    assert again.has("one", RUN_ID)
    assert again.has("three", RUN_ID)


def test_a_file_that_cannot_be_finished_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a.json").write_bytes(b"old")
    monkeypatch.setattr("ntro_testkit.replay.fetching.files.os.fsync", interrupted)

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.json", b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ({"address": "mara:secret@host:7233"}, "without a scheme"),
        ({"address": "https://host:7233"}, "without a scheme"),
        ({"address": "host:7233", "query": "Note='k3y-123'"}, "`query` holds the API key"),
        ({"namespace": "k3y-123"}, "`namespace` holds the API key"),
        ({"query": "-----BEGIN PRIVATE KEY-----"}, "`query` holds the text of a key"),
    ],
)
def test_a_header_that_would_give_a_secret_away_is_refused(header, told):
    with pytest.raises(FetchError, match=told) as caught:
        refuse_secrets(header, "k3y-123")

    assert "secret" not in str(caught.value)
    assert "k3y" not in str(caught.value)


def test_a_header_without_secrets_is_fine():
    refuse_secrets({"address": "host:7233", "namespace": "n", "query": "", "limit": None}, None)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--output"),
        (["--output", "d"], "--address HOST:PORT or --profile"),
        (["--output", "d", "--address", "h:1", "--tls-cert", "c"], "go together"),
        (["--output", "d", "--address", "h:1", "--limit", "0"], "whole number from 1"),
        (["--output", "d", "--adress", "h:1"], "did you mean `--address`"),
    ],
)
def test_wrong_use_is_told(arguments, told):
    with pytest.raises(UsageError, match=told):
        main(arguments)


def test_a_folder_of_recorded_histories_is_left_alone(tmp_path):
    header = tmp_path / "header.json"
    header.write_text('{"version": 1, "histories": {}}')

    with pytest.raises(FetchError, match="here are recorded histories"):
        main(["--address", "127.0.0.1:1", "--output", str(tmp_path)])

    assert header.read_text() == '{"version": 1, "histories": {}}'


def test_a_password_in_the_address_goes_no_further_than_this_process(tmp_path):
    with pytest.raises(FetchError, match="without a scheme"):
        main(["--output", str(tmp_path / "d"), "--address", "mara:pass@host:1"])

    assert list(tmp_path.iterdir()) == []
