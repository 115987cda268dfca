"""Signals from a parent's workflow code to its children: sent, awaited, delivered as events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ntro_testkit.runtime.awaiting import resolve, uncancel_task
from ntro_testkit.runtime.child_handle import SentSignal, StartedChild
from ntro_testkit.runtime.endings import Endings
from ntro_testkit.runtime.failures import ApplicationError, CancelledError
from ntro_testkit.runtime.payloads import PayloadError, payload_of
from ntro_testkit.runtime.run_state import RunState
from ntro_testkit.runtime.workflows import Workflows


class ChildSignals:
    """Sends and delivers the signals of one run; `is_stand_in` knows children without code."""

    def __init__(
        self,
        state: RunState,
        endings: Endings,
        workflows: Workflows,
        is_stand_in: Callable[[str], bool],
    ) -> None:
        self._state = state
        self._endings = endings
        self._workflows = workflows
        self._is_stand_in = is_stand_in

    async def send(self, child: StartedChild, name: str, value: Any) -> None:
        """Send a signal and wait until it has arrived.

        Raises `ApplicationError` when the child runs no more, as Temporal's core does.
        """
        try:
            payload = payload_of(value)
        except PayloadError as error:
            self._endings.abort_with_payload_error(f"signal `{name}` to a child: {error}")
        self._state.recorder.command(
            child.parent, "signal_external_workflow", name, workflow_id=child.record.workflow_id
        )
        arrival: asyncio.Future[None] = self._state.loop.create_future()
        signal = SentSignal(child, name, payload, child.parent.workflow_tasks, arrival)
        self._state.recording.signal_initiated(signal)
        self._state.post(lambda: self._deliver(signal, value))
        await self._arrival(signal)

    async def _arrival(self, signal: SentSignal) -> None:
        """Wait for the arrival; only in the task that sends it can a signal still be cancelled."""
        while True:
            try:
                return await signal.arrival
            except asyncio.CancelledError:
                if self._state.finished:
                    raise
                # The future was cancelled with the coroutine; the arrival comes through a new one.
                signal.arrival = self._state.loop.create_future()
                uncancel_task()
                if signal.task == signal.child.parent.workflow_tasks:
                    self._withdraw(signal)

    def _withdraw(self, signal: SentSignal) -> None:
        if signal.withdrawn:
            return
        signal.withdrawn = True
        self._state.recording.signal_withdrawn(signal)
        error = CancelledError("Signal was cancelled before being sent")
        self._state.post_resolution(lambda: resolve(signal.arrival, error))

    def _deliver(self, signal: SentSignal, value: Any) -> None:
        if signal.withdrawn:
            return
        workflow_id = signal.child.record.workflow_id
        found = self._workflows.find(workflow_id) is not None or self._is_stand_in(workflow_id)
        self._workflows.signal(workflow_id, signal.name, value)
        self._state.recording.signal_delivered(signal, found=found)
        self._state.activate(signal.child.parent)
        if found:
            resolve(signal.arrival)
            return
        error = ApplicationError(
            "Unable to signal external workflow because it was not found",
            type="ExternalWorkflowExecutionNotFound",
        )
        resolve(signal.arrival, error)
