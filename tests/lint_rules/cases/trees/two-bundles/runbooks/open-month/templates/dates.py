"""Dates from the workflow's clock."""

from __future__ import annotations

from datetime import date

from ntro.workflow import runbook


def period() -> str:
    return str(runbook.now().date().isoformat())


def never_called() -> str:
    return date.today().isoformat()
