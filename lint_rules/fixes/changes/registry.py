"""Every fix there is, by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lint_rules.facts.records import Import
from lint_rules.fixes.changes import (
    activities,
    clocks,
    failures,
    logs,
    migration,
    order,
    waits,
    zones,
)
from lint_rules.fixes.needs import Spelling
from lint_rules.fixes.opened import OpenedModule
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
    "ui-step": migration.ui_step,
    "workflow-to-runbook": migration.workflow_to_runbook,
    "import-from-ntro": migration.import_from_ntro,
}

IMPORT_CHANGES: Mapping[
    str, Callable[[OpenedModule, Import], tuple[list[Site], list[Spelling]]]
] = {"facade-import": migration.facade_import}
"""Those whose place is an imported name, by id; they give the places where it is used."""
