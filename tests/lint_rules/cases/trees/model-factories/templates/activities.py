"""Makes models of its own."""

from __future__ import annotations

from ntro.workflow import activity

from .models import Journal, Loaded, LoadedLine


@activity.defn
async def load(journal: Journal) -> list[Loaded]:
    return [Loaded(), Loaded(id=str(LoadedLine(1).amount))]
