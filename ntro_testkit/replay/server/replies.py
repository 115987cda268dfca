"""Answers the activities that a worker of ours has parked, as an in-process run would."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from ntro_testkit.children import ScriptedChild
from ntro_testkit.replay.server.worker import STAND_IN, Parked, ParkingLot
from ntro_testkit.runtime.activity_context import ActivityInfo, activity_context
from ntro_testkit.runtime.definitions import ActivityDefinition
from ntro_testkit.runtime.failures import as_application_error, describe
from ntro_testkit.runtime.payloads import PayloadError, decode, encode, type_name
from ntro_testkit.runtime.replies import (
    ActivityReplies,
    Encoded,
    Failure,
    InLoop,
    InThread,
    Reply,
    Value,
)
from ntro_testkit.trace import ActivityCall, Trace


class ServerReplies:
    """Lets parked activities go on, one at a time, with what the run's mocks say.

    `stand_ins` are the scripted children by slug; `trace` gets a record of every call.
    """

    def __init__(
        self,
        lot: ParkingLot,
        replies: ActivityReplies,
        stand_ins: Mapping[str, ScriptedChild],
        trace: Trace,
    ) -> None:
        self.never: dict[tuple[str, str], tuple[str, str]] = {}
        """Activities nobody answers: their names, and the reason."""
        self._lot = lot
        self._replies = replies
        self._stand_ins = stand_ins
        self._trace = trace

    def answer_next(self, step_of: Mapping[str, str | None], now_s: float) -> bool:
        """Answer the activity that has waited longest; False when none can be answered.

        `step_of` is the current step by workflow id. Raises `MockError` when nothing can answer it,
        `PayloadError` when its arguments or its result do not fit what it declares.
        """
        waiting = [parked for parked in self._waiting() if parked.name != STAND_IN]
        for parked in waiting:
            definition = self._replies.find(parked.name)
            if definition is None:
                self._leave(parked, "it is not registered: add it to the bundle's `activities.py`")
                continue
            received = _received(definition, parked.arguments)
            call = ActivityCall(
                parked.name,
                received,
                parked.workflow_id,
                step_of.get(parked.workflow_id),
                now_s,
                None,
            )
            self._trace.activities.append(call)
            reply = self._replies.reply(definition, received)
            self._carry_out(parked, reply, call, definition.signature.result)
            return True
        return False

    def end_next_stand_in(self) -> bool:
        """End the stand-in that has waited longest; False when none waits."""
        for parked in self._waiting():
            if parked.name == STAND_IN:
                slug, *rest = [_value(argument, Any) for argument in parked.arguments]
                reply = self._stand_ins[slug].reply(rest[0] if rest else None)
                self._carry_out(parked, reply, None, Any)
                return True
        return False

    def drop(self, key: tuple[str, str]) -> None:
        """Let an activity end whose workflow asked for its cancellation."""
        parked = self._lot.parked.get(key)
        if parked is not None and not parked.answered.done():
            parked.answered.set_exception(ApplicationError("cancelled", non_retryable=True))

    def is_waiting(self, key: tuple[str, str]) -> bool:
        """Tell whether a worker has begun an activity and it waits for its answer."""
        parked = self._lot.parked.get(key)
        return parked is not None and parked.waits

    def _waiting(self) -> list[Parked]:
        found = [
            parked
            for key, parked in self._lot.parked.items()
            if parked.waits and key not in self.never
        ]
        return sorted(found, key=lambda each: (each.scheduled, int(each.activity_id)))

    def _leave(self, parked: Parked, reason: str) -> None:
        self.never[parked.key] = (parked.name, reason)
        self._trace.warnings.append(f"activity `{parked.name}` never completes: {reason}")

    def _carry_out(
        self, parked: Parked, reply: Reply, call: ActivityCall | None, declared: Any
    ) -> None:
        parked.is_worked_on = True
        if call is not None:
            call.source = reply.source
        match reply:
            case Value(value):
                _succeed(parked, call, value, _as_received(parked, reply, declared))
            case Encoded(data):
                _succeed(parked, call, RawValue(raw_payload(data)), decode(data, declared))
            case Failure(error):
                _fail(parked, call, error)
            case InLoop(coroutine):
                task = asyncio.get_running_loop().create_task(coroutine, context=_context(parked))
                _follow(task, parked, call)
            case InThread(function):
                thread = asyncio.get_running_loop().run_in_executor(
                    None, _context(parked).run, function
                )
                _follow(thread, parked, call)


def _follow(future: asyncio.Future[Any], parked: Parked, call: ActivityCall | None) -> None:
    def done(finished: asyncio.Future[Any]) -> None:
        if finished.cancelled() or parked.answered.done():
            return
        error = finished.exception()
        if error is None:
            _succeed(parked, call, finished.result(), finished.result())
        else:
            _fail(parked, call, error)

    future.add_done_callback(done)


def _succeed(parked: Parked, call: ActivityCall | None, value: Any, shown: Any) -> None:
    if call is not None:
        call.result = shown
    parked.answered.set_result(value)


def _fail(parked: Parked, call: ActivityCall | None, error: BaseException) -> None:
    """Fail an activity for good: a scripted failure is what is left after all retries."""
    cause = as_application_error(error)
    if isinstance(cause, ApplicationError):
        cause = ApplicationError(cause.message, *cause.details, type=cause.type, non_retryable=True)
    if call is not None:
        call.error = describe(cause)
    parked.answered.set_exception(cause)


def _context(parked: Parked) -> Any:
    return activity_context(ActivityInfo(parked.workflow_id, parked.activity_id, parked.name))


def _received(definition: ActivityDefinition, arguments: Sequence[RawValue]) -> list[Any]:
    """Read the arguments as the activity would; raises `PayloadError`."""
    signature = definition.signature
    if not signature.accepts(len(arguments)):
        names = ", ".join(name for name, _, _ in signature.parameters)
        raise PayloadError(
            f"activity `{definition.name}` takes ({names}) but was called with {len(arguments)} "
            f"argument(s); Temporal would retry it for ever"
        )
    received = []
    for position, argument in enumerate(arguments):
        try:
            received.append(_value(argument, signature.type_of(position)))
        except PayloadError as error:
            raise PayloadError(
                f"activity `{definition.name}`, argument {position + 1}: {error}"
            ) from error
    return received


def _as_received(parked: Parked, reply: Value, declared: Any) -> Any:
    """Return a result as the workflow reads it; raises `PayloadError`."""
    try:
        return decode(encode(reply.value), declared)
    except PayloadError as error:
        raise PayloadError(
            f"activity `{parked.name}` ({reply.source}) returned a "
            f"`{type_name(type(reply.value))}`, declared is `{type_name(declared)}`: {error}"
        ) from error


def _value(argument: RawValue, declared: Any) -> Any:
    if argument.payload.metadata.get("encoding") == b"binary/null":
        return None
    return decode(argument.payload.data, declared)


def raw_payload(data: bytes | None) -> Payload:
    """Return temporalio's payload of a value that is JSON already; None is `None`'s."""
    if data is None:
        return Payload(metadata={"encoding": b"binary/null"})
    return Payload(metadata={"encoding": b"json/plain"}, data=data)
