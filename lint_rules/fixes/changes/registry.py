"""Every fix there is, by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lint_rules.fixes.changes import activities, clocks, failures, logs, order, waits, zones
from lint_rules.fixes.site import Site

CHANGES: Mapping[str, Callable[[Site], None]] = {
    "now-utc": clocks.now_utc,
    "now-local": clocks.now_local,
    "today-local": clocks.today_local,
    "utcnow": clocks.utcnow,
    "time-time": clocks.time_time,
    "time-time-ns": clocks.time_time_ns,
    "print-to-logger": logs.print_to_logger,
    "logging-to-logger": logs.logging_to_logger,
    "time-sleep": waits.time_sleep,
    "asyncio-wait": waits.asyncio_wait,
    "asyncio-as-completed": waits.asyncio_as_completed,
    "add-utc": zones.add_utc,
    "sorted-set": order.wrap_in_sorted,
    "sorted-payload": order.wrap_in_sorted,
    "raise-workflow-error": failures.raise_workflow_error,
    "execute-activity": activities.execute_activity,
}
