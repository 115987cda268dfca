"""Workflow executions on temporalio's instance: activations in, commands out, and how they end."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob

from ntro_testkit.runtime.definitions import (
    WorkflowDefinition,
    workflow_definition,
)
from ntro_testkit.runtime.execution import Execution, WorkflowInfo
from ntro_testkit.runtime.failures import CancelledError, describe
from ntro_testkit.runtime.payloads import Payload, PayloadError, decode, type_name
from ntro_testkit.runtime.randomness import randomness_seed
from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.sdk.activating import ActivatedWorkflows, as_sdk
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.runtime.sdk.instance import workflow_type_of
from ntro_testkit.runtime.sdk.instance_start import InstanceStart
from ntro_testkit.runtime.sdk.messages import exception, message_of, payload_from

MAX_RUNS = 100
"""Times a workflow may continue as new before it counts as endless: virtual time never ends."""


class SdkWorkflows(ActivatedWorkflows):
    """Starts executions and ends them as their commands say."""

    # -- the beginning -----------------------------------------------------------------------------

    def _execution(
        self, definition: WorkflowDefinition, info: WorkflowInfo, parent: Execution | None
    ) -> SdkExecution:
        return SdkExecution(self._calls, definition, info, parent)

    def _begin(self, execution: Execution, input: Sequence[Payload], args: list[Any]) -> None:  # noqa: A002
        self._begin_run(as_sdk(execution), input, None)

    def _begin_run(
        self,
        execution: SdkExecution,
        input: Sequence[Payload],  # noqa: A002 - Temporal's name
        continued: SdkExecution | None,
    ) -> None:
        workflow_class = execution.definition.workflow_class
        info = execution.info
        workflow_type = workflow_type_of(workflow_class) or workflow_class.__name__
        self.classes.setdefault(workflow_type, workflow_class)
        first_run_id = continued.info.first_execution_run_id if continued else info.run_id
        parent = info.parent
        start = InstanceStart(
            workflow_class=workflow_class,
            workflow_type=workflow_type,
            workflow_id=info.workflow_id,
            run_id=info.run_id,
            start_time=info.start_time,
            randomness_seed=randomness_seed(info.run_id),
            parent=(parent.workflow_id, parent.run_id) if parent else None,
            first_execution_run_id=first_run_id,
            continued_run_id=continued.info.run_id if continued else None,
        )
        execution.start = start
        if not self._made_instance(execution, start):
            return
        job = WorkflowActivationJob()
        begin = job.initialize_workflow
        begin.workflow_type = workflow_type
        begin.workflow_id = info.workflow_id
        begin.randomness_seed = start.randomness_seed
        begin.attempt = 1
        begin.first_execution_run_id = first_run_id
        begin.start_time.FromDatetime(info.start_time)
        begin.arguments.extend(map(message_of, input))
        self.record.started(execution, job, continued)
        self._queue(execution, job)

    def cancel(self, execution: Execution) -> None:
        """Ask a workflow to end: its code meets a cancellation where it waits."""
        execution.cancel_requested = True
        job = WorkflowActivationJob()
        job.cancel_workflow.SetInParent()
        self.deliver(as_sdk(execution), job)

    def terminate(self, execution: Execution) -> None:
        """End a workflow from outside; none of its code runs any more."""
        self.record.terminated(as_sdk(execution))
        self._close(execution)

    def _deliver_signal(
        self,
        execution: Execution,
        name: str,
        _attribute: str,
        arrived: list[Payload],
        _args: list[Any],
    ) -> None:
        self._deliver_unread(execution, name, arrived)

    def _deliver_unread(self, execution: Execution, name: str, arrived: list[Payload]) -> None:
        """Let the instance find out itself who handles a signal, if anybody does."""
        job = WorkflowActivationJob()
        job.signal_workflow.signal_name = name
        if hasattr(job.signal_workflow, "originating_event_id"):
            # Newer versions group what a handler does by the event of its signal.
            job.signal_workflow.originating_event_id = as_sdk(execution).history_length
        job.signal_workflow.input.extend(map(message_of, arrived))
        self.deliver(as_sdk(execution), job)

    # -- the end -----------------------------------------------------------------------------------

    def complete(self, execution: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that ends a workflow with its result."""
        definition = execution.definition
        sent = payload_from(command.result) if command.HasField("result") else Payload(None)
        try:
            received = decode(sent.data, definition.run.result)
        except PayloadError as error:
            declared = type_name(definition.run.result)
            self._endings.payload_error(
                f"result of `{execution.slug}`: it does not fit the declared `{declared}`: {error}"
            )
            return
        self._state.recorder.command(
            execution, "complete_workflow", definition.name, place=place, result=sent.data
        )
        self._end_with_result(execution, sent, received)

    def fail(self, execution: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that ends a workflow with a failure."""
        raised = execution.driver.raised if execution.driver else None
        error = raised or exception(command.failure)
        if isinstance(error, CancelledError) and not error.message:
            error = CancelledError("Workflow cancelled")
        self._state.recorder.command(
            execution,
            "fail_workflow",
            execution.definition.name,
            place=place,
            error=describe(error),
        )
        self._end_with_error(execution, error)

    def cancelled(self, execution: SdkExecution, _command: Any, place: Place) -> None:
        """Carry out the command that ends a workflow as cancelled."""
        self._state.recorder.command(
            execution, "cancel_workflow", execution.definition.name, place=place
        )
        self._end_with_error(execution, CancelledError("Workflow cancelled"))

    def _close(self, execution: Execution) -> None:
        super()._close(execution)
        if self.commands is not None:
            self.commands.closed(as_sdk(execution))

    def continue_as_new(self, execution: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that begins the workflow anew, under the same id."""
        workflow_type = command.workflow_type or execution.definition.name
        arguments = [payload_from(argument) for argument in command.arguments]
        self._state.recorder.command(
            execution,
            "continue_as_new",
            workflow_type,
            place=place,
            args=[item.data for item in arguments],
        )
        if execution.run_number >= MAX_RUNS:
            self._endings.stuck(
                f"`{execution.slug}` called `continue_as_new` {MAX_RUNS} times and comes to no end"
            )
            return
        workflow_class = self.classes.get(workflow_type)
        if workflow_class is None:
            self._endings.stuck_on(
                execution,
                place.line,
                f"a worker for `{workflow_type}`",
                f"it continues as `{workflow_type}`, and no such workflow class is known",
            )
            return
        super()._close(execution)
        if self.commands is not None:
            self.commands.continued(execution)
        self._run_again(execution, workflow_class, arguments)

    def _run_again(
        self, before: SdkExecution, workflow_class: type, arguments: list[Payload]
    ) -> None:
        number = before.run_number + 1
        run_id = str(
            uuid.uuid5(uuid.NAMESPACE_OID, f"{before.info.first_execution_run_id}#{number}")
        )
        info = replace(
            before.info,
            run_id=run_id,
            workflow_type=workflow_class.__name__,
            start_time=self._calls.now(),
            first_run_id=before.info.first_execution_run_id,
        )
        execution = self._new(workflow_definition(workflow_class), info, before.parent)
        again = as_sdk(execution)
        again.run_number = number
        self._state.begin(again)
        self._begin_run(again, arguments, before)
        if self.children is not None:
            self.children.continued(again)
