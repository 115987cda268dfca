"""`replay fetch` against a real server: what lands in the folder, and what never does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ntro_testkit.cli.errors import UsageError
from ntro_testkit.cli.replay_fetch_command import main
from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.fetching.order import FetchError
from ntro_testkit.replay.official.replayer import check_officially
from ntro_testkit.replay.strict.check import strict_check
from tests.bundles import ROOT
from tests.replay.cluster import BUNDLE, ODD_ID
from tests.replay.recorded import read

CODEC = "tests.replay.reversing:Reversing"


class Cluster:
    """The cluster's process, spoken to over its pipes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.address = self._line()

    def end_the_open_run(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        assert self._line() == "terminated"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.replay.cluster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        yield Cluster(process)
        process.stdin.close()


@pytest.fixture
def fetch(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("TEMPORAL_API_KEY", raising=False)

    def run(*options: str, address: str = cluster.address) -> Path:
        folder = tmp_path / "fetched"
        assert main(["--address", address, "--output", str(folder), *options]) == 0
        return folder

    return run


def test_every_run_has_a_file_with_its_payloads_decoded_and_replays(fetch, capsys):
    folder = fetch("--codec", CODEC, "--query", "WorkflowType='PettyCashWorkflow'")

    assert capsys.readouterr().out.startswith("3 fetched (1 of runs that have not ended): ")
    names = sorted(path.name for path in folder.glob("*.json"))
    assert len(names) == 4
    assert "header.json" in names
    assert any(name.startswith("%2E%2E%2Fan%20odd%20id%2F%C3%BC.") for name in names)
    histories = [read(path) for path in folder.glob("*.json") if path.name != "header.json"]
    finished = [each for each in histories if each.workflow_id != ODD_ID]
    verdicts = list(check_officially([BUNDLE], finished))
    assert [verdict for verdict in verdicts if not verdict.accepted] == []
    assert len(verdicts) == 2
    check = strict_check([load_bundle(BUNDLE).workflow_class])
    assert [check(history).differences for history in finished] == [(), ()]


def test_the_header_says_what_made_the_folder(fetch, cluster):
    folder = fetch("--limit", "1", "--query", "WorkflowType!='x'")

    header = json.loads((folder / "header.json").read_text("utf-8"))
    assert header["made_by"]["command"] == "replay fetch"
    assert set(header["made_by"]) == {"command", "ntro-testkit", "temporalio"}
    assert {key: header[key] for key in header if key != "made_by"} == {
        "address": cluster.address,
        "namespace": "default",
        "query": "WorkflowType!='x'",
        "limit": 1,
    }
    assert len(list(folder.glob("*.json"))) == 2


def test_an_api_key_in_what_the_header_would_hold_is_refused(fetch, tmp_path, monkeypatch):
    monkeypatch.setenv("OUR_KEY", "very-secret")

    with pytest.raises(FetchError, match="`query` holds the API key") as caught:
        fetch("--query", "Note='very-secret'", "--api-key-env", "OUR_KEY")

    assert "very-secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_an_api_key_never_travels_in_the_clear(fetch, monkeypatch):
    monkeypatch.setenv("TEMPORAL_API_KEY", "very-secret")

    with pytest.raises(FetchError, match="cannot connect") as caught:
        fetch()

    assert "very-secret" not in str(caught.value)


def test_without_a_codec_payloads_stay_as_they_are(fetch):
    folder = fetch("--query", f"WorkflowId='{ODD_ID}'")

    [history] = [read(path) for path in folder.glob("%*.json")]
    [payload] = history.events[0]["workflowExecutionStartedEventAttributes"]["input"]["payloads"]
    assert payload["metadata"] == {"encoding": "YmluYXJ5L3JldmVyc2Vk"}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--query", "no such = query ="], r"127\.0\.0\.1:\d+: .*query"),
        (["--namespace", "nowhere"], r"127\.0\.0\.1:\d+: .*nowhere"),
        (["--codec", "tests.replay.reversing:missing"], "AttributeError"),
        (["--codec", "tests.replay.reversing:broken"], "the key server is away"),
        (["--codec", "tests.replay.reversing:makes_no_codec"], "is a `str`, not a"),
        (["--codec", "tests.replay.reversing:Failing"], "the codec fails: RuntimeError: wrong key"),
        (["--tls-ca", "no/such/file"], "no/such/file: No such file"),
        (["--api-key-env", "NOT_SET_ANYWHERE"], "`NOT_SET_ANYWHERE` has no API key"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(fetch, options, told):
    with pytest.raises(FetchError, match=told) as caught:
        fetch(*options)

    assert len(str(caught.value).splitlines()) == 1


def test_an_address_at_which_nobody_answers_is_told(fetch):
    with pytest.raises(FetchError, match=r"127\.0\.0\.1:1: cannot connect"):
        fetch(address="127.0.0.1:1")


def test_a_query_that_finds_nothing_is_an_error(fetch):
    with pytest.raises(UsageError, match="no workflow of the namespace fits"):
        fetch("--query", "WorkflowType='Nobody'")


def test_a_second_fetch_brings_what_is_new_and_what_had_not_ended(fetch, cluster, capsys):
    folder = fetch("--codec", CODEC)
    kept = {path: path.stat().st_mtime_ns for path in folder.glob("[!%h]*.json")}
    damaged, *whole = kept
    damaged.write_bytes(damaged.read_bytes()[:100])
    cluster.end_the_open_run()
    capsys.readouterr()

    fetch("--codec", CODEC)

    assert capsys.readouterr().out == f"2 fetched, 1 there already: {folder}\n"
    assert [path.stat().st_mtime_ns for path in whole] == [kept[path] for path in whole]
    assert read(damaged).events[-1]["eventType"] == "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED"
    [ended] = [read(path) for path in folder.glob("%*.json")]
    assert ended.events[-1]["eventType"] == "EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED"
    fetch("--codec", CODEC)
    assert capsys.readouterr().out == f"0 fetched, 3 there already: {folder}\n"
