"""Which hook there is: another one for each version of Python."""

from __future__ import annotations

import sys

from ntro_testkit.guard.hook import Hook


def hook_for(roots: tuple[str, ...]) -> Hook:
    """Return this Python's hook for code whose file's path starts with one of `roots`."""
    if sys.version_info >= (3, 12):
        from ntro_testkit.guard.monitoring import MonitoringHook

        return MonitoringHook(roots)
    from ntro_testkit.guard.profiling import ProfilingHook

    return ProfilingHook(roots)
