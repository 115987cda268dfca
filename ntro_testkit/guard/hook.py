"""What tells a run's watching of calls: another thing for each version of Python."""

from __future__ import annotations

import sys
from typing import Protocol


class HookUnavailableError(RuntimeError):
    """The hook cannot be had here and now; the message says who has it."""


class Hook(Protocol):
    """The hook of one harness."""

    def begin(self) -> None:
        """Tell of calls from now on; raises `HookUnavailableError`."""

    def end(self) -> None:
        """End a run that was begun."""

    def close(self) -> None:
        """Leave nothing behind."""


def hook_for(roots: tuple[str, ...]) -> Hook:
    """Return this Python's hook for code whose file's path starts with one of `roots`."""
    if sys.version_info >= (3, 12):
        from ntro_testkit.guard.monitoring import MonitoringHook

        return MonitoringHook(roots)
    from ntro_testkit.guard.profiling import ProfilingHook

    return ProfilingHook(roots)
