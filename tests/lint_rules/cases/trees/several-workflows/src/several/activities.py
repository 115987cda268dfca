"""Activities."""

from __future__ import annotations

import random

from temporalio import activity


@activity.defn
async def book(name: str) -> str:
    return f"{name}-{random.random()}"
