"""What the parts of a run tell whoever keeps its histories; here nobody does.

The trace says what a run did, in the kit's words; a history is what a Temporal server would have
written. Commands are told as they are made, events as they reach a workflow.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ntro_testkit.history.history import History
from ntro_testkit.runtime.activity_handle import PendingActivity
from ntro_testkit.runtime.child_handle import SentSignal, StartedChild
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.trace import Timer


class Recording:
    """Listens and keeps nothing."""

    def histories(self) -> list[History]:
        """Return the history of each execution, the root's first, then in order of their starts."""
        return []

    # -- workflow tasks --------------------------------------------------------------------------

    def tasks_ended(self) -> None:
        """Hear that every workflow is quiescent: the workflow tasks under way are done."""

    def finished(self, unfinished: Collection[Execution]) -> None:
        """Hear that the run is over; `unfinished` were in the middle of a workflow task."""

    # -- an execution ----------------------------------------------------------------------------

    def execution_started(self, execution: Execution, arguments: Sequence[Payload]) -> None:
        """Hear that an execution begins."""

    def signaled(self, execution: Execution, name: str, arguments: Sequence[Payload]) -> None:
        """Hear that a signal reaches it."""

    def completed(self, execution: Execution, result: Payload) -> None:
        """Hear that it returned."""

    def failed(self, execution: Execution, error: BaseException) -> None:
        """Hear that it ended with a workflow failure, or as cancelled when that was asked for."""

    # -- timers ----------------------------------------------------------------------------------

    def timer_started(self, execution: Execution, timer: Timer) -> None:
        """Hear of the command."""

    def timer_cancelled(self, execution: Execution, timer: Timer) -> None:
        """Hear of the command."""

    def timer_fired(self, execution: Execution, timer: Timer) -> None:
        """Hear that it is due."""

    # -- activities ------------------------------------------------------------------------------

    def activity_scheduled(
        self, activity: PendingActivity, arguments: Sequence[Payload], options: Mapping[str, Any]
    ) -> None:
        """Hear of the command."""

    def activity_cancel_requested(self, activity: PendingActivity) -> None:
        """Hear of the command; to its workflow the activity is cancelled from now on."""

    def activity_completed(self, activity: PendingActivity, result: Payload) -> None:
        """Hear that it returned."""

    def activity_failed(self, activity: PendingActivity, error: BaseException) -> None:
        """Hear what its last attempt raised."""

    # -- children, told to their parents ---------------------------------------------------------

    def child_initiated(
        self, child: StartedChild, arguments: Sequence[Payload], options: Mapping[str, Any]
    ) -> None:
        """Hear of the command."""

    def child_withdrawn(self, child: StartedChild) -> None:
        """Hear that the workflow task that started it cancels it again."""

    def child_started(self, child: StartedChild) -> None:
        """Hear that it runs."""

    def child_start_failed(self, child: StartedChild) -> None:
        """Hear that its id is taken."""

    def child_closed(
        self, child: StartedChild, result: Payload | None, error: BaseException | None
    ) -> None:
        """Hear how it ended."""

    def child_cancel_requested(self, child: StartedChild) -> None:
        """Hear of the command."""

    def child_cancel_delivered(self, child: StartedChild) -> None:
        """Hear that the request has reached the child."""

    def signal_initiated(self, signal: SentSignal) -> None:
        """Hear of the command that signals a child."""

    def signal_withdrawn(self, signal: SentSignal) -> None:
        """Hear that the workflow task that sent it cancels it again."""

    def signal_delivered(self, signal: SentSignal, *, found: bool) -> None:
        """Hear that it has reached the child, or that there was none any more."""
