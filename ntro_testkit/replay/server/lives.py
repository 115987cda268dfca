"""How long a worker and a workflow live on a server: no longer than the block that needs them.

Whatever ends the block, they end with it. `asyncio.run` cancels every task there is when an
exception leaves it, those inside temporalio's worker too, and `async with worker` then waits for
ever for an event that nobody sets any more.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.common import RawValue
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker

_STOP_S = 10.0
"""Seconds a worker may take to stop."""

_CANCELLED_STOP_S = 1.0
"""The same where everything was cancelled: it may never come to its end by itself."""

_LOOKS, _BETWEEN_S = 5, 0.1
"""How often to look for a workflow whose start was cancelled on its way, and seconds between."""


@contextlib.asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    """Let a worker work during the block; what ends the worker early is raised from it."""
    user = asyncio.current_task()
    assert user is not None
    run = asyncio.create_task(worker.run())
    failed: list[BaseException] = []

    def ended(done: asyncio.Task[None]) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            failed.append(error)
            user.cancel()

    run.add_done_callback(ended)
    patience = _STOP_S
    try:
        yield
    except asyncio.CancelledError:
        patience = _CANCELLED_STOP_S
        if failed:
            user.uncancel()
            raise failed[0] from None
        raise
    finally:
        run.remove_done_callback(ended)
        await _stopped(worker, run, patience)


async def _stopped(worker: Worker, run: asyncio.Task[None], patience: float) -> None:
    """Stop a worker; its task ends also where the worker never says that it has."""
    stop = asyncio.create_task(worker.shutdown())
    await asyncio.wait([run, stop], timeout=patience, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    run.cancel()
    await asyncio.wait([run, stop], timeout=patience)
    if run.done() and not run.cancelled():
        run.exception()


@contextlib.asynccontextmanager
async def started(
    client: Client,
    workflow_type: str,
    args: Sequence[RawValue],
    *,
    workflow_id: str,
    task_queue: str,
) -> AsyncIterator[WorkflowHandle[Any, Any]]:
    """Start a workflow, and end it with its children when it still runs after the block."""
    try:
        handle = await client.start_workflow(
            workflow_type, args=args, id=workflow_id, task_queue=task_queue
        )
    except asyncio.CancelledError:
        await _terminate_late(client.get_workflow_handle(workflow_id), task_queue)
        raise
    try:
        yield handle
    finally:
        await _terminate(handle)


async def _terminate_late(handle: WorkflowHandle[Any, Any], task_queue: str) -> None:
    """End a workflow that the server may begin all the same, if it is ours: its queue says so."""
    for _ in range(_LOOKS):
        try:
            described = await handle.describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            await asyncio.sleep(_BETWEEN_S)
            continue
        if described.task_queue == task_queue:
            await _terminate(handle)
        return


async def _terminate(handle: WorkflowHandle[Any, Any]) -> None:
    try:
        await handle.terminate("the run is over")
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
