"""Names that documentation gives and no version has, with what to write instead (D1, D5, D6)."""

from __future__ import annotations

from collections.abc import Mapping

_PREVIOUS = "`from ntro.workflow.task import previous`, or `await self.load_previous_task(...)`"
_TASK = "`ntro.workflow.task`, where the module has moved"
_EXTRACTED = "`ntro.ingest.insert_extracted_document`"
_CHECKS = "`ntro.capabilities.checks.QualityCheckItem`"
_AI = "`ntro.capabilities.ai`"
_FILES = "`ntro.capabilities.files`"

ALTERNATIVES: Mapping[str, str] = {
    "ntro.workflow.previous": _PREVIOUS,
    "ntro.workflow.history": _TASK,
    "ntro.workflow.UserAction": "no class: `wait_for_action` returns a plain dict",
    "ntro.ingest.insert_extracted_record": _EXTRACTED,
    "ntro.ingest.records.insert_extracted_record": _EXTRACTED,
    "ntro.ai": _AI,
    "ntro.checks": "`ntro.capabilities.checks`",
    "ntro.capabilities.fx": "an activity of your own: no version has exchange rates",
    "ntro.capabilities.pdf": _FILES,
    "ntro.capabilities.extraction": _AI,
    "ntro.capabilities.checks.CheckResult": _CHECKS,
    "ntro.capabilities.checks.Finding": _CHECKS,
    "ntro.accounting.Correction": "`ntro.accounting.models.JournalLineCorrection`",
}
"""By the qualified name of the first part that is absent."""

RUNBOOK: Mapping[str, str] = {
    "sleep": "`await asyncio.sleep(...)`, which is a durable timer in workflow code",
    "uuid4": "an id drawn in an activity and returned",
    "random": "a value drawn in an activity and returned",
    "time": "`runbook.now().timestamp()`",
    "utcnow": "`runbook.now()`",
    "patched": "a new version of the bundle: runs in flight keep the version they began with",
    "deprecate_patch": "a new version of the bundle: runs in flight keep their version",
    "continue_as_new": "`await self.run_child_workflow(slug=..., input=...)`, or a shorter run",
    "start_activity": "`asyncio.create_task(runbook.execute_activity(...))`",
    "execute_local_activity": "`runbook.execute_activity(...)`",
    "start_local_activity": "`asyncio.create_task(runbook.execute_activity(...))`",
    "update": "a signal for the change, and a query for what came of it",
    "unsafe": "plain imports, and `runbook.logger`, which keeps quiet during replay",
    "all_handlers_finished": "`runbook.wait_condition(...)` on state that the handlers set",
    "gather": "`asyncio.gather(...)`",
}
"""Members of `temporalio.workflow` that the facade lacks (D32)."""

ACTIVITY: Mapping[str, str] = {
    "heartbeat": "`temporalio.activity.heartbeat(...)`, which works on Temporal only",
    "in_activity": "leave it out: code in an activity is in one",
}
"""Members of `temporalio.activity` that the facade lacks."""

BASE: Mapping[str, str] = {
    "wait_for_signal": "`self.await_signal_with_action(predicate=..., action=...)`",
    "wait_for_approval": "`self.wait_for_action(...)`",
    "wait_for_user_action": "`self.wait_for_action(...)`",
    "wait_for_document": "`self.await_signal_with_action(predicate=..., action=...)`",
    "execute_child_workflow": "`self.run_child_workflow(slug=..., input=...)`",
    "run_child": "`self.run_child_workflow(slug=..., input=...)`",
    "run_activity": "`runbook.execute_activity(...)`",
    "sleep": "`await asyncio.sleep(...)`, which is a durable timer in workflow code",
    "previous": "`await self.load_previous_task(...)`",
}
"""Methods that `NtroWorkflow` is thought to have."""
