"""Children of a run: started by slug, real bundles or stand-ins, one event at a time."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from lint_rules.manifest.slugs import class_name
from ntro_testkit.runtime.awaiting import uncancel_task
from ntro_testkit.runtime.child_handle import AwaitedChild, Child, ChildHandle, StartedChild
from ntro_testkit.runtime.child_signals import ChildSignals
from ntro_testkit.runtime.definitions import workflow_definition
from ntro_testkit.runtime.endings import Endings
from ntro_testkit.runtime.execution import Execution, WorkflowInfo
from ntro_testkit.runtime.failures import (
    CancelledError,
    WorkflowAlreadyStartedError,
    child_workflow_error,
    describe,
)
from ntro_testkit.runtime.payloads import Payload, PayloadError, decode, payload_of
from ntro_testkit.runtime.replies import Failure, Value
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.workflows import Workflows
from ntro_testkit.trace import ChildRun, Command


class ChildWorkflows:
    """Starts the children of one run and tells their parents how they ended.

    `available` maps a slug to the workflow class or the stand-in that plays it.
    """

    def __init__(
        self,
        state: RunState,
        endings: Endings,
        workflows: Workflows,
        available: Mapping[str, Child],
        now: Callable[[], datetime],
    ) -> None:
        self._state = state
        self._endings = endings
        self._workflows = workflows
        self._available = available
        self._now = now
        self._signals = ChildSignals(state, endings, workflows, self.is_stand_in)
        self._open: dict[str, StartedChild] = {}
        self._waiting_stand_ins: list[StartedChild] = []
        self._tree: dict[str, list[ChildRun]] = {}

    def resolve(self, slug: str) -> Child:
        """Return what plays a slug, or end the run with who is registered."""
        child = self._available.get(slug)
        if child is None:
            self._endings.abort_stuck(f"the child `{slug}`", self.not_registered(slug))
        return child

    def not_registered(self, slug: str) -> str:
        """Say that nothing plays a slug, and who there is."""
        registered = ", ".join(sorted(self._available)) or "none"
        return (
            f"child workflow slug not registered: {slug}; registered: {registered}; "
            f"pass `--child DIR` (or `child_workflows=[...]`)"
        )

    async def start(
        self,
        parent: Execution,
        child: Any,
        data: list[Any],
        wanted_id: str | None,
        options: Mapping[str, Any],
    ) -> ChildHandle:
        """Start a child and wait until it has started.

        Raises `WorkflowAlreadyStartedError` when a workflow with this id is still open (D43).
        """
        asked_for = child
        if isinstance(child, str):
            child = self.resolve(child)
        workflow_id = wanted_id or parent.uuid4()
        payloads = [self._payload(child, value) for value in data]
        workflow_type = child.__name__ if isinstance(child, type) else child.slug
        command = self._state.recorder.command(
            parent,
            "start_child_workflow",
            workflow_type,
            workflow_id=workflow_id,
            args=[payload.data for payload in payloads],
        )
        started = AwaitedChild(
            parent=parent,
            record=self._record(parent, child, payloads, workflow_id, command),
            run_id=self._run_id(workflow_id),
            workflow_type=workflow_type,
            wire_type=asked_for if isinstance(asked_for, str) else _wire_type(child),
            task=parent.workflow_tasks,
            started=self._state.loop.create_future(),
            result=self._state.loop.create_future(),
        )
        self._state.recording.child_initiated(started, payloads, options)
        self._post_start(started, child, payloads)
        await self._start_of(started)
        return ChildHandle(self._result(started), self._state.loop, started, self._signals.send)

    async def _start_of(self, child: AwaitedChild) -> None:
        """Wait until a child has started; a cancellation is meant for the child, as on Temporal."""
        while True:
            try:
                return await child.started
            except asyncio.CancelledError:
                if self._state.finished or child.cancel_requested:
                    raise
                # The future was cancelled with the coroutine; the start comes through a new one.
                child.started = self._state.loop.create_future()
                uncancel_task()
                if child.task == child.parent.workflow_tasks:
                    self._withdraw(child)
                else:
                    self._cancel(child)
                if child.parent.cancel_requested:
                    raise

    def _withdraw(self, child: StartedChild) -> None:
        """Take back a start that the workflow task under way asked for."""
        child.cancel_requested = child.ended = True
        record = child.record
        record.status, record.error = "failed", "cancelled before it was started"
        self._state.recorder.close(record)
        if self._open.get(record.workflow_id) is child:
            del self._open[record.workflow_id]
        self._state.recording.child_withdrawn(child)
        error = child_workflow_error(
            CancelledError("Cancelled"),
            workflow_id=record.workflow_id,
            run_id="",
            workflow_type=child.workflow_type,
        )
        self._state.post_resolution(lambda: child.refused(error))

    def _run_id(self, workflow_id: str) -> str:
        return _run_id_of(f"{workflow_id}#{len(self._workflows.all)}")

    def _post_start(self, started: StartedChild, child: Child, payloads: list[Payload]) -> None:
        """Let a child start as an event of its own."""
        workflow_id = started.record.workflow_id
        # Claimed at the command: two starts of one workflow task meet before either child can end.
        is_taken = workflow_id in self._open or self._workflows.find(workflow_id) is not None
        if not is_taken:
            self._open[workflow_id] = started
        self._state.post(lambda: self._begin(started, child, payloads, is_taken=is_taken))

    def _record(
        self,
        parent: Execution,
        child: Child,
        payloads: list[Payload],
        workflow_id: str,
        command: Command,
    ) -> ChildRun:
        record = ChildRun(
            workflow_id=workflow_id,
            slug=slug_of_child(child),
            parent_id=parent.workflow_id,
            step=command.step,
            started_s=command.at_s,
            input=decode(payloads[0].data, Any) if payloads else None,
            stand_in=not isinstance(child, type),
            turn=self._state.recorder.turn,
        )
        self._attach(parent, record)
        return record

    def _attach(self, parent: Execution, record: ChildRun) -> None:
        """Hang a child into the tree of the run."""
        siblings = self._tree.get(parent.workflow_id, self._state.recorder.trace.children)
        siblings.append(record)
        self._tree[record.workflow_id] = record.children

    def _payload(self, child: Child, value: Any) -> Payload:
        try:
            return payload_of(value)
        except PayloadError as error:
            self._endings.abort_with_payload_error(
                f"input of child `{slug_of_child(child)}`: {error}"
            )

    def _begin(
        self, started: StartedChild, child: Child, payloads: list[Payload], *, is_taken: bool
    ) -> None:
        """Carry out the start: the child gets its input, the parent learns that it runs."""
        if started.ended:
            return
        workflow_id = started.record.workflow_id
        self._state.activate(started.parent)
        if is_taken:
            started.record.status = "failed"
            started.record.error = "Workflow execution already started"
            self._state.recorder.close(started.record)
            self._state.recording.child_start_failed(started)
            started.refused(WorkflowAlreadyStartedError(workflow_id, started.workflow_type))
            return
        self._state.recording.child_started(started)
        if isinstance(child, type):
            info = WorkflowInfo(
                workflow_id=workflow_id,
                run_id=started.run_id,
                workflow_type=child.__name__,
                start_time=self._now(),
                parent=started.parent.info,
            )
            started.execution = self._workflows.start(child, payloads, info, started.parent)
        else:
            started.stand_in = child
            self._waiting_stand_ins.append(started)
        started.begun()

    def end_next_stand_in(self) -> bool:
        """Let the stand-in that has waited longest end; False when none waits.

        They end last of all, after a person had the chance to upload what their gate shows.
        """
        while self._waiting_stand_ins:
            started = self._waiting_stand_ins.pop(0)
            if not _can_end(started):
                continue
            assert started.stand_in is not None
            reply = started.stand_in.reply(started.record.input)
            if isinstance(reply, Failure):
                self.closed(started.record.workflow_id, None, reply.error)
            elif isinstance(reply, Value):
                self._end_with_value(started, reply.value)
            else:
                raise TypeError(f"a stand-in cannot answer with {reply!r}")
            return True
        return False

    def has_stand_in(self) -> bool:
        """Tell whether a stand-in could end now."""
        return any(map(_can_end, self._waiting_stand_ins))

    def _end_with_value(self, started: StartedChild, value: Any) -> None:
        try:
            sent, started.said = self._state.admit(payload_of(value), _type_of(value))
        except PayloadError as error:
            self._endings.payload_error(f"result of stand-in `{started.record.slug}`: {error}")
        else:
            self.closed(started.record.workflow_id, sent, None)

    def is_stand_in(self, workflow_id: str) -> bool:
        """Tell whether an open child is a stand-in, which takes any signal."""
        started = self._open.get(workflow_id)
        return started is not None and started.stand_in is not None

    def continued(self, execution: Execution) -> None:
        """Note that a child goes on in a new run, under the same id."""
        started = self._open.get(execution.workflow_id)
        if started is not None:
            started.execution = execution

    def closed(self, workflow_id: str, result: Payload | None, error: BaseException | None) -> None:
        """Tell a child's parent how it ended, as an event of its own."""
        started = self._open.pop(workflow_id, None)
        if started is None:
            return
        record = started.record
        self._state.recorder.close(record)
        record.status = "completed" if error is None else "failed"
        if error is not None:
            record.error = describe(error)

        def deliver() -> None:
            if started.ended or started.parent.closed:
                return
            started.ended = True
            self._state.recording.child_closed(started, result, error)
            self._state.activate(started.parent)
            if error is not None:
                started.failed(
                    child_workflow_error(
                        error,
                        workflow_id=workflow_id,
                        run_id=started.run_id,
                        workflow_type=started.wire_type,
                    )
                )
                return
            try:
                sent = result or Payload(None)
                record.result = decode(sent.data, self._result_type(started))
            except PayloadError as problem:
                self._endings.payload_error(
                    f"result of child `{record.slug}`: {problem}", None, started.parent
                )
                return
            started.completed(sent, record.result)

        self._state.post(deliver)

    def _result_type(self, started: StartedChild) -> Any:
        """Return what the parent gets: the child's declared type, or what the stand-in said."""
        if started.execution is not None:
            return started.execution.definition.run.result
        return _type_of(started.said)

    async def _result(self, child: AwaitedChild) -> Any:
        """Wait for a child's result; a cancellation is passed on to the child."""
        while True:
            try:
                return await child.result
            except asyncio.CancelledError:
                if child.ended or self._state.finished or child.cancel_requested:
                    raise
                # The future was cancelled with the coroutine; the end comes through a new one.
                child.result = self._state.loop.create_future()
                uncancel_task()
                self._cancel(child)

    def _cancel(self, child: AwaitedChild) -> None:
        """Pass a cancellation on to a child."""
        self._state.recorder.command(
            child.parent,
            "cancel_child_workflow",
            child.workflow_type,
            workflow_id=child.record.workflow_id,
        )
        self._state.recording.child_cancel_requested(child)
        self._post_cancel(child)

    def _post_cancel(self, child: StartedChild) -> None:
        """Let the cancellation reach the child as an event of its own."""
        child.cancel_requested = True
        workflow_id = child.record.workflow_id

        def deliver() -> None:
            execution = child.execution
            self._cancel_taken(child)
            if execution is not None and not execution.closed:
                self._workflows.cancel(execution)
            else:
                self.closed(workflow_id, None, CancelledError("Cancelled"))

        self._state.post(deliver)

    def _cancel_taken(self, child: StartedChild) -> None:
        """Begin the workflow task in which a parent hears that its request was taken."""
        self._state.recording.child_cancel_delivered(child)
        self._state.activate(child.parent)


@lru_cache(maxsize=1024)
def _run_id_of(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def _can_end(child: StartedChild) -> bool:
    return child.stand_in is not None and not child.ended and not child.parent.closed


def _type_of(said: Any) -> Any:
    """Return the type of what a stand-in says, where it has one that can be read back."""
    return type(said) if isinstance(said, BaseModel) else Any


def _wire_type(child: Child) -> str:
    """Return the workflow type of a child; for a stand-in, what its slug spells."""
    return child.__name__ if isinstance(child, type) else class_name(child.slug)


def slug_of_child(child: Child) -> str:
    """Return the slug a child is started by."""
    return workflow_definition(child).slug if isinstance(child, type) else child.slug
