"""What is told to whoever keeps the histories of a run; here nobody does."""

from __future__ import annotations

from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from ntro_testkit.history.history import History
from ntro_testkit.runtime.sdk.execution import SdkExecution


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

    def terminated(self, execution: SdkExecution) -> None:
        """Hear that an execution is ended from outside."""

    def tasks_ended(self) -> None:
        """Hear that the workflow tasks under way are done."""

    def histories(self) -> list[History]:
        """Return the history of each execution, the root's first, in order of their starts."""
        return []
