"""What may read the disk."""

from __future__ import annotations

from pathlib import Path

from ntro.workflow import activity

from .dates import stamp_of_activities


@activity.defn
async def load(name: str) -> str:
    return f"{stamp_of_activities()} {Path(name).read_text()}"
