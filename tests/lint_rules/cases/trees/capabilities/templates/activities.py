"""Where capabilities belong."""

from __future__ import annotations

from ntro.capabilities import config, notify
from ntro.workflow import activity
from ntro.workflow.agents import invoke

from .files import read_in_activities
from .models import Rows


@activity.defn
async def load(name: str) -> Rows:
    await notify.send(config.get(name))
    await invoke(name, input={})
    return Rows(rows=[str(await read_in_activities(name))])
