"""Carries out the commands of a workflow task, in order, each by the part that knows its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ntro_testkit.runtime.endings import Endings
from ntro_testkit.runtime.failures import UnsupportedCallError
from ntro_testkit.runtime.recorder import Place, Recorder
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.runtime.sdk.recording import NoRecording

if TYPE_CHECKING:
    from ntro_testkit.runtime.sdk.activities import SdkActivities
    from ntro_testkit.runtime.sdk.children import SdkChildWorkflows
    from ntro_testkit.runtime.sdk.others import OtherWorkflows
    from ntro_testkit.runtime.sdk.timers import Timers
    from ntro_testkit.runtime.sdk.updates import Updates
    from ntro_testkit.runtime.sdk.workflows import SdkWorkflows

Handler = Callable[[SdkExecution, Any, Place], None]

ENDINGS = frozenset(
    {
        "complete_workflow_execution",
        "fail_workflow_execution",
        "cancel_workflow_execution",
        "continue_as_new_workflow_execution",
    }
)
"""Commands after which a run does nothing more."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a run that carry commands out."""

    workflows: SdkWorkflows
    activities: SdkActivities
    children: SdkChildWorkflows
    timers: Timers
    others: OtherWorkflows
    updates: Updates


class Commands:
    """Sends each command where it belongs; one that nobody knows ends the run, with its name."""

    def __init__(
        self, state: RunState, endings: Endings, recording: NoRecording, parts: Parts
    ) -> None:
        self._state = state
        self._endings = endings
        self._recording = recording
        self._parts = parts
        self._handlers = _handlers(parts, state.recorder)

    def carry_out(self, execution: SdkExecution, commands: Iterable[Any]) -> None:
        """Carry out the commands of one activation, which were made at `execution.made`."""
        for command, place in zip(commands, execution.made, strict=True):
            kind = command.WhichOneof("variant")
            handler = self._handlers.get(kind)
            if handler is None:
                error = UnsupportedCallError(
                    f"the command `{kind}` works on Temporal, but a run in-process cannot do it"
                )
                self._endings.fail_task(execution, error)
                return
            content = getattr(command, kind)
            self._recording.commanded(execution, kind, content)
            handler(execution, content, place)
            if self._state.finished:
                return

    def closed(self, execution: SdkExecution) -> None:
        """Do what follows from a workflow's end: its timers are over, its children are told."""
        self._parts.timers.forget(execution)
        self._parts.children.parent_closed(execution)

    def continued(self, execution: SdkExecution) -> None:
        """Do what follows from a run's end in a new run, which its children outlive."""
        self._parts.timers.forget(execution)


def _handlers(parts: Parts, recorder: Recorder) -> Mapping[str, Handler]:
    workflows, activities, children = parts.workflows, parts.activities, parts.children

    def schedule_local(execution: SdkExecution, command: Any, place: Place) -> None:
        activities.schedule(execution, command, place, is_local=True)

    def cancel_activity(execution: SdkExecution, command: Any, place: Place) -> None:
        activities.request_cancel(execution, command.seq, place)

    def note(kind: str) -> Handler:
        """Return the handler of a command that asks for nothing but to be kept."""

        def keep(execution: SdkExecution, command: Any, place: Place) -> None:
            name = getattr(command, "patch_id", None) or kind
            recorder.command(execution, kind, name, place=place)

        return keep

    return {
        "complete_workflow_execution": workflows.complete,
        "fail_workflow_execution": workflows.fail,
        "cancel_workflow_execution": workflows.cancelled,
        "continue_as_new_workflow_execution": workflows.continue_as_new,
        "start_timer": parts.timers.start,
        "cancel_timer": parts.timers.cancel,
        "schedule_activity": activities.schedule,
        "schedule_local_activity": schedule_local,
        "request_cancel_activity": cancel_activity,
        "request_cancel_local_activity": cancel_activity,
        "start_child_workflow_execution": children.schedule,
        "cancel_child_workflow_execution": children.request_cancel,
        "signal_external_workflow_execution": parts.others.signal,
        "request_cancel_external_workflow_execution": parts.others.request_cancel,
        "update_response": parts.updates.respond,
        "set_patch_marker": note("set_patch_marker"),
        "upsert_workflow_search_attributes": note("upsert_search_attributes"),
        "modify_workflow_properties": note("modify_properties"),
    }
