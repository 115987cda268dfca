"""Which line of today's code a run ended at, or stands at."""

from __future__ import annotations

from ntro_testkit.replay.sources import Code
from ntro_testkit.runtime.sdk.instance import Instance
from ntro_testkit.trace import SourceLine


def ending_line(code: Code, instance: Instance) -> SourceLine | None:
    """Return where the workflow failed, else where its run method begins."""
    if instance.raised is not None:
        return raised_line(code, instance)
    return code.line_of_run(type(instance.workflow))


def raised_line(code: Code, instance: Instance) -> SourceLine | None:
    """Return where the exception came from that failed the workflow or its task."""
    return code.line_of_error(instance.raised) if instance.raised is not None else None


def waiting_line(code: Code, instance: Instance) -> SourceLine | None:
    """Return where the run method waits."""
    task = instance.main_task
    return code.line_of_awaiting(task.get_coro()) if task is not None else None
