"""Children of workflows on temporalio's instance: commands in, resolutions out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from temporalio.bridge.proto.child_workflow import StartChildWorkflowExecutionFailedCause
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob
from temporalio.workflow import ChildWorkflowCancellationType, ParentClosePolicy

from lint_rules.manifest.slugs import class_name
from ntro_testkit.runtime.child_handle import Child, StartedChild
from ntro_testkit.runtime.child_workflows import ChildWorkflows, slug_of_child
from ntro_testkit.runtime.endings import Endings
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.failures import CancelledError, child_workflow_error
from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.runtime.sdk.messages import failure, message_of, payload_from
from ntro_testkit.runtime.sdk.workflows import SdkWorkflows

ID_IS_TAKEN = StartChildWorkflowExecutionFailedCause.Value(
    "START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS"
)


@dataclass(eq=False, slots=True, kw_only=True)
class ScheduledChild(StartedChild):
    """A child whose parent learns of its start and end by jobs; `number` is its sequence number."""

    deliver: Callable[[WorkflowActivationJob], None]
    number: int
    cancellation: ChildWorkflowCancellationType
    close_policy: ParentClosePolicy
    has_begun: bool = False

    def begun(self) -> None:
        """Tell the parent the run id."""
        self.has_begun = True
        job = WorkflowActivationJob()
        job.resolve_child_workflow_execution_start.seq = self.number
        job.resolve_child_workflow_execution_start.succeeded.run_id = self.run_id
        self.deliver(job)

    def refused(self, error: BaseException) -> None:
        """Tell the parent that the id is taken, or that the start was cancelled."""
        job = WorkflowActivationJob()
        start = job.resolve_child_workflow_execution_start
        start.seq = self.number
        if self.cancel_requested:
            start.cancelled.failure.CopyFrom(failure(error))
        else:
            start.failed.workflow_id = self.record.workflow_id
            start.failed.workflow_type = self.workflow_type
            start.failed.cause = ID_IS_TAKEN
        self.deliver(job)

    def completed(self, sent: Payload, value: Any) -> None:
        """Resolve with the result; what a stand-in said with a model is read as that model."""
        if self.stand_in is not None and isinstance(value, BaseModel):
            driver = self.parent.driver if isinstance(self.parent, SdkExecution) else None
            if driver is not None:
                driver.expect_child_result(self.number, type(value))
        job = self._end()
        job.resolve_child_workflow_execution.result.completed.result.CopyFrom(message_of(sent))
        self.deliver(job)

    def failed(self, error: BaseException) -> None:
        """Resolve with the failure, or as cancelled."""
        job = self._end()
        result = job.resolve_child_workflow_execution.result
        is_cancelled = isinstance(error.__cause__, CancelledError)
        (result.cancelled if is_cancelled else result.failed).failure.CopyFrom(failure(error))
        self.deliver(job)

    def _end(self) -> WorkflowActivationJob:
        job = WorkflowActivationJob()
        job.resolve_child_workflow_execution.seq = self.number
        return job


class SdkChildWorkflows(ChildWorkflows):
    """Starts and ends children as commands ask for."""

    def __init__(
        self,
        state: RunState,
        endings: Endings,
        workflows: SdkWorkflows,
        available: Mapping[str, Child],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(state, endings, workflows, available, now)
        self._sdk_workflows = workflows
        self._children: dict[tuple[Execution, int], ScheduledChild] = {}

    def play(self, available: Mapping[str, Child]) -> None:
        """Let others play the children that start from now on."""
        self._available = available

    def awaited_by(self, parent: SdkExecution) -> list[str]:
        """Return the slugs of a workflow's children whose end it has not been told, in order."""
        return [
            started.record.slug
            for (owner, _), started in self._children.items()
            if owner is parent and not started.ended
        ]

    def _begin(
        self, started: StartedChild, child: Child, payloads: list[Payload], *, is_taken: bool
    ) -> None:
        """Begin with who plays the child now, who may be another than when it was asked for."""
        player = self._player(started.wire_type)
        if player is None and not started.ended:
            reason = self.not_registered(started.record.slug)
            what = f"the child `{started.record.slug}`"
            self._endings.stuck_on(started.parent, None, what, reason)
            return
        super()._begin(started, player or child, payloads, is_taken=is_taken)

    def named(self, slug: str) -> type | str:
        """Return what workflow code starts for a slug: a class, or a workflow type's name."""
        child = self._available.get(slug)
        if isinstance(child, type):
            return child
        return slug if child is None else class_name(slug)

    def schedule(self, parent: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that starts a child."""
        child = self._player(command.workflow_type)
        if child is None:
            reason = self.not_registered(command.workflow_type)
            waits_for = f"the child `{command.workflow_type}`"
            self._endings.stuck_on(parent, place.line, waits_for, reason)
            return
        given = parent.driver.child_arguments(command.seq) if parent.driver else []
        payloads = [
            payload_from(sent, type(value))
            for sent, value in zip(command.input, given, strict=True)
        ]
        workflow_type = child.__name__ if isinstance(child, type) else child.slug
        recorded = self._state.recorder.command(
            parent,
            "start_child_workflow",
            workflow_type,
            place=place,
            workflow_id=command.workflow_id,
            args=[item.data for item in payloads],
        )
        started = ScheduledChild(
            parent=parent,
            record=self._record(parent, child, payloads, command.workflow_id, recorded),
            run_id=self._run_id(command.workflow_id),
            workflow_type=command.workflow_type,
            wire_type=command.workflow_type,
            deliver=lambda job: self._sdk_workflows.deliver(parent, job),
            number=command.seq,
            task=parent.workflow_tasks,
            cancellation=ChildWorkflowCancellationType(command.cancellation_type),
            close_policy=ParentClosePolicy(command.parent_close_policy),
        )
        self._children[parent, command.seq] = started
        self._post_start(started, child, payloads)

    def _player(self, workflow_type: str) -> Child | None:
        """Return what plays a workflow type, which stand-ins and strings give as a slug."""
        for child in self._available.values():
            slug = slug_of_child(child)
            if workflow_type in (slug, getattr(child, "__name__", class_name(slug))):
                return child
        return self._sdk_workflows.classes.get(workflow_type)

    def request_cancel(self, parent: SdkExecution, command: Any, place: Place) -> None:
        """Carry out the command that cancels a child.

        Source of what follows: the cancellation types of Temporal's core. A child of the very same
        workflow task is never started.
        """
        started = self._children[parent, command.child_workflow_seq]
        if started.ended or started.cancel_requested:
            return
        self._state.recorder.command(
            parent,
            "cancel_child_workflow",
            started.record.slug if started.stand_in else started.workflow_type,
            place=place,
            workflow_id=started.record.workflow_id,
        )
        if not started.has_begun and started.task == parent.workflow_tasks:
            self._withdraw(started)
        elif started.cancellation == ChildWorkflowCancellationType.ABANDON:
            self._give_up(started)
        else:
            self._post_cancel(started)
            if started.cancellation == ChildWorkflowCancellationType.TRY_CANCEL:
                self._give_up(started)

    def _cancel_taken(self, child: StartedChild) -> None:
        super()._cancel_taken(child)
        if isinstance(child, ScheduledChild) and isinstance(child.parent, SdkExecution):
            self._sdk_workflows.record.cancel_reached_child(child.parent, child.number)

    def _give_up(self, started: ScheduledChild) -> None:
        """Let the parent go on without waiting for how the child takes it."""
        started.ended = True
        self._state.post_resolution(lambda: started.failed(_cancelled(started)))

    def parent_closed(self, parent: SdkExecution) -> None:
        """Do with the children of a closed parent what their close policy says.

        The server terminates them unless told otherwise, which no code of theirs notices. With the
        root the whole run is over, and there is nothing left to do.
        """
        if parent.parent is None:
            return
        for (owner, _), started in self._children.items():
            execution = started.execution
            if owner is not parent or started.ended or execution is None or execution.closed:
                continue
            if started.close_policy == ParentClosePolicy.REQUEST_CANCEL:
                self._post_cancel(started)
            elif started.close_policy != ParentClosePolicy.ABANDON:
                self._sdk_workflows.terminate(execution)
                started.record.status = "failed"
                started.record.error = "terminated with its parent"
                self._state.recorder.close(started.record)


def _cancelled(started: ScheduledChild) -> BaseException:
    return child_workflow_error(
        CancelledError("Child Workflow execution cancelled"),
        workflow_id=started.record.workflow_id,
        run_id=started.run_id,
        workflow_type=started.workflow_type,
    )
