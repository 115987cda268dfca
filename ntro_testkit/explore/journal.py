"""What has reached each workflow of a run, in order: two runs that agree on it are in one state.

This is Temporal's own promise: a workflow's state is a function of its history. Only the order
among the events of one workflow counts; those of different workflows may come in any order, as
workflows share nothing but the events they send each other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from ntro_testkit.runtime.activity_handle import PendingActivity
from ntro_testkit.runtime.child_handle import SentSignal, StartedChild
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.failures import describe
from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.runtime.recording import Recording
from ntro_testkit.trace import Timer

Heard = frozenset[tuple[str, int]]
"""The number of each workflow's history, by its id."""


class Pasts:
    """Numbers histories, so that two are equal where their numbers are; shared by all runs."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, Hashable], int] = {}

    def after(self, past: int, event: Hashable) -> int:
        """Return the number of the history that `past` becomes with one event more; 0 is empty."""
        return self._numbers.setdefault((past, event), len(self._numbers) + 1)


class Journal(Recording):
    """The history of each workflow of one run, as a number.

    `sender` is who sends the next signal: to the workflow it is the same, to the agent it is not.
    """

    def __init__(self, pasts: Pasts) -> None:
        self.sender = ""
        self.clock: Callable[[], float] = float
        self._pasts = pasts
        self._now: dict[str, int] = {}

    @property
    def present(self) -> Heard:
        """What has reached each workflow; empty where nobody tells of events."""
        return frozenset(self._now.items())

    def execution_started(self, execution: Execution, arguments: Sequence[Payload]) -> None:
        """Note a start."""
        self._note(execution, "started", execution.info.run_id, _data(arguments))

    def signaled(self, execution: Execution, name: str, arguments: Sequence[Payload]) -> None:
        """Note a signal."""
        self._note(execution, "signaled", name, _data(arguments), self.sender)

    def timer_fired(self, execution: Execution, timer: Timer) -> None:
        """Note a timer."""
        self._note(execution, "timer", timer.sequence)

    def activity_completed(self, activity: PendingActivity, result: Payload) -> None:
        """Note a result."""
        self._note(activity.execution, "completed", activity.activity_id, result.data)

    def activity_failed(self, activity: PendingActivity, error: BaseException) -> None:
        """Note a failure."""
        self._note(activity.execution, "failed", activity.activity_id, describe(error))

    def child_started(self, child: StartedChild) -> None:
        """Note that a child runs."""
        self._note(child.parent, "child started", child.record.workflow_id)

    def child_start_failed(self, child: StartedChild) -> None:
        """Note that a child cannot run."""
        self._note(child.parent, "child refused", child.record.workflow_id)

    def child_closed(
        self, child: StartedChild, result: Payload | None, error: BaseException | None
    ) -> None:
        """Note the end of a child."""
        ended = (result and result.data, error and describe(error))
        self._note(child.parent, "child closed", child.record.workflow_id, ended)

    def child_cancel_delivered(self, child: StartedChild) -> None:
        """Note a cancellation, which both of them hear of."""
        self._note(child.parent, "cancel delivered", child.record.workflow_id)
        if child.execution is not None:
            self._note(child.execution, "cancelled")

    def signal_delivered(self, signal: SentSignal, *, found: bool) -> None:
        """Note that a signal to a child has arrived."""
        child, sent = signal.child, signal.payload.data
        self._note(child.parent, "delivered", child.record.workflow_id, signal.name, sent, found)

    def _note(self, execution: Execution, *event: Hashable) -> None:
        name = execution.workflow_id
        self._now[name] = self._pasts.after(self._now.get(name, 0), (*event, self.clock()))


def _data(payloads: Sequence[Payload]) -> tuple[bytes | None, ...]:
    return tuple(payload.data for payload in payloads)
