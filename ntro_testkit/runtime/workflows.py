"""The workflow executions of a run: how they begin, take signals, and close."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from ntro_testkit.runtime.definitions import (
    WorkflowDefinition,
    handler_signature,
    workflow_definition,
)
from ntro_testkit.runtime.endings import Ending, Endings
from ntro_testkit.runtime.execution import (
    Execution,
    RunAborted,
    WorkflowCalls,
    WorkflowInfo,
    current_execution,
)
from ntro_testkit.runtime.failures import (
    CancelledError,
    describe,
    is_cancellation,
    is_workflow_failure,
)
from ntro_testkit.runtime.payloads import Payload, PayloadError, decode, payload_of, type_name
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.watchdog import BusyLoop
from ntro_testkit.trace import SignalSent


class Children(Protocol):
    """Who is told about the ends of children, and takes signals for those without an execution."""

    def closed(self, workflow_id: str, result: Payload | None, error: BaseException | None) -> None:
        """Tell a child's parent how it ended."""

    def is_stand_in(self, workflow_id: str) -> bool:
        """Tell whether an open child is a stand-in, which takes any signal."""

    def continued(self, execution: Execution) -> None:
        """Hear that a child goes on in a new run."""


class Workflows:
    """Starts executions, hands them their signals, and notes how they end."""

    def __init__(
        self,
        state: RunState,
        endings: Endings,
        calls: WorkflowCalls,
        received: Callable[[str, Any], Any] | None = None,
    ) -> None:
        self.all: list[Execution] = []
        self.children: Children | None = None
        self._state = state
        self._endings = endings
        self._calls = calls
        self._received = received
        self._open: dict[str, Execution] = {}

    @property
    def root(self) -> Execution:
        """The execution the run is about; the last one, where it continued as new."""
        root_id = self.all[0].workflow_id
        return next(each for each in reversed(self.all) if each.workflow_id == root_id)

    def open(self) -> list[Execution]:
        """Return the running executions, in the order they were started."""
        return list(self._open.values())

    def find(self, workflow_id: str) -> Execution | None:
        """Return the running execution with this id."""
        return self._open.get(workflow_id)

    def start(
        self,
        workflow_class: type,
        input: Sequence[Payload],  # noqa: A002 - Temporal's name
        info: WorkflowInfo,
        parent: Execution | None,
    ) -> Execution:
        """Create an execution and let it begin with its input read by its declared types."""
        execution = self._new(workflow_definition(workflow_class), info, parent)
        try:
            recorded, args = self._read_input(execution, input)
        except PayloadError as error:
            self._endings.payload_error(str(error), execution=execution)
            return execution
        self._state.recording.execution_started(execution, recorded)
        self._state.begin(execution)
        self._begin(execution, recorded, args)
        return execution

    def _new(
        self, definition: WorkflowDefinition, info: WorkflowInfo, parent: Execution | None
    ) -> Execution:
        execution = self._execution(definition, info, parent)
        execution.context.run(current_execution.set, execution)
        self.all.append(execution)
        self._open[info.workflow_id] = execution
        return execution

    def _execution(
        self, definition: WorkflowDefinition, info: WorkflowInfo, parent: Execution | None
    ) -> Execution:
        return Execution(self._calls, definition, info, parent)

    def _begin(self, execution: Execution, _input: Sequence[Payload], args: list[Any]) -> None:
        """Let the workflow begin, with its input as it is recorded and as it is read."""
        execution.task = self._state.loop.create_task(
            self._run(execution, args), context=execution.context
        )

    def cancel(self, execution: Execution) -> None:
        """Ask a workflow to end: its code meets a cancellation where it waits."""
        if execution.task is not None and not execution.closed:
            execution.cancel_requested = True
            self._state.activate(execution)
            execution.task.cancel()

    def _read_input(
        self, execution: Execution, payloads: Sequence[Payload]
    ) -> tuple[list[Payload], list[Any]]:
        """Return the run's arguments as they are recorded and as they are read.

        Raises `PayloadError` with both types named. A child's come from its parent, not from
        outside.
        """
        signature = execution.definition.run
        if not signature.accepts(len(payloads)):
            names = ", ".join(name for name, _, _ in signature.parameters)
            raise PayloadError(
                f"`{execution.slug}` takes ({names}) but was started with "
                f"{len(payloads)} argument(s)"
            )
        read = []
        for position, payload in enumerate(payloads):
            declared = signature.type_of(position)
            try:
                if execution.parent is None:
                    read.append(self._state.admit(payload, declared))
                else:
                    read.append((payload, decode(payload.data, declared)))
            except PayloadError as error:
                raise PayloadError(
                    f"input of `{execution.slug}`: a `{type_name(payload.sent)}` does not fit the "
                    f"declared `{type_name(declared)}`: {error}"
                ) from error
        return [payload for payload, _ in read], [value for _, value in read]

    async def _run(self, execution: Execution, args: list[Any]) -> None:
        definition = execution.definition
        try:
            execution.instance = definition.workflow_class()
            result = await getattr(execution.instance, definition.run_name)(*args)
        except RunAborted:
            return
        except BusyLoop:
            self._endings.busy()
        except (Exception, asyncio.CancelledError, SystemExit) as error:  # noqa: BLE001 - classified
            self._close_with_error(execution, error)
        else:
            self._close_with_result(execution, result)

    def _close_with_result(self, execution: Execution, result: Any) -> None:
        if self._state.finished:
            return
        declared = execution.definition.run.result
        try:
            sent = payload_of(result)
            received = decode(sent.data, declared)
        except PayloadError as error:
            self._endings.payload_error(
                f"result of `{execution.slug}`: a `{type_name(type(result))}` does not fit the "
                f"declared `{type_name(declared)}`: {error}"
            )
            return
        name = execution.definition.name
        self._state.recorder.command(execution, "complete_workflow", name, result=sent.data)
        self._state.recording.completed(execution, sent)
        self._end_with_result(execution, sent, received)

    def _end_with_result(self, execution: Execution, sent: Payload, received: Any) -> None:
        """Close an execution and tell its parent the result, as it travels and as it is read."""
        self._close(execution)
        if execution.parent is None:
            self._finish(Ending("completed", result=received))
        elif self.children is not None:
            self.children.closed(execution.workflow_id, sent, None)

    def _close_with_error(self, execution: Execution, error: BaseException) -> None:
        if self._state.finished:
            return
        if isinstance(error, asyncio.CancelledError):
            error = CancelledError(str(error) or "Workflow cancelled")
        if execution.cancel_requested and is_cancellation(error):
            error = CancelledError("Cancelled")
        if not is_workflow_failure(error):
            self._endings.fail_task(execution, error)
            return
        self._state.recorder.command(
            execution, "fail_workflow", execution.definition.name, error=describe(error)
        )
        self._state.recording.failed(execution, error)
        self._end_with_error(execution, error)

    def _end_with_error(self, execution: Execution, error: BaseException) -> None:
        """Close an execution, and tell who started it of its failure."""
        self._close(execution)
        if execution.parent is None:
            line = self._state.recorder.line_of_error(error)
            self._finish(Ending("failed", error=describe(error), exception=error, line=line))
        elif self.children is not None:
            self.children.closed(execution.workflow_id, None, error)

    def _finish(self, ending: Ending) -> None:
        """End the run once its last workflow task is done.

        As on Temporal, what else the task has made ready runs dry first: tasks that return without
        having been awaited, timers around what was cancelled.
        """
        self._state.post_resolution(lambda: self._endings.finish(ending))

    def _close(self, execution: Execution) -> None:
        execution.closed = True
        del self._open[execution.workflow_id]

    def signal(self, workflow_id: str, name: str, payload: Any) -> SignalSent:
        """Send a signal; what keeps it from having an effect is noted, where Temporal only logs."""
        recorder = self._state.recorder
        sent = SignalSent(workflow_id, name, payload, self._state.loop.time(), turn=recorder.turn)
        recorder.trace.signals.append(sent)
        execution = self._open.get(workflow_id)
        if execution is None:
            if self.children is None or not self.children.is_stand_in(workflow_id):
                sent.problem = f"no workflow with the id {workflow_id} is running"
            return sent
        definition = execution.definition
        attribute = definition.signals.get(name)
        if attribute is None:
            known = ", ".join(sorted(definition.signals)) or "none"
            sent.problem = f"{definition.name} has no signal handler `{name}`; it has: {known}"
            self._take_unread(execution, name, payload)
            return sent
        signature = handler_signature(definition.workflow_class, attribute)
        try:
            taken = self._state.admit(payload_of(payload), signature.type_of(0))
        except PayloadError as error:
            sent.problem = f"dropped: the payload does not fit the handler `{name}`: {error}"
            self._take_unread(execution, name, payload)
            return sent
        arrived = [taken[0]] if signature.parameters or payload is not None else []
        args = [taken[1]] if signature.parameters else []
        if self._received is not None:
            args = [self._received(name, value) for value in args]
        self._state.recording.signaled(execution, name, arrived)
        self._deliver_signal(execution, name, attribute, arrived, args)
        return sent

    def _deliver_signal(
        self,
        execution: Execution,
        _name: str,
        attribute: str,
        _arrived: list[Payload],
        args: list[Any],
    ) -> None:
        """Let the workflow's handler run, with its argument as it is recorded and as it is read."""
        self._state.activate(execution)
        self._state.loop.create_task(
            self._handle(execution, attribute, args), context=execution.context.copy()
        )

    def _take_unread(self, execution: Execution, name: str, payload: Any) -> None:
        """Take a signal nobody handles, as a server does: it begins a workflow task too."""
        with contextlib.suppress(PayloadError):
            arrived = [payload_of(payload)]
            self._state.recording.signaled(execution, name, arrived)
            self._deliver_unread(execution, name, arrived)

    def _deliver_unread(self, execution: Execution, _name: str, _arrived: list[Payload]) -> None:
        self._state.activate(execution)

    async def _handle(self, execution: Execution, attribute: str, args: list[Any]) -> None:
        try:
            outcome = getattr(execution.instance, attribute)(*args)
            if asyncio.iscoroutine(outcome):
                await outcome
        except RunAborted:
            return
        except BusyLoop:
            self._endings.busy()
        except (Exception, asyncio.CancelledError, SystemExit) as error:  # noqa: BLE001 - classified
            self._close_with_error(execution, error)
