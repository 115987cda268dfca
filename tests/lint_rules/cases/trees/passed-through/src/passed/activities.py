"""Only named by the workflow, so passing it through is right."""

from __future__ import annotations

import time

from temporalio import activity

import passed.models


@activity.defn
async def book(value: passed.models.Row) -> float:
    return time.time()


def of_activities() -> float:
    return time.time()
