"""Failures of activities: which call fails, and with what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ntro_testkit.runtime.definitions import ActivityDefinition
from ntro_testkit.runtime.replies import ActivityReplies, Failure, Reply
from ntro_testkit.source_text import Printer

PATIENCE = 50
"""Failures of one activity after which its calls succeed again: no loop of attempts that ends by
itself is as long, and one that never ends would run for thousands of events."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A way for an activity to fail: how it is made, and whether Temporal tries again then."""

    make: Callable[[], BaseException]
    is_retryable: bool

    @property
    def source(self) -> str:
        """How a scenario spells it."""
        return Printer().value(self.make()).line()


def _outage() -> BaseException:
    return RuntimeError("the service is down")


def _refusal() -> BaseException:
    # Which class this is depends on the runtime, which must be forced before it is imported.
    from ntro.workflow import WorkflowError

    error: BaseException = WorkflowError("the input is refused", non_retryable=True)
    return error


FAULTS = (
    Fault(_outage, is_retryable=True),
    Fault(_refusal, is_retryable=False),
)
"""An error that Temporal would retry, as it arrives after the last attempt, and one it would not.

Source: contract 3.7."""


class FailingReplies:
    """Answers as `replies` do, but lets calls of one activity fail.

    `place` is the number of the one call that fails, from 0 and over the whole tree of workflows;
    without it all do, up to `PATIENCE`.
    """

    def __init__(
        self, replies: ActivityReplies, activity: str, fault: Fault, place: int | None = None
    ) -> None:
        self.failures = 0
        self._replies = replies
        self._activity = activity
        self._fault = fault
        self._place = place
        self._calls = 0

    def find(self, activity: Any) -> ActivityDefinition | None:
        """Return the registered activity a function or name stands for; None when there is none."""
        return self._replies.find(activity)

    def reply(self, activity: ActivityDefinition, args: list[Any]) -> Reply:
        """Answer one call; `args` have made the trip through JSON."""
        if activity.name == self._activity and self._is_to_fail():
            self.failures += 1
            return Failure(self._fault.make(), "scenario")
        return self._replies.reply(activity, args)

    def _is_to_fail(self) -> bool:
        place = self._calls
        self._calls += 1
        return place == self._place if self._place is not None else place < PATIENCE
