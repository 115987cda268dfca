"""Activities of a run: scheduled by workflow code, answered one at a time at quiescence."""

from __future__ import annotations

import asyncio
import contextvars
from collections import deque
from typing import Any

from ntro_testkit.runtime.activity_context import ActivityInfo, activity_context
from ntro_testkit.runtime.activity_handle import ActivityHandle, AwaitedActivity, PendingActivity
from ntro_testkit.runtime.awaiting import uncancel_task
from ntro_testkit.runtime.definitions import ActivityDefinition, Signature, activity_definition
from ntro_testkit.runtime.endings import Endings
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.failures import CancelledError, activity_error, describe
from ntro_testkit.runtime.payloads import Payload, PayloadError, decode, payload_of, type_name
from ntro_testkit.runtime.replies import (
    ActivityReplies,
    Encoded,
    Failure,
    InLoop,
    InThread,
    Reply,
    Value,
)
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.trace import ActivityCall, Command


class Activities:
    """Schedules and answers the activities of one run."""

    def __init__(self, state: RunState, endings: Endings, replies: ActivityReplies) -> None:
        self._state = state
        self._endings = endings
        self._replies = replies
        self._queue: deque[PendingActivity] = deque()
        self.unanswered: list[PendingActivity] = []

    def start(
        self, execution: Execution, activity: Any, args: list[Any], options: dict[str, Any]
    ) -> asyncio.Task[Any]:
        """Schedule an activity and return its handle, a task as on Temporal.

        Raises ValueError without a timeout, as temporalio does.
        """
        if not options.get("start_to_close_timeout") and not options.get(
            "schedule_to_close_timeout"
        ):
            raise ValueError(
                "Activity must have start_to_close_timeout or schedule_to_close_timeout"
            )
        pending = self._schedule(execution, activity, args, options)
        return ActivityHandle(
            self._result(pending), self._state.loop, pending, self._request_cancel
        )

    def _schedule(
        self, execution: Execution, activity: Any, args: list[Any], options: dict[str, Any]
    ) -> AwaitedActivity:
        definition = self._replies.find(activity) or unregistered(activity)
        number = execution.next_sequence("activity")
        payloads = [
            self._encode(definition, position, value) for position, value in enumerate(args)
        ]
        sent = [payload.data for payload in payloads]
        command = self._state.recorder.command(
            execution, "schedule_activity", definition.name, args=sent, options=options
        )
        pending = AwaitedActivity(
            execution=execution,
            definition=definition,
            activity_id=str(options.get("activity_id") or number),
            record=self._record(command, args),
            future=self._state.loop.create_future(),
        )
        self._state.recording.activity_scheduled(pending, payloads, options)
        try:
            self._enqueue(pending, sent)
        except PayloadError as error:
            self._endings.abort_with_payload_error(str(error))
        return pending

    def _record(self, command: Command, args: list[Any]) -> ActivityCall:
        record = ActivityCall(
            name=command.name,
            args=args,
            workflow_id=command.workflow_id,
            step=command.step,
            at_s=command.at_s,
            line=command.line,
            turn=self._state.recorder.turn,
        )
        self._state.recorder.trace.activities.append(record)
        return record

    def _enqueue(self, pending: PendingActivity, sent: list[bytes | None]) -> None:
        """Let an activity wait for its answer.

        Raises `PayloadError` when what was sent is not what it takes.
        """
        if self._replies.find(pending.definition.name) is None:
            pending.never = "it is not registered: add it to the bundle's `activities.py`"
        else:
            pending.record.args = _received(pending.definition, pending.record.args, sent)
        self._queue.append(pending)

    def _encode(self, definition: ActivityDefinition, position: int, value: Any) -> Payload:
        try:
            return payload_of(value)
        except PayloadError as error:
            declared = type_name(definition.signature.type_of(position))
            self._endings.abort_with_payload_error(
                f"activity `{definition.name}`, argument {position + 1} (declared `{declared}`): "
                f"{error}"
            )

    async def _result(self, pending: AwaitedActivity) -> Any:
        """Wait for the answer; a cancellation becomes a command and an `ActivityError`.

        Mirrors temporalio: the cancelled coroutine goes on waiting until the activity is resolved
        as cancelled, at the end of the workflow task that cancelled it.
        """
        pending.awaited = True
        while True:
            try:
                return await pending.future
            except asyncio.CancelledError:
                if pending.answered or self._state.finished:
                    raise
                # The future was cancelled with the coroutine; the answer comes through a new one.
                pending.future = self._state.loop.create_future()
                uncancel_task()
                self._request_cancel(pending)

    def _request_cancel(self, pending: AwaitedActivity) -> None:
        """Ask for an activity's cancellation; core resolves it within the same workflow task."""
        if pending.cancel_requested or self._state.finished:
            return
        pending.cancel_requested = True
        self._state.recorder.command(
            pending.execution, "request_cancel_activity", pending.definition.name
        )
        self._withdraw(pending)
        self._state.recording.activity_cancel_requested(pending)
        error = cancelled_activity(pending)
        self._state.post_resolution(lambda: self._fail(pending, error))

    def _withdraw(self, pending: PendingActivity) -> None:
        """Let nobody answer an activity any more."""
        if pending in self._queue:
            self._queue.remove(pending)
        if pending in self.unanswered:
            self.unanswered.remove(pending)

    def answer_next(self) -> bool:
        """Answer the activity that has waited longest; False when none waits."""
        while self._queue:
            pending = self._queue.popleft()
            if pending.execution.closed:
                continue
            if pending.never is not None:
                self._leave_unanswered(pending, pending.never)
                continue
            self._answer(pending)
            return True
        return False

    def waiting(self) -> list[PendingActivity]:
        """Return the activities that could be answered now, the longest waiting first."""
        return [
            pending
            for pending in self._queue
            if not pending.execution.closed and pending.never is None
        ]

    def answer_named(self, name: str, place: int = 0) -> bool:
        """Answer one of the activities that wait under a name; False when there is none there."""
        named = [each for each in self.waiting() if each.definition.name == name]
        if place >= len(named):
            return False
        self._queue.remove(named[place])
        self._answer(named[place])
        return True

    def _answer(self, pending: PendingActivity) -> None:
        self._carry_out(pending, self._replies.reply(pending.definition, pending.record.args))

    def _leave_unanswered(self, pending: PendingActivity, reason: str) -> None:
        pending.never = reason
        pending.record.source = "unregistered"
        self.unanswered.append(pending)
        self._state.recorder.trace.warnings.append(
            f"activity `{pending.definition.name}` never completes: {reason}"
        )

    def _carry_out(self, pending: PendingActivity, reply: Reply) -> None:
        pending.record.source = reply.source
        match reply:
            case Value(value):
                self._complete(pending, value)
            case Encoded(data):
                self._complete_encoded(pending, data)
            case Failure():
                self._fail_with(pending, reply)
            case InLoop(coroutine):
                self._await(
                    pending,
                    self._state.loop.create_task(coroutine, context=self._context(pending)),
                    more=reply.more,
                )
            case InThread(call):
                self._state.watchdog.pause()
                future = self._context(pending).run(self._state.loop.run_in_thread, call)
                self._await(pending, future)

    def _await(
        self, pending: PendingActivity, future: asyncio.Future[Any], *, more: bool = False
    ) -> None:
        pending.never = "its mock has not returned"
        self.unanswered.append(pending)

        def done(finished: asyncio.Future[Any]) -> None:
            self._state.watchdog.progress()
            if pending in self.unanswered:
                self.unanswered.remove(pending)
            if finished.cancelled() or self._state.finished:
                return
            error = finished.exception()
            if error is None:
                self._complete(pending, finished.result())
            else:
                self._fail_with(pending, Failure(error, pending.record.source, more))

        future.add_done_callback(done)

    def _complete(self, pending: PendingActivity, value: Any) -> None:
        try:
            sent, received = self._state.admit(
                payload_of(value), pending.definition.signature.result
            )
        except PayloadError as error:
            self._abort_on_result(pending, type_name(type(value)), error)
        else:
            self._deliver(pending, sent, received)

    def _complete_encoded(self, pending: PendingActivity, data: bytes | None) -> None:
        declared = pending.definition.signature.result
        sent, received = self._state.admit(Payload(data, raw=declared is bytes), declared)
        self._deliver(pending, sent, received)

    def _deliver(self, pending: PendingActivity, sent: Payload, value: Any) -> None:
        """Hand the result over, as it travels (`sent`) and as it is read there (`value`)."""
        self._state.recording.activity_completed(pending, sent)
        if pending.answered:
            # It was cancelled before: its workflow hears of it no more.
            return
        pending.answered = True
        pending.record.result = value
        self._state.recorder.close(pending.record)
        self._state.activate(pending.execution)
        pending.completed(sent, value)

    def _abort_on_result(
        self, pending: PendingActivity, returned: str, error: PayloadError
    ) -> None:
        definition, record = pending.definition, pending.record
        self._endings.payload_error(
            f"activity `{definition.name}` ({record.source}) returned a `{returned}`, declared is "
            f"`{type_name(definition.signature.result)}`: {error}",
            record.line,
            pending.execution,
        )

    def _context(self, pending: PendingActivity) -> contextvars.Context:
        return activity_context(
            ActivityInfo(
                pending.execution.workflow_id,
                pending.activity_id,
                pending.definition.name,
                pending.attempt,
            )
        )

    def _fail_with(self, pending: PendingActivity, failure: Failure) -> None:
        """Fail for good: on this backend the first failure of an activity is its last."""
        self._state.recording.activity_failed(pending, failure.error)
        self._fail(
            pending,
            activity_error(
                failure.error, activity=pending.definition.name, activity_id=pending.activity_id
            ),
        )

    def _fail(self, pending: PendingActivity, error: BaseException) -> None:
        if pending.answered:
            return
        pending.answered = True
        pending.record.error = describe(error.__cause__ or error)
        self._state.recorder.close(pending.record)
        self._state.activate(pending.execution)
        pending.failed(error)


def cancelled_activity(pending: PendingActivity) -> BaseException:
    """Return the error a workflow gets from an activity it has cancelled."""
    return activity_error(
        CancelledError("Cancelled"),
        activity=pending.definition.name,
        activity_id=pending.activity_id,
        message="Activity cancelled",
    )


def _received(
    definition: ActivityDefinition, args: list[Any], sent: list[bytes | None]
) -> list[Any]:
    """Read the arguments as the activity would.

    A count or a value that does not fit would fail the activity on every attempt, for ever: raises
    `PayloadError`, which ends the run instead.
    """
    signature = definition.signature
    if not signature.accepts(len(sent)):
        raise PayloadError(_wrong_count(definition, len(sent)))
    received = []
    for position, data in enumerate(sent):
        declared = signature.type_of(position)
        try:
            received.append(decode(data, declared))
        except PayloadError as error:
            given = type_name(type(args[position])) if position < len(args) else "value"
            raise PayloadError(
                f"activity `{definition.name}`, argument {position + 1}: a `{given}` does not fit "
                f"the declared `{type_name(declared)}`: {error}"
            ) from error
    return received


def _wrong_count(definition: ActivityDefinition, given: int) -> str:
    names = ", ".join(name for name, _, _ in definition.signature.parameters)
    hint = (
        "; the facade turns an explicit None into no argument (D39): send a model instead"
        if given == 0
        else ""
    )
    return (
        f"activity `{definition.name}` takes ({names}) but was called with {given} "
        f"argument{'' if given == 1 else 's'}{hint}; Temporal would retry it for ever"
    )


def unregistered(activity: Any) -> ActivityDefinition:
    """Return what is known of an activity no worker has: its own types, or just its name."""
    if not isinstance(activity, str):
        return activity_definition(activity)
    anything = Signature(parameters=(), result=Any, has_result=False, variadic=True)
    return ActivityDefinition(activity, None, anything)
