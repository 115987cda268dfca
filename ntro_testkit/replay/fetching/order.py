"""What is to be fetched, as plain data, and having it done in a process of its own.

API keys are no part of an order: they stay in the environment, which the process inherits.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ntro_testkit.history.reading import HEADER, RECORDED

INTERRUPTED = 130

_MODULE = "ntro_testkit.replay.fetching.process"


class FetchError(RuntimeError):
    """Histories cannot be fetched; the message says what to put right."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch and how; the names are those of the options of `replay fetch`."""

    output: str
    address: str | None = None
    namespace: str | None = None
    query: str = ""
    limit: int | None = None
    tls: bool = False
    tls_ca: str | None = None
    tls_cert: str | None = None
    tls_key: str | None = None
    server_name: str | None = None
    api_key_env: str | None = None
    codec: str | None = None
    profile: str | None = None


def carry_out(order: Order) -> dict[str, int]:
    """Fetch, and return the counts of `fetch.Fetched`.

    Raises `FetchError` that says what to put right, KeyboardInterrupt when it was broken off.
    """
    _refuse_recorded(Path(order.output))
    with subprocess.Popen(
        [sys.executable, "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        # Ctrl-C reaches both: the process finishes or drops its file, and we wait for that.
        answer, _ = process.communicate(json.dumps(asdict(order)) + "\n")
    if process.returncode == INTERRUPTED:
        raise KeyboardInterrupt
    if not answer:
        raise FetchError(f"fetching ended without a word (exit code {process.returncode})")
    found: dict[str, Any] = json.loads(answer)
    if "problem" in found:
        raise FetchError(found["problem"])
    return found


def _refuse_recorded(folder: Path) -> None:
    """Raise `FetchError` for a folder of `replay record`, whose header would be lost."""
    file = folder / HEADER
    if not file.is_file():
        return
    with contextlib.suppress(ValueError):
        header = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(header, dict) and RECORDED in header:
            raise FetchError(f"{file}: here are recorded histories: fetch into another folder")


def refuse_secrets(header: Mapping[str, Any], api_key: str | None) -> None:
    """Raise `FetchError` when something of the header would give a secret away.

    That is a name and password in an address, the API key itself, and the text of a key's file.
    """
    for name, value in header.items():
        text = str(value)
        if "-----BEGIN" in text:
            raise FetchError(f"`{name}` holds the text of a key: give the path of its file")
        if api_key and api_key in text:
            raise FetchError(f"`{name}` holds the API key, and would be written into the header")
    address = str(header.get("address", ""))
    if "@" in address or "://" in address:
        raise FetchError("the address is HOST:PORT, without a scheme, a name or a password")
