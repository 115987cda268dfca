"""Who watches the run that goes on here, known to hooks and to runs within runs."""

from __future__ import annotations

import contextvars
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ntro_testkit.guard.watching import Watching

current_watching: contextvars.ContextVar[Watching | None] = contextvars.ContextVar(
    "ntro_testkit_watching", default=None
)
"""None outside of runs, and in runs without the guard."""
