"""Does the work."""

from __future__ import annotations

import asyncio

from ntro.workflow import activity

from .output import shout_in_activities
from .patience import of_activities


@activity.defn
async def load(name: str) -> str:
    shout_in_activities(name)
    return await of_activities(asyncio.sleep(1, name))
