"""NTR124: harmless calls that Temporal's sandbox refuses all the same."""

from __future__ import annotations

import asyncio
import os
import os.path
import platform
import sys
import threading
import urllib.parse
import urllib.request
from datetime import timedelta
from os.path import basename, join
from pathlib import PurePath

from ntro.workflow import NtroWorkflow, activity, runbook
from temporalio import workflow

SHORT = timedelta(minutes=5)


class Shelf:
    """Joins boards."""

    def join(self, *boards: str) -> str:
        return "-".join(boards)

    def fspath(self, board: str) -> str:
        return board


@activity.defn
async def book(value: object) -> object:
    return [value, os.path.join("a", "b"), threading.Lock(), platform.python_version()]


def path_of(name: str) -> str:
    return os.path.join("statements", name)  # expect: NTR124


def path_of_activities(name: str) -> str:
    return os.path.join("statements", name)


@workflow.defn
class Refused:
    @workflow.run
    async def run(self, name: str) -> list[object]:
        values = [
            os.path.join("statements", name),  # expect: NTR124
            os.path.basename(name),  # expect: NTR124
            os.path.splitext(name),  # expect: NTR124
            os.path.normpath(name),  # expect: NTR124
            os.fspath(name),  # expect: NTR124
            os.name,  # expect: NTR124
            platform.python_version(),  # expect: NTR124
            urllib.request.Request(name),  # expect: NTR124
            path_of(name),
        ]
        return await workflow.execute_activity(book, values, start_to_close_timeout=SHORT)

    @workflow.signal
    def locks(self, name: str) -> None:
        self.lock = threading.Lock()  # expect: NTR124
        self.local = threading.local()  # expect: NTR124


@runbook.defn
class Allowed(NtroWorkflow):
    @runbook.run
    async def run(self, name: str) -> list[object]:
        values = [
            join("statements", name),
            basename(name),
            PurePath("statements") / name,
            os.sep,
            os.linesep,
            sys.version_info >= (3, 12),
            urllib.parse.urlsplit(name).netloc,
        ]
        return await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="locks", title="Locks")
    async def locks(self, name: str) -> None:
        self.lock = asyncio.Lock()
        async with self.lock:
            await runbook.execute_activity(book, name, start_to_close_timeout=SHORT)

    @runbook.step(name="own", title="Own names")
    async def own_names(self, name: str) -> None:
        shelf = Shelf()
        values = [shelf.join("a", "b"), shelf.fspath(name)]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)

    @runbook.step(name="shadowed", title="Shadowed")
    async def shadowed(self, os: Shelf) -> None:
        values = [os.fspath("a"), os.join("a", "b")]
        await runbook.execute_activity(book, values, start_to_close_timeout=SHORT)
