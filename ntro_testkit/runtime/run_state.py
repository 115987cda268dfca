"""What the parts of one run share: the loop, the trace, and the events that wait their turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.loop import VirtualLoop
from ntro_testkit.runtime.payloads import Payload, decode, payload_of
from ntro_testkit.runtime.recorder import Recorder
from ntro_testkit.runtime.recording import Recording
from ntro_testkit.runtime.watchdog import Watchdog

Redact = Callable[[Any], Any]
"""Returns a value with what must not be kept replaced, the value itself when nothing is."""


class RunState:
    """The state of one run; `active` are the workflows in the middle of a workflow task."""

    def __init__(
        self,
        loop: VirtualLoop,
        recorder: Recorder,
        recording: Recording,
        watchdog: Watchdog,
        redact: Redact | None = None,
    ) -> None:
        self.loop = loop
        self.recorder = recorder
        self.recording = recording
        self.watchdog = watchdog
        self.finished = False
        self._redact = redact
        self.active: dict[Execution, None] = {}
        self.events: deque[Callable[[], None]] = deque()
        self.resolutions: deque[Callable[[], None]] = deque()

    def admit(self, payload: Payload, declared: Any) -> tuple[Payload, Any]:
        """Return what comes into the run from outside: as it is recorded, and as it is read.

        Raises `PayloadError` when it does not fit its declared type, redacted or not.
        """
        value = decode(payload.data, declared)
        redacted = value if self._redact is None else self._redact(value)
        if redacted is value:
            return payload, value
        payload = payload_of(redacted)
        return payload, decode(payload.data, declared)

    def post(self, event: Callable[[], None]) -> None:
        """Queue something that happens to a workflow from outside; one per quiescence."""
        self.events.append(event)

    def post_resolution(self, resolution: Callable[[], None]) -> None:
        """Queue what a workflow task's own commands bring about, without anything from outside.

        Carried out before the task ends: an activity that is cancelled counts as cancelled at once.
        """
        self.resolutions.append(resolution)

    def begin(self, execution: Execution) -> None:
        """Note that a workflow begins its first workflow task."""
        self.active[execution] = None

    def activate(self, execution: Execution) -> None:
        """Note that an event reaches a workflow: a new workflow task begins."""
        if execution not in self.active:
            self.active[execution] = None
            execution.workflow_tasks += 1
