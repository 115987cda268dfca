"""Activates executions on temporalio's instance with jobs: what happened in, commands out.

An instance can be made anew at any quiescence, from what it was activated with.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob
from temporalio.worker import WorkflowRunner

from ntro_testkit.runtime.definitions import workflow_definition
from ntro_testkit.runtime.endings import Endings
from ntro_testkit.runtime.execution import Execution, WorkflowCalls
from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.sdk.commands import ENDINGS, Commands
from ntro_testkit.runtime.sdk.converter import QUICK_CONVERTER
from ntro_testkit.runtime.sdk.execution import (
    Held,
    Issued,
    Observer,
    Past,
    Replayed,
    SdkExecution,
)
from ntro_testkit.runtime.sdk.instance import DATA_CONVERTER, Instance
from ntro_testkit.runtime.sdk.instance_start import InstanceStart
from ntro_testkit.runtime.sdk.messages import exception
from ntro_testkit.runtime.sdk.recording import NoRecording
from ntro_testkit.runtime.sdk.sandbox import explain_refusal
from ntro_testkit.runtime.sdk.timers import TimerNumberError, misnumbered, renumbered
from ntro_testkit.runtime.watchdog import BusyLoop
from ntro_testkit.runtime.workflows import Workflows

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

LONG_HISTORY = 4096
"""Events after which a server suggests to continue as new, by default."""


class ActivatedWorkflows(Workflows):
    """Activates executions with the jobs that reach them, and has their commands carried out.

    `classes` are the workflow classes by type, to which workflow code adds those it starts itself.
    With `keep_activations`, executions keep what they were activated with and what came of it, for
    `rebuild`; `on_replayed` is told what comes of it then.
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
        self.on_replayed: Callable[[SdkExecution, Replayed], None] | None = None
        self.classes: dict[str, type] = {}
        self._due: dict[SdkExecution, None] = {}
        self._runner = runner
        # The sandbox makes every type anew for each run: not even an adapter may outlive it.
        self._converter = QUICK_CONVERTER if runner is None else DATA_CONVERTER
        self.record = recording

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
        wrong = misnumbered(jobs, execution.timers)
        if wrong is not None:
            self._fail_task(execution, TimerNumberError(wrong))
            return
        activation = self._activation(execution, jobs)
        if self.keep_activations:
            execution.activations.append(activation)
        held, execution.held = execution.held, ()
        commands = self._after(held, execution, activation)
        if commands is None:
            return
        if self.keep_activations:
            execution.issued.append(Issued(tuple(commands), tuple(execution.made)))
        execution.history_length += len(commands)
        if self.commands is not None:
            self.commands.carry_out(execution, renumbered(commands, execution.timers))

    def _activation(
        self, execution: SdkExecution, jobs: list[WorkflowActivationJob]
    ) -> WorkflowActivation:
        execution.history_length += 3 + len(jobs)
        activation = WorkflowActivation(
            run_id=execution.info.run_id,
            jobs=jobs,
            history_length=execution.history_length,
            continue_as_new_suggested=execution.history_length > LONG_HISTORY,
        )
        since_start = round(self._state.loop.time() * 1e9)
        activation.timestamp.FromNanoseconds(self._start_ns + since_start)
        return activation

    def _after(
        self, held: Sequence[Held], execution: SdkExecution, activation: WorkflowActivation
    ) -> Sequence[Any] | None:
        """Return the commands of an activation behind those held back; None where it ends the run.

        Code that has already come to its end is not activated: a server only hears of that now.
        """
        if not held:
            return self._issued(execution, activation)
        waiting = [command for command, _ in held]
        made: list[Place] = []
        if not any(command.WhichOneof("variant") in ENDINGS for command in waiting):
            issued = self._issued(execution, activation)
            if issued is None:
                return None
            waiting += issued
            made = execution.made
        execution.made = [*(place for _, place in held), *made]
        return waiting

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
        self, execution: SdkExecution, workflow_class: type, past: Past | None = None
    ) -> None:
        """Replace an execution's instance, as a worker does that has none of it in memory.

        The fresh one, of `workflow_class`, is fed its past as a replay: the activations that were
        kept, or another `past`. Nothing of it is carried out or told again. A class that fails on
        the way ends the run.
        """
        assert execution.start is not None
        if past is None:
            past = Past(execution.activations, execution.held, execution.timers)
        shown = getattr(execution.instance, "_pending_action", None)
        self._discard(execution)
        execution.definition = workflow_definition(workflow_class)
        execution.start = replace(execution.start, workflow_class=workflow_class)
        if not self._made_instance(execution, execution.start):
            return
        if not self._replay(execution, past.activations):
            return
        execution.activations = list(past.activations)
        execution.held, execution.timers = past.held, past.timers
        self._state.recorder.rebuilt(execution, shown)

    def _discard(self, execution: SdkExecution) -> None:
        """Unwind an instance; what its code does on the way is nobody's business any more."""
        if execution.observer is not None:
            execution.observer.deaf = True
        if execution.driver is not None:
            with contextlib.suppress(SystemExit):
                execution.driver.evict()
        execution.waits.clear()

    def _replay(self, execution: SdkExecution, activations: Sequence[WorkflowActivation]) -> bool:
        """Feed an instance what is over; False where that ends the run."""
        observer = execution.observer
        assert observer is not None
        for number, activation in enumerate(activations):
            again = WorkflowActivation()
            again.CopyFrom(activation)
            again.is_replaying = True
            since_start = again.timestamp.ToNanoseconds() - self._start_ns
            observer.replaying_s = since_start / 1e9
            commands = self._issued(execution, again)
            if commands is None:
                return False
            if self.on_replayed is not None:
                now = Issued(tuple(commands), tuple(execution.made))
                self.on_replayed(execution, Replayed(number, now))
        observer.replaying_s = None
        return True

    def _fail_task(self, execution: SdkExecution, error: BaseException) -> None:
        refusal = explain_refusal(error)
        if refusal is None:
            self._endings.fail_task(execution, error)
        else:
            self._endings.fail_task(execution, error, refusal)

    def _made_instance(self, execution: SdkExecution, start: InstanceStart) -> bool:
        """Give an execution a fresh instance; False where that ends the run."""
        observer = Observer(execution, self._state.recorder, self._state.loop.time, self.classes)
        try:
            execution.driver = Instance(
                start,
                runner=self._runner,
                data_converter=self._converter,
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
        return None if execution is None else as_sdk(execution)

    def open_here(self) -> list[SdkExecution]:
        """Return what `open` does, as this backend's."""
        return list(map(as_sdk, self.open()))


def as_sdk(execution: Execution) -> SdkExecution:
    """Return an execution of this backend as what it is."""
    assert isinstance(execution, SdkExecution)
    return execution
