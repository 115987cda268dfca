"""Asks a server what the workflows of a run are doing, and whether anything is still under way.

A run is quiet when nothing will happen to it but by a person or a timer: no workflow task is due,
every activity that is under way is parked, every child is open and quiet as well. The server's
description of a workflow is of one moment, and parents are asked before their children: what a
child does to its parent in between shows on the child.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from temporalio.api.enums.v1 import PendingActivityState, WorkflowExecutionStatus
from temporalio.client import Client

ActivityKey = tuple[str, str]
"""(run id, activity id)"""


@dataclass(frozen=True, slots=True)
class Open:
    """A running workflow: who it is, how long its history is, and what is due."""

    workflow_id: str
    run_id: str
    workflow_type: str
    parent_run_id: str | None
    history_length: int
    task_attempt: int
    """How often the workflow task that is due has been tried; 0 when none is due."""


@dataclass(slots=True)
class Look:
    """What a run looked like at one moment; no workflows when the first one has ended."""

    open: list[Open] = field(default_factory=list)
    activities: list[ActivityKey] = field(default_factory=list)
    cancelled_activities: list[ActivityKey] = field(default_factory=list)
    is_whole: bool = True
    """False while a child begins or ends, so that parent and child do not agree."""

    def is_quiet(self, waits: Callable[[ActivityKey], bool]) -> bool:
        """Tell whether nothing is under way; `waits` tells it of an activity."""
        return (
            self.is_whole
            and not any(each.task_attempt for each in self.open)
            and all(map(waits, self.activities))
            and not self.cancelled_activities
        )


async def look_at(client: Client, workflow_id: str) -> Look:
    """Return what a workflow (its newest run) and its children look like now."""
    look = Look()
    unseen: list[tuple[str, str | None, str | None]] = [(workflow_id, None, None)]
    while unseen:
        child_id, child_run, parent_run = unseen.pop(0)
        handle = client.get_workflow_handle(child_id, run_id=child_run)
        described = (await handle.describe()).raw_description
        if (
            described.workflow_execution_info.status
            != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        ):
            if parent_run is None:
                return Look()
            look.is_whole = False
            continue
        found = _open(described, parent_run)
        look.open.append(found)
        _note_activities(look, described, found.run_id)
        for child in sorted(described.pending_children, key=lambda each: each.initiated_id):
            if not child.run_id:
                look.is_whole = False
                continue
            unseen.append((child.workflow_id, child.run_id, found.run_id))
    return look


def _open(described: Any, parent_run: str | None) -> Open:
    info = described.workflow_execution_info
    due = described.HasField("pending_workflow_task")
    return Open(
        workflow_id=info.execution.workflow_id,
        run_id=info.execution.run_id,
        workflow_type=info.type.name,
        parent_run_id=parent_run,
        history_length=info.history_length,
        task_attempt=max(1, described.pending_workflow_task.attempt) if due else 0,
    )


def _note_activities(look: Look, described: Any, run_id: str) -> None:
    for activity in described.pending_activities:
        key = (run_id, activity.activity_id)
        if activity.state == PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED:
            look.cancelled_activities.append(key)
        else:
            look.activities.append(key)
