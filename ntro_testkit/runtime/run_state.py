"""What the parts of one run share: the loop, the trace, and the events that wait their turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.loop import VirtualLoop
from ntro_testkit.runtime.recorder import Recorder
from ntro_testkit.runtime.watchdog import Watchdog


class RunState:
    """The state of one run; `active` are the workflows in the middle of a workflow task."""

    def __init__(self, loop: VirtualLoop, recorder: Recorder, watchdog: Watchdog) -> None:
        self.loop = loop
        self.recorder = recorder
        self.watchdog = watchdog
        self.finished = False
        self.active: dict[Execution, None] = {}
        self.events: deque[Callable[[], None]] = deque()
        self.resolutions: deque[Callable[[], None]] = deque()

    def post(self, event: Callable[[], None]) -> None:
        """Queue something that happens to a workflow from outside; one per quiescence."""
        self.events.append(event)

    def post_resolution(self, event: Callable[[], None]) -> None:
        """Queue something a worker settles by itself, before the workflow task it came from ends.

        It happens when the workflow has run dry and no condition holds. Source: Temporal's core,
        which answers a cancelled activity, or a local one, without asking the server.
        """
        self.resolutions.append(event)

    def begin(self, execution: Execution) -> None:
        """Note that a workflow begins its first workflow task."""
        self.active[execution] = None

    def activate(self, execution: Execution) -> None:
        """Note that an event reaches a workflow: a new workflow task begins."""
        if execution not in self.active:
            self.active[execution] = None
            execution.workflow_tasks += 1
