"""Helpers that wait, and helpers that only seem to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from ntro.workflow import runbook


async def tried(work: Awaitable[str], default: str) -> str:
    try:
        return await work
    except BaseException:  # expect: NTR120
        return default


async def suppressed(work: Awaitable[str]) -> None:
    with suppress(asyncio.CancelledError):  # expect: NTR120
        await work


async def tidied(work: Awaitable[str]) -> str:
    try:
        return await work
    except BaseException:
        runbook.logger.info("failed")
        raise


def drained(names: list[str], is_done: Callable[[], bool]) -> None:
    while not is_done():
        names.pop()


def spun(names: list[str]) -> None:
    while True:  # expect: NTR122
        names.append("again")


async def waited(names: list[str]) -> None:
    while True:
        await runbook.wait_condition(lambda: bool(names))
        if names.pop() == "last":
            return


async def of_activities(work: Awaitable[str]) -> str:
    try:
        return await work
    except BaseException:
        return "swallowed"
