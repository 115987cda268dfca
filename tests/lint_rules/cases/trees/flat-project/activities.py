"""Activities."""

from __future__ import annotations

from temporalio import activity

import helpers


@activity.defn
async def book(name: str) -> str:
    return helpers.of_activities([name])
