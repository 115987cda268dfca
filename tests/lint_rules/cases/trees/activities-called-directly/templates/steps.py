"""Helpers that run activities, rightly and wrongly."""

from __future__ import annotations

from datetime import timedelta

from ntro.workflow import runbook

from . import activities as acts
from .activities import save as save_rows

SHORT = timedelta(minutes=5)


async def load_inline(name: str) -> str:
    return await acts.load(name)  # expect: NTR115


async def save_inline(name: str) -> str:
    return await save_rows(name)  # expect: NTR115


async def load_properly(name: str) -> str:
    return await runbook.execute_activity(acts.load, name, start_to_close_timeout=SHORT)


async def never_called(name: str) -> str:
    return await acts.load(name)
