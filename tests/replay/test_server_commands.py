"""`test` and `replay record` with `--backend server`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("temporalio", reason="a server needs temporalio")

from ntro_testkit.replay.server.dev_server import dev_server
from tests.bundles import ROOT
from tests.command_line import assert_refused, command
from tests.conftest import BundleFactory

PETTY_CASH = ROOT / "fixtures/runbooks/petty-cash"
SAME = ("status", "slug", "steps_entered", "steps_completed", "error")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with dev_server() as server:
        yield server.address


def test_a_report_from_a_server_tells_what_a_local_one_tells(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["test", PETTY_CASH, "-s", "happy", "-s", "no_receipt", "-s", "no_slip", "--json"]
    local = json.loads(command(capsys, *given).out)
    done = command(capsys, *given, "--backend", "server", "--address", address)
    assert (done.code, done.err) == (1, "")
    *rows, waiting = json.loads(done.out)
    for ours, theirs in zip(local[:2], rows, strict=True):
        assert _told(theirs) == _told(ours)
        assert theirs["virtual_duration_s"] == 0
        assert theirs["result"] == ours["result"]
    assert waiting["status"] == "stuck"
    assert waiting["error"].startswith(
        "only a timer of 2d 00h is left, and a real server takes its time"
    )


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in SAME},
        "events": [[event["kind"], event["detail"]] for event in row["events"]],
        "gates": [[gate["step"], gate["verdict"]] for gate in row["gates"]],
        "activities": [[call["name"], call["args"], call["result"]] for call in row["activities"]],
        "signals": [[sent["name"], sent["payload"]] for sent in row["signals"]],
        "commands": [[one["task"], one["kind"], one["name"]] for one in row["commands"]],
        "coverage": row["coverage"],
    }


def test_a_run_in_the_sandbox_is_refused_what_differs_on_replay(
    bundle: BundleFactory, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reads_the_clock = bundle(run="import datetime\nreturn str(datetime.datetime.now())")
    given = ["test", reads_the_clock, "-s", "happy", "--backend", "server", "--address", address]
    assert command(capsys, *given).code == 0
    done = command(capsys, *given, "--sandbox")
    assert done.code == 1
    assert "task-failed: RestrictedWorkflowAccessError" in done.out


def test_histories_of_a_server_are_recorded_by_name(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "failure-petty_cash.post_slip"
    given = ["--backend", "server", "--address", address, "-s", name, "--output", tmp_path]
    done = command(capsys, "replay", "record", PETTY_CASH, *given)
    assert (done.code, done.err) == (0, "")
    [(file, entry)] = json.loads((tmp_path / "header.json").read_text())["histories"].items()
    assert file == "failure-petty_cash-post_slip.json"
    assert (entry["scenario"], entry["backend"], entry["status"]) == (name, "server", "failed")
    checked = command(capsys, "replay", "check", PETTY_CASH, tmp_path)
    assert checked.code == 0, checked.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--backend", "sdk", "--address", "127.0.0.1:7233"], ["add `--backend server`"]),
        (["--backend", "server", "--address", "localhost"], ["expected HOST:PORT", "`localhost`"]),
        (["--backend", "cluster"], ["no backend `cluster`", "local, sdk, server"]),
    ],
)
@pytest.mark.parametrize("words_of_command", [["test"], ["replay", "record"]], ids=" ".join)
def test_wrong_use_is_refused(
    bundle: BundleFactory,
    capsys: pytest.CaptureFixture[str],
    words_of_command: list[str],
    arguments: list[str],
    words: list[str],
) -> None:
    assert_refused(command(capsys, *words_of_command, bundle(), *arguments), *words)


def test_a_server_cannot_redact(capsys: pytest.CaptureFixture[str]) -> None:
    done = command(
        capsys, "replay", "record", PETTY_CASH, "--backend", "server", "--redact", "Slip"
    )
    assert_refused(done, "the backend `server` cannot redact")
