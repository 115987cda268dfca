"""The commands of workflow code: what each asks for, in words, and which event it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ntro_testkit.history.history import Event
from ntro_testkit.history.moments import span, spoken
from ntro_testkit.replay.strict.markers import (
    is_local_activity,
    is_patch,
    local_activity_of,
    patch_of,
)
from ntro_testkit.replay.strict.workflow_tasks import attributes_of
from ntro_testkit.trace import SourceLine

CANCEL_EXTERNAL = "REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED"

EVENTS: Mapping[str, str] = {
    "start_timer": "TIMER_STARTED",
    "cancel_timer": "TIMER_CANCELED",
    "schedule_activity": "ACTIVITY_TASK_SCHEDULED",
    "request_cancel_activity": "ACTIVITY_TASK_CANCEL_REQUESTED",
    "start_child_workflow_execution": "START_CHILD_WORKFLOW_EXECUTION_INITIATED",
    "cancel_child_workflow_execution": CANCEL_EXTERNAL,
    "request_cancel_external_workflow_execution": CANCEL_EXTERNAL,
    "signal_external_workflow_execution": "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED",
    "upsert_workflow_search_attributes": "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES",
    "modify_workflow_properties": "WORKFLOW_PROPERTIES_MODIFIED",
    "set_patch_marker": "MARKER_RECORDED",
    "complete_workflow_execution": "WORKFLOW_EXECUTION_COMPLETED",
    "fail_workflow_execution": "WORKFLOW_EXECUTION_FAILED",
    "cancel_workflow_execution": "WORKFLOW_EXECUTION_CANCELED",
    "continue_as_new_workflow_execution": "WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
    "schedule_nexus_operation": "NEXUS_OPERATION_SCHEDULED",
    "request_cancel_nexus_operation": "NEXUS_OPERATION_CANCEL_REQUESTED",
    "update_accepted": "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
    "update_completed": "WORKFLOW_EXECUTION_UPDATE_COMPLETED",
}
"""Command -> the event a server writes for it, without `EVENT_TYPE_`."""


@dataclass(frozen=True, slots=True, eq=False)
class Issued:
    """A command of today's code.

    `kind` is temporalio's name of it, `message` its contents, `number` what Temporal counts it by
    within its kind (0 where it counts none). `task` is the workflow task it came out of, `step` and
    `line` those of the code that asked.
    """

    kind: str
    message: Any
    number: int
    task: int
    step: str | None = None
    line: SourceLine | None = None

    @property
    def event_type(self) -> str:
        """The type of the event it becomes."""
        return f"EVENT_TYPE_{EVENTS[self.kind]}"


def said(issued: Issued) -> str:
    """Return a command in words: `activity petty_cash.post_slip`."""
    message = issued.message
    match issued.kind:
        case "start_timer":
            return f"a timer of {spoken(message.start_to_fire_timeout.ToNanoseconds())}"
        case "schedule_activity":
            return f"activity `{message.activity_type}`"
        case "schedule_local_activity":
            return f"local activity `{message.activity_type}`"
        case "start_child_workflow_execution":
            return f"child `{message.workflow_type}` ({message.workflow_id})"
        case "signal_external_workflow_execution":
            return f"signal `{message.signal_name}` to another workflow"
        case "set_patch_marker":
            return f"patch `{message.patch_id}`"
        case "fail_workflow_execution":
            return _told_failure(message.failure.message)
        case kind:
            return _WORDS[EVENTS[kind]]


def told(event: Event) -> str:
    """Return in words what the event of a command stands for."""
    attributes = attributes_of(event)
    kind = str(event["eventType"]).removeprefix("EVENT_TYPE_")
    match kind:
        case "TIMER_STARTED":
            return f"a timer of {spoken(span(attributes.get('startToFireTimeout')))}"
        case "ACTIVITY_TASK_SCHEDULED":
            return f"activity `{named(attributes, 'activityType')}`"
        case "START_CHILD_WORKFLOW_EXECUTION_INITIATED":
            child = named(attributes, "workflowType")
            return f"child `{child}` ({attributes.get('workflowId', '')})"
        case "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED":
            return f"signal `{attributes.get('signalName', '')}` to another workflow"
        case "MARKER_RECORDED":
            return _told_marker(event)
        case "WORKFLOW_EXECUTION_FAILED":
            return _told_failure((attributes.get("failure") or {}).get("message", ""))
        case _:
            return _WORDS.get(kind, kind)


def _told_failure(message: str) -> str:
    return f"the failure of the workflow ({message})" if message else "the failure of the workflow"


def _told_marker(event: Event) -> str:
    if is_patch(event):
        return f"patch `{patch_of(event).name}`"
    if is_local_activity(event):
        return f"local activity `{local_activity_of(event).kind}`"
    return "a marker"


def named(attributes: Any, key: str) -> str:
    """Return the name of an activity's or workflow's type."""
    return str((attributes.get(key) or {}).get("name", ""))


_WORDS = {
    "TIMER_FIRED": "a timer that fires",
    "TIMER_CANCELED": "the cancellation of a timer",
    "ACTIVITY_TASK_CANCEL_REQUESTED": "the cancellation of an activity",
    CANCEL_EXTERNAL: "the cancellation of another workflow",
    "NEXUS_OPERATION_SCHEDULED": "a Nexus operation",
    "NEXUS_OPERATION_CANCEL_REQUESTED": "the cancellation of a Nexus operation",
    "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES": "a change of search attributes",
    "WORKFLOW_PROPERTIES_MODIFIED": "a change of the memo",
    "WORKFLOW_EXECUTION_COMPLETED": "the end of the workflow",
    "WORKFLOW_EXECUTION_CANCELED": "the workflow's own cancellation",
    "WORKFLOW_EXECUTION_CONTINUED_AS_NEW": "a continue-as-new",
    "WORKFLOW_EXECUTION_UPDATE_ACCEPTED": "an accepted update",
    "WORKFLOW_EXECUTION_UPDATE_COMPLETED": "the answer of an update",
}
