"""Does the work."""

from __future__ import annotations

from ntro.workflow import activity

from . import state


@activity.defn
async def load(name: str) -> str:
    state.remember_in_activity(name)
    return name
