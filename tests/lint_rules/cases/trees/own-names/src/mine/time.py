"""Time of one's own."""

from __future__ import annotations

from datetime import datetime

from temporalio import workflow


def time() -> float:
    return workflow.now().timestamp()


def sleep(hours: int) -> int:
    return hours


def now() -> datetime:
    return workflow.now()
