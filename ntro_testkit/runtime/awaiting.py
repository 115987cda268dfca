"""How cancelled workflow code goes on waiting, since Temporal decides what comes of it."""

from __future__ import annotations

import asyncio
from typing import Any


def uncancel_task() -> None:
    """Let the current task wait again, as if it had not been cancelled."""
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()


def resolve(future: asyncio.Future[Any], outcome: Any = None) -> None:
    """Give a future its outcome, an exception or a value, unless it has one or was cancelled."""
    if future.done():
        return
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
