"""May read any setting."""

from __future__ import annotations

from ntro.workflow import activity

from . import settings


@activity.defn
async def load(name: str) -> list[str]:
    return [settings.bucket_of(name), settings.WORKER_TOKEN]
