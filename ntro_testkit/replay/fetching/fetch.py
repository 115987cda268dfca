"""Brings histories from a Temporal cluster, by query, one file for each run.

What is there and complete is left alone; a run that has not ended is fetched again each time.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowExecution, WorkflowHistory
from temporalio.converter import PayloadCodec
from temporalio.service import RPCError, RPCStatusCode

from ntro_testkit import __version__
from ntro_testkit.history.reading import HEADER
from ntro_testkit.replay.fetching.files import FetchedFiles, write_whole
from ntro_testkit.replay.fetching.payload_codec import decode_payloads

AT_ONCE = 8
"""Histories under way at a time: enough to hide the way there and back, few enough to be polite."""

_CLOSING = frozenset(
    EventType.Value(f"EVENT_TYPE_WORKFLOW_EXECUTION_{how}")
    for how in ("COMPLETED", "FAILED", "CANCELED", "TERMINATED", "TIMED_OUT", "CONTINUED_AS_NEW")
)

Progress = Callable[[int], None]
"""Called with how many workflows have been looked at."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to bring, and where from: all of it is written into the header.

    `limit` is how many of the workflows found are looked at, the newest first; None for all.
    """

    address: str
    namespace: str
    query: str
    limit: int | None = None


@dataclass(slots=True)
class Fetched:
    """What came of it: histories written, there already, of runs still open, and gone meanwhile."""

    written: int = 0
    kept: int = 0
    running: int = 0
    gone: int = 0

    @property
    def looked_at(self) -> int:
        """How many workflows the query found."""
        return self.written + self.kept + self.gone


async def fetch(
    client: Client,
    wanted: Wanted,
    folder: Path,
    *,
    codec: PayloadCodec | None = None,
    progress: Progress = lambda done: None,
) -> Fetched:
    """Write the histories of the workflows a query finds into a folder.

    Raises temporalio's `RPCError` when the cluster refuses, `CodecError` when the codec fails,
    OSError when a file cannot be written.
    """
    files = FetchedFiles(folder)
    write_whole(folder / HEADER, _header(wanted))
    fetched = Fetched()
    places = asyncio.Semaphore(AT_ONCE)

    async def bring(execution: WorkflowExecution) -> None:
        try:
            await _bring(client, execution, files, codec, fetched)
        finally:
            places.release()
        progress(fetched.looked_at)

    try:
        async with asyncio.TaskGroup() as under_way:
            async for execution in _found(client, wanted):
                if files.has(execution.id, execution.run_id):
                    fetched.kept += 1
                    progress(fetched.looked_at)
                    continue
                await places.acquire()
                under_way.create_task(bring(execution))
    except ExceptionGroup as group:
        # All of them are about the same cluster, codec or disk.
        raise group.exceptions[0] from None
    return fetched


async def _found(client: Client, wanted: Wanted) -> AsyncIterator[WorkflowExecution]:
    number = 0
    async for execution in client.list_workflows(wanted.query or None):
        if wanted.limit is not None and number >= wanted.limit:
            return
        number += 1
        yield execution


async def _bring(
    client: Client,
    execution: WorkflowExecution,
    files: FetchedFiles,
    codec: PayloadCodec | None,
    fetched: Fetched,
) -> None:
    handle = client.get_workflow_handle(execution.id, run_id=execution.run_id)
    try:
        history = await handle.fetch_history()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        # Its retention ended after the query found it.
        fetched.gone += 1
        return
    if codec is not None:
        for event in history.events:
            await decode_payloads(codec, event)
    ended = _has_ended(history)
    data = (history.to_json() + "\n").encode()
    files.keep(execution.id, execution.run_id, data, complete=ended)
    fetched.written += 1
    fetched.running += not ended


def _has_ended(history: WorkflowHistory) -> bool:
    return bool(history.events) and history.events[-1].event_type in _CLOSING


def _header(wanted: Wanted) -> bytes:
    header = {
        "made_by": {
            "command": "replay fetch",
            "ntro-testkit": __version__,
            "temporalio": importlib.metadata.version("temporalio"),
        },
        **asdict(wanted),
    }
    return (json.dumps(header, indent=2) + "\n").encode()
