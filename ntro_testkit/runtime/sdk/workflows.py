"""Workflow executions on temporalio's instance: activations in, commands out, and how they end."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob
from temporalio.worker import WorkflowRunner

from ntro_testkit.runtime.definitions import (
    WorkflowDefinition,
    workflow_definition,
)
from ntro_testkit.runtime.endings import Endings
from ntro_testkit.runtime.execution import Execution, WorkflowCalls, WorkflowInfo
from ntro_testkit.runtime.failures import CancelledError, describe
from ntro_testkit.runtime.payloads import Payload, PayloadError, decode, payload_of, type_name
from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.sdk.commands import ENDINGS, Commands
from ntro_testkit.runtime.sdk.converter import QUICK_CONVERTER
from ntro_testkit.runtime.sdk.execution import Held, Observer, SdkExecution
from ntro_testkit.runtime.sdk.instance import Instance, InstanceStart, workflow_type_of
from ntro_testkit.runtime.sdk.messages import exception, message_of, payload_from
from ntro_testkit.runtime.sdk.randomness import randomness_seed
from ntro_testkit.runtime.sdk.recording import NoRecording
from ntro_testkit.runtime.sdk.sandbox import explain_refusal
from ntro_testkit.runtime.watchdog import BusyLoop
from ntro_testkit.runtime.workflows import Workflows
from ntro_testkit.trace import SignalSent

MAX_RUNS = 100
"""Times a workflow may continue as new before it counts as endless: virtual time never ends."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

LONG_HISTORY = 4096
"""Events after which a server suggests to continue as new, by default."""


class SdkWorkflows(Workflows):
    """Starts executions, activates them with jobs, and ends them as their commands say.

    `classes` are the workflow classes by type, to which workflow code adds those it starts itself.
    With `keep_activations`, executions keep what they were activated with, for `rebuild`.
    """

    def __init__(
        self,
        state: RunState,
        endings: Endings,
        calls: WorkflowCalls,
        runner: WorkflowRunner | None,
        recording: NoRecording,
        start_time: datetime,
    ) -> None:
        super().__init__(state, endings, calls)
        self._start_ns = (start_time - _EPOCH) // timedelta(microseconds=1) * 1000
        self.commands: Commands | None = None
        self.keep_activations = False
        self.classes: dict[str, type] = {}
        self._due: dict[SdkExecution, None] = {}
        self._runner = runner
        self.record = recording

    # -- the beginning -----------------------------------------------------------------------------

    def _execution(
        self, definition: WorkflowDefinition, info: WorkflowInfo, parent: Execution | None
    ) -> SdkExecution:
        return SdkExecution(self._calls, definition, info, parent)

    def _begin(self, execution: Execution, input: Sequence[Payload], args: list[Any]) -> None:  # noqa: A002
        self._begin_run(_sdk(execution), input, None)

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

    def _made_instance(self, execution: SdkExecution, start: InstanceStart) -> bool:
        """Give an execution a fresh instance; False where that ends the run."""
        observer = Observer(execution, self._state.recorder, self._state.loop.time, self.classes)
        try:
            execution.driver = Instance(
                start,
                runner=self._runner,
                data_converter=QUICK_CONVERTER,
                note_command=observer.command_made,
                observer=observer,
            )
        except Exception as error:  # noqa: BLE001 - what importing the bundle in the sandbox raises
            self._fail_task(execution, error)
            return False
        execution.observer = observer
        return True

    def running(self, workflow_id: str) -> SdkExecution | None:
        """Return the running execution with this id, as this backend's."""
        execution = self.find(workflow_id)
        return None if execution is None else _sdk(execution)

    def open_here(self) -> list[SdkExecution]:
        """Return what `open` does, as this backend's."""
        return list(map(_sdk, self.open()))

    # -- activations -------------------------------------------------------------------------------

    def deliver(self, execution: SdkExecution, job: WorkflowActivationJob) -> None:
        """Let a job reach a workflow, which is activated once the event it came from is done."""
        if self._state.finished or execution.closed:
            return
        self._state.activate(execution)
        self.record.delivered(execution, job)
        self._queue(execution, job)

    def _queue(self, execution: SdkExecution, job: WorkflowActivationJob) -> None:
        execution.jobs.append(job)
        self._due[execution] = None

    def activate_due(self) -> bool:
        """Activate the executions that jobs have reached, in that order; False without any."""
        if not self._due:
            return False
        while self._due:
            execution = next(iter(self._due))
            del self._due[execution]
            self._activate(execution)
        return True

    def _activate(self, execution: SdkExecution) -> None:
        jobs, execution.jobs = execution.jobs, []
        if self._state.finished or execution.closed:
            return
        execution.history_length += 3 + len(jobs)
        activation = WorkflowActivation(
            run_id=execution.info.run_id,
            jobs=jobs,
            history_length=execution.history_length,
            continue_as_new_suggested=execution.history_length > LONG_HISTORY,
        )
        since_start = round(self._state.loop.time() * 1e9)
        activation.timestamp.FromNanoseconds(self._start_ns + since_start)
        if self.keep_activations:
            execution.activations.append(activation)
        held, execution.held = execution.held, ()
        if any(command.WhichOneof("variant") in ENDINGS for command, _ in held):
            # Its code is at its end: whatever woke it only brings a server to hear of that.
            commands, execution.made = (), []
        else:
            issued = self._issued(execution, activation)
            if issued is None:
                return
            commands = issued
        execution.history_length += len(held) + len(commands)
        execution.made = [*(place for _, place in held), *execution.made]
        if self.commands is not None:
            self.commands.carry_out(execution, [*(command for command, _ in held), *commands])

    def _issued(
        self, execution: SdkExecution, activation: WorkflowActivation
    ) -> Sequence[Any] | None:
        """Return the commands of an activation; None where it ends the run, or cannot be had."""
        driver = execution.driver
        if driver is None:
            return None
        execution.made = []
        try:
            completion = execution.context.run(driver.activate, activation)
        except BusyLoop:
            self._endings.busy()
            return None
        except SystemExit as error:
            self._endings.fail_task(execution, error)
            return None
        execution.instance = driver.workflow
        execution.task = driver.main_task
        if self._state.finished:
            return None
        if self._state.watchdog.expired:
            self._endings.busy()
            return None
        if completion.HasField("failed"):
            self._fail_task(execution, driver.raised or exception(completion.failed.failure))
            return None
        commands: Sequence[Any] = completion.successful.commands
        return commands

    def rebuild(
        self,
        execution: SdkExecution,
        workflow_class: type,
        activations: Sequence[WorkflowActivation],
        held: Sequence[Held] = (),
    ) -> None:
        """Replace an execution's instance, as a worker does that has none of it in memory.

        The fresh one, of `workflow_class`, is fed `activations` as a replay; nothing of that is
        carried out or told again. What it has `held` back is carried out with its next activation.
        A class that fails on the way ends the run.
        """
        assert execution.start is not None
        assert execution.observer is not None
        execution.observer.deaf = True
        shown = getattr(execution.instance, "_pending_action", None)
        if execution.driver is not None:
            with contextlib.suppress(SystemExit):
                execution.driver.evict()
        execution.waits.clear()
        execution.definition = workflow_definition(workflow_class)
        execution.start = replace(execution.start, workflow_class=workflow_class)
        if not self._made_instance(execution, execution.start):
            return
        for activation in activations:
            again = WorkflowActivation()
            again.CopyFrom(activation)
            again.is_replaying = True
            execution.observer.replaying_s = (
                again.timestamp.ToNanoseconds() - self._start_ns
            ) / 1e9
            if self._issued(execution, again) is None:
                return
        execution.observer.replaying_s = None
        execution.activations = list(activations)
        execution.held = held
        self._state.recorder.rebuilt(execution, shown)

    def _fail_task(self, execution: SdkExecution, error: BaseException) -> None:
        refusal = explain_refusal(error)
        if refusal is None:
            self._endings.fail_task(execution, error)
        else:
            self._endings.fail_task(execution, error, refusal)

    def cancel(self, execution: Execution) -> None:
        """Ask a workflow to end: its code meets a cancellation where it waits."""
        execution.cancel_requested = True
        job = WorkflowActivationJob()
        job.cancel_workflow.SetInParent()
        self.deliver(_sdk(execution), job)

    def terminate(self, execution: Execution) -> None:
        """End a workflow from outside; none of its code runs any more."""
        self.record.terminated(_sdk(execution))
        self._close(execution)

    def _deliver_signal(
        self, execution: Execution, sent: SignalSent, attribute: str, args: list[Any]
    ) -> None:
        job = WorkflowActivationJob()
        job.signal_workflow.signal_name = sent.name
        if hasattr(job.signal_workflow, "originating_event_id"):
            # Newer versions group what a handler does by the event of its signal.
            job.signal_workflow.originating_event_id = _sdk(execution).history_length
        if args or sent.payload is not None:
            job.signal_workflow.input.append(message_of(payload_of(sent.payload)))
        self.deliver(_sdk(execution), job)

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
            self.commands.closed(_sdk(execution))

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
        again = _sdk(execution)
        again.run_number = number
        self._state.begin(again)
        self._begin_run(again, arguments, before)
        if self.children is not None:
            self.children.continued(again)


def _sdk(execution: Execution) -> SdkExecution:
    """Return an execution of this backend as what it is."""
    assert isinstance(execution, SdkExecution)
    return execution
