"""Activities of workflows on temporalio's instance: commands in, resolutions out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob
from temporalio.workflow import ActivityCancellationType

from ntro_testkit.runtime.activities import Activities, cancelled_activity, unregistered
from ntro_testkit.runtime.activity_handle import PendingActivity
from ntro_testkit.runtime.endings import Endings
from ntro_testkit.runtime.payloads import Payload, PayloadError
from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.replies import ActivityReplies, Failure
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.sdk.execution import SdkExecution
from ntro_testkit.runtime.sdk.messages import data_of, failure, message_of
from ntro_testkit.runtime.sdk.retries import Retries, retries_of

Deliver = Callable[[SdkExecution, WorkflowActivationJob], None]
"""Hands a job to an execution, in its next activation."""

TIMEOUTS = (
    "schedule_to_close_timeout",
    "schedule_to_start_timeout",
    "start_to_close_timeout",
    "heartbeat_timeout",
)


@dataclass(eq=False, slots=True, kw_only=True)
class ScheduledActivity(PendingActivity):
    """An activity whose workflow learns of its end by a job.

    `number` is its sequence number, `task` the workflow task that scheduled it.
    """

    deliver: Callable[[WorkflowActivationJob], None]
    number: int
    task: int
    cancellation: ActivityCancellationType
    is_local: bool
    retries: Retries = field(default_factory=Retries)

    def completed(self, sent: Payload, value: Any) -> None:
        """Resolve with the result."""
        job = self._job()
        job.resolve_activity.result.completed.result.CopyFrom(message_of(sent))
        self.deliver(job)

    def failed(self, error: BaseException) -> None:
        """Resolve with the failure, or as cancelled when that was asked for."""
        job = self._job()
        result = job.resolve_activity.result
        (result.cancelled if self.cancel_requested else result.failed).failure.CopyFrom(
            failure(error)
        )
        self.deliver(job)

    def _job(self) -> WorkflowActivationJob:
        job = WorkflowActivationJob()
        job.resolve_activity.seq = self.number
        job.resolve_activity.is_local = self.is_local
        return job


class SdkActivities(Activities):
    """Schedules and answers activities as commands ask for.

    A failure is final, as on the local backend, except in a mock that is a list: there each result
    answers one attempt, and the policy decides whether and when there is another.
    """

    def __init__(
        self, state: RunState, endings: Endings, replies: ActivityReplies, deliver: Deliver
    ) -> None:
        super().__init__(state, endings, replies)
        self._hand_over = deliver
        self._open: dict[tuple[SdkExecution, int], ScheduledActivity] = {}

    def schedule(
        self, execution: SdkExecution, command: Any, place: Place, *, is_local: bool = False
    ) -> None:
        """Carry out the command that schedules an activity; a local one is answered at once."""
        sent = [data_of(argument) for argument in command.arguments]
        options = {
            name: getattr(command, name).ToTimedelta()
            for name in TIMEOUTS
            if hasattr(command, name) and command.HasField(name)
        }
        name = command.activity_type
        recorded = self._state.recorder.command(
            execution,
            "schedule_local_activity" if is_local else "schedule_activity",
            name,
            place=place,
            args=sent,
            options=options,
        )
        known = self._replies.find(name)
        pending = ScheduledActivity(
            execution=execution,
            definition=known or unregistered(name),
            activity_id=command.activity_id,
            record=self._record(recorded, _arguments(execution, command.seq)),
            deliver=lambda job: self._hand_over(execution, job),
            number=command.seq,
            task=execution.workflow_tasks,
            cancellation=ActivityCancellationType(command.cancellation_type),
            is_local=is_local,
            retries=retries_of(command),
        )
        self._open[execution, command.seq] = pending
        try:
            self._enqueue(pending, sent)
        except PayloadError as error:
            self._endings.payload_error(str(error), place.line, execution)
        if is_local:
            self._state.post_resolution(lambda: self._answer_local(pending))

    def awaited_by(self, execution: SdkExecution) -> list[str]:
        """Return the names of an execution's activities that nobody has answered, in order."""
        return [
            pending.definition.name
            for (owner, _), pending in self._open.items()
            if owner is execution and not pending.answered
        ]

    def _answer_local(self, pending: ScheduledActivity) -> None:
        if pending in self._queue:
            self._queue.remove(pending)
            self._answer(pending)

    def request_cancel(self, execution: SdkExecution, number: int, place: Place) -> None:
        """Carry out the command that cancels an activity.

        Whoever does not wait for the confirmation gets it within the same workflow task, and so
        does everybody for an activity of that very task, of which nobody has been told yet.
        """
        pending = self._open.get((execution, number))
        if pending is None or pending.answered or pending.cancel_requested:
            return
        kind = "request_cancel_local_activity" if pending.is_local else "request_cancel_activity"
        self._state.recorder.command(execution, kind, pending.definition.name, place=place)
        pending.cancel_requested = True
        self._withdraw(pending)
        error = cancelled_activity(pending)
        waits = pending.cancellation == ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
        is_told = pending.task < execution.workflow_tasks
        post = self._state.post if waits and is_told else self._state.post_resolution
        post(lambda: self._fail(pending, error))

    def _fail_with(self, pending: PendingActivity, failed: Failure) -> None:
        """Try again after the wait the policy asks for, or fail for good."""
        assert isinstance(pending, ScheduledActivity)
        elapsed = self._state.loop.time() - pending.record.at_s
        wait = None
        if failed.more and not pending.cancel_requested:
            wait = pending.retries.wait_after(pending.attempt, failed.error, elapsed)
        if wait is None:
            super()._fail_with(pending, failed)
            return
        pending.attempt += 1
        self._state.loop.call_later(wait, self._try_again, pending)

    def _try_again(self, pending: ScheduledActivity) -> None:
        if not pending.answered and not pending.cancel_requested:
            self._queue.append(pending)


def _arguments(execution: SdkExecution, number: int) -> list[Any]:
    """Return what workflow code called an activity with."""
    return execution.driver.activity_arguments(number) if execution.driver else []
