"""Does the work."""

from __future__ import annotations

from ntro.workflow import activity


@activity.defn
async def load(name: str) -> str:
    return name
