"""Who an activity is: what `activity.info()` answers, and the context its code runs in."""

from __future__ import annotations

import contextvars
from dataclasses import dataclass

from ntro_testkit.runtime.execution import current_execution


@dataclass(frozen=True, slots=True)
class ActivityInfo:
    """What `activity.info()` answers inside a mock or a real activity."""

    workflow_id: str
    activity_id: str
    activity_type: str
    attempt: int = 1


current_activity: contextvars.ContextVar[ActivityInfo | None] = contextvars.ContextVar(
    "ntro_testkit_activity", default=None
)


def activity_context(info: ActivityInfo) -> contextvars.Context:
    """Return a context in which no workflow code runs, but this activity does."""
    context = contextvars.copy_context()
    context.run(current_execution.set, None)
    context.run(current_activity.set, info)
    return context
