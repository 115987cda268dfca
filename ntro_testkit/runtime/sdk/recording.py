"""Keeps the histories of a run on temporalio's instance, one for each execution."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from ntro_testkit.history.history import History
from ntro_testkit.history.writer import HistoryWriter
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.family import family_attributes
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.runtime.sdk.recorded_run import RecordedRun, payloads_of


class NoRecording:
    """Listens and keeps nothing."""

    def started(
        self,
        execution: SdkExecution,
        job: WorkflowActivationJob,
        continued: SdkExecution | None,
    ) -> None:
        """Hear that an execution begins, after the run it continues, if it does."""

    def delivered(self, execution: SdkExecution, job: WorkflowActivationJob) -> None:
        """Hear that a job reaches a workflow; called before the activation."""

    def commanded(self, execution: SdkExecution, kind: str, command: Any) -> None:
        """Hear of a command, before it is carried out."""

    def cancel_reached_child(self, execution: SdkExecution, number: int) -> None:
        """Hear that the server took a cancellation of a child, by its sequence number."""

    def terminated(self, execution: SdkExecution) -> None:
        """Hear that an execution is ended from outside."""

    def tasks_ended(self) -> None:
        """Hear that the workflow tasks under way are done."""

    def histories(self) -> list[History]:
        """Return the history of each execution, the root's first, in order of their starts."""
        return []


class SdkRecording(NoRecording):
    """Keeps a history of each execution."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._recorded: dict[Execution, RecordedRun] = {}

    def started(
        self,
        execution: SdkExecution,
        job: WorkflowActivationJob,
        continued: SdkExecution | None,
    ) -> None:
        """Begin a history."""
        recorded = RecordedRun(HistoryWriter(self._now), self._now)
        self._recorded[execution] = recorded
        info, begin = execution.info, job.initialize_workflow
        parent = self._recorded[execution.parent].writer if execution.parent else None
        more = family_attributes(execution, parent)
        more["firstExecutionRunId"] = begin.first_execution_run_id
        if continued is not None:
            more["continuedExecutionRunId"] = continued.info.run_id
            more["initiator"] = "CONTINUE_AS_NEW_INITIATOR_WORKFLOW"
        recorded.writer.started(
            begin.workflow_type,
            payloads_of(begin.arguments),
            workflow_id=info.workflow_id,
            run_id=info.run_id,
            parent=(info.parent.workflow_id, info.parent.run_id) if info.parent else None,
            more=more,
        )

    def delivered(self, execution: SdkExecution, job: WorkflowActivationJob) -> None:
        """Write the event a job stands for."""
        self._recorded[execution].event(job)

    def commanded(self, execution: SdkExecution, kind: str, command: Any) -> None:
        """Keep a command until its workflow task ends."""
        self._recorded[execution].waiting.append((kind, command))

    def cancel_reached_child(self, execution: SdkExecution, number: int) -> None:
        """Write that the server took a cancellation of a child."""
        recorded = self._recorded[execution]
        recorded.external("EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED", "child_cancel", number)

    def terminated(self, execution: SdkExecution) -> None:
        """Write the end a server puts to an execution."""
        recorded = self._recorded[execution]
        recorded.end_task()
        recorded.writer.add("WORKFLOW_EXECUTION_TERMINATED", {"reason": "by parent close policy"})

    def tasks_ended(self) -> None:
        """Write the workflow tasks that are done, and their commands."""
        for recorded in self._recorded.values():
            recorded.end_task()

    def histories(self) -> list[History]:
        """Return the history of each execution, the root's first, in order of their starts."""
        self.tasks_ended()
        return [recorded.writer.history() for recorded in self._recorded.values()]
