"""Signals and cancellations that workflow code sends to other workflows of the run."""

from __future__ import annotations

from typing import Any

from temporalio.api.failure.v1 import Failure
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from ntro_testkit.runtime.payloads import decode
from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.sdk.activities import Deliver
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.runtime.sdk.messages import data_of
from ntro_testkit.runtime.sdk.workflows import SdkWorkflows


class OtherWorkflows:
    """Carries what one workflow sends to another one; each is an event of its own."""

    def __init__(self, state: RunState, workflows: SdkWorkflows, deliver: Deliver) -> None:
        self._state = state
        self._workflows = workflows
        self._deliver = deliver

    def signal(self, execution: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that signals a child or any other workflow."""
        target = command.child_workflow_id or command.workflow_execution.workflow_id
        name = command.signal_name
        self._state.recorder.command(
            execution, "signal_external_workflow", name, place=place, workflow_id=target
        )
        given = [decode(data_of(argument), Any) for argument in command.args]

        def arrive() -> None:
            sent = self._workflows.signal(target, name, given[0] if given else None)
            job = WorkflowActivationJob()
            job.resolve_signal_external_workflow.seq = command.seq
            if sent.problem is not None and self._workflows.find(target) is None:
                job.resolve_signal_external_workflow.failure.CopyFrom(_not_found("signal"))
            self._deliver(execution, job)

        self._state.post(arrive)

    def request_cancel(self, execution: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that asks for another workflow's cancellation."""
        target = command.workflow_execution.workflow_id
        self._state.recorder.command(
            execution, "request_cancel_external_workflow", target, place=place
        )

        def arrive() -> None:
            other = self._workflows.find(target)
            job = WorkflowActivationJob()
            job.resolve_request_cancel_external_workflow.seq = command.seq
            if other is None:
                job.resolve_request_cancel_external_workflow.failure.CopyFrom(_not_found("cancel"))
            else:
                self._workflows.cancel(other)
            self._deliver(execution, job)

        self._state.post(arrive)


def _not_found(what: str) -> Failure:
    """Return what Temporal's core answers when the other workflow does not run."""
    message = f"Unable to {what} external workflow because it was not found"
    failure = Failure(message=message)
    failure.application_failure_info.type = "ExternalWorkflowExecutionNotFound"
    return failure
