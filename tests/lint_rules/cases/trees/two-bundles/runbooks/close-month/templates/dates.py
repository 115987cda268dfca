"""Dates from the worker's clock."""

from __future__ import annotations

from datetime import date


def period() -> str:
    return date.today().isoformat()  # expect: NTR101/payload
