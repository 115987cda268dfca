"""Dates, for workflow and activities."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ntro.workflow import runbook


def period() -> str:
    return f"{_today():%Y-%m}"


def _today() -> datetime:
    return datetime.now(UTC)  # expect: NTR101/payload


def is_late(due: datetime) -> bool:
    return datetime.now(UTC) > due  # expect: NTR101/sequence


def due_after(days: int) -> datetime:
    return runbook.now() + timedelta(days=days)


def stamp_of_activities() -> str:
    return datetime.now(UTC).isoformat()
