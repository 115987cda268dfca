"""An activity as its workflow holds it: scheduled, awaitable, possibly cancelled."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from ntro_testkit.runtime.definitions import ActivityDefinition
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.loop import VirtualLoop
from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.trace import ActivityCall


@dataclass(eq=False, slots=True)
class PendingActivity(ABC):
    """A scheduled activity nobody has answered yet."""

    execution: Execution
    definition: ActivityDefinition
    activity_id: str
    record: ActivityCall
    never: str | None = None
    cancel_requested: bool = False
    answered: bool = False
    attempt: int = 1

    @abstractmethod
    def completed(self, sent: Payload, value: Any) -> None:
        """Hand over the result, as it travels (`sent`) and as it is read (`value`)."""

    @abstractmethod
    def failed(self, error: BaseException) -> None:
        """Hand over the `ActivityError` it ended with."""


@dataclass(eq=False, slots=True, kw_only=True)
class AwaitedActivity(PendingActivity):
    """An activity whose workflow waits for a future."""

    future: asyncio.Future[Any]
    awaited: bool = False

    def completed(self, sent: Payload, value: Any) -> None:
        """Wake who waits."""
        self.future.set_result(value)

    def failed(self, error: BaseException) -> None:
        """Raise in who waits; nobody does on a handle that was cancelled before it began to."""
        if self.awaited:
            self.future.set_exception(error)


class ActivityHandle(asyncio.Task[Any]):
    """What `start_activity` returns: a task for the result, as on Temporal.

    Cancelled before it began to wait, it still asks for the activity's cancellation.
    """

    def __init__(
        self,
        result: Coroutine[Any, Any, Any],
        loop: VirtualLoop,
        pending: AwaitedActivity,
        request_cancel: Callable[[AwaitedActivity], None],
    ) -> None:
        super().__init__(result, loop=loop)
        loop.remember(self)
        self._pending = pending
        self._request_cancel = request_cancel

    def cancel(self, msg: Any | None = None) -> bool:
        """Cancel the task, and with it the activity."""
        if not self._pending.awaited and not self.done():
            self._request_cancel(self._pending)
        return super().cancel(msg)
