"""A run on a real server as the agent and the recorder see it: open workflows, gates, signals."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from ntro_testkit.runtime.definitions import WorkflowDefinition, handler_signature
from ntro_testkit.runtime.payloads import PayloadError, decode, encode
from ntro_testkit.runtime.recorder import Recorder
from ntro_testkit.trace import SignalSent

NOTHING_SEEN: Mapping[str, Any] = {
    "step": None,
    "steps_completed": [],
    "pending_action": None,
    "gate_token": None,
}


@dataclass(eq=False, slots=True)
class ServerExecution:
    """A workflow on the server, with what it showed when it was last looked at.

    It has the attributes of `runtime.execution.Execution` that agents and recorders read;
    `definition` is None for a stand-in. `seen_at` is the length of its history at that look.
    """

    workflow_id: str
    run_id: str
    definition: WorkflowDefinition | None
    slug: str
    parent: ServerExecution | None
    instance: SimpleNamespace = field(default_factory=SimpleNamespace)
    waits: tuple[()] = ()
    seen_at: int = -1
    closed: bool = False
    workflow_tasks: int = 0

    @property
    def step(self) -> str | None:
        """The step that was current at the last look."""
        step = getattr(self.instance, "_current_step_id", None)
        return step if isinstance(step, str) else None

    def see(self, shown: Mapping[str, Any]) -> None:
        """Take in what the workflow shows now."""
        self.instance = SimpleNamespace(
            _current_step_id=shown["step"],
            _steps_completed=shown["steps_completed"],
            _pending_action=shown["pending_action"],
            _gate_token=shown["gate_token"],
        )


class Clock:
    """Real seconds since the start of a run, under the name the agent knows."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def time(self) -> float:
        """Return the seconds."""
        return time.monotonic() - self._began


class ServerWorkflows:
    """The workflows of one run, in the order they were first seen, and the signals to be sent."""

    def __init__(self, recorder: Recorder, clock: Clock) -> None:
        self.all: list[ServerExecution] = []
        self.outbox: list[SignalSent] = []
        self._recorder = recorder
        self._clock = clock

    @property
    def root(self) -> ServerExecution:
        """The first workflow of the run."""
        return self.all[0]

    def open(self) -> list[ServerExecution]:
        """Return the running executions with code of their own."""
        return [each for each in self.all if not each.closed and each.definition is not None]

    def find(self, workflow_id: str) -> ServerExecution | None:
        """Return the running execution with this id."""
        return next((each for each in self.open() if each.workflow_id == workflow_id), None)

    def signal(self, workflow_id: str, name: str, payload: Any) -> SignalSent:
        """Put a signal into the outbox; what keeps it from having an effect is noted."""
        sent = SignalSent(workflow_id, name, payload, self._clock.time())
        self._recorder.trace.signals.append(sent)
        sent.problem = self._problem(workflow_id, name, payload)
        if any(not each.closed and each.workflow_id == workflow_id for each in self.all):
            self.outbox.append(sent)
        return sent

    def _problem(self, workflow_id: str, name: str, payload: Any) -> str | None:
        execution = self.find(workflow_id)
        if execution is None or execution.definition is None:
            is_stand_in = any(
                each.workflow_id == workflow_id and not each.closed for each in self.all
            )
            return None if is_stand_in else f"no workflow with the id {workflow_id} is running"
        definition = execution.definition
        attribute = definition.signals.get(name)
        if attribute is None:
            known = ", ".join(sorted(definition.signals)) or "none"
            return f"{definition.name} has no signal handler `{name}`; it has: {known}"
        signature = handler_signature(definition.workflow_class, attribute)
        if signature.parameters:
            try:
                decode(encode(payload), signature.type_of(0))
            except PayloadError as error:
                return f"dropped: the payload does not fit the handler `{name}`: {error}"
        return None


@dataclass(slots=True)
class ServerView:
    """What an agent is handed to act on, in place of the in-process engine."""

    workflows: ServerWorkflows
    recorder: Recorder
    loop: Clock

    def now(self) -> datetime:
        """Return the time, which is the real one."""
        return datetime.now(UTC)
