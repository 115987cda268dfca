"""A child as its parent holds it: started, awaitable, possibly a stand-in."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from ntro_testkit.runtime.awaiting import resolve
from ntro_testkit.runtime.definitions import signal_name
from ntro_testkit.runtime.execution import Execution
from ntro_testkit.runtime.loop import VirtualLoop
from ntro_testkit.runtime.payloads import Payload
from ntro_testkit.runtime.replies import Reply
from ntro_testkit.trace import ChildRun


class StandInReplies(Protocol):
    """A scripted child: what it answers to an input in this scenario."""

    @property
    def slug(self) -> str:
        """The slug it is started by."""

    def reply(self, data: Any) -> Reply:
        """Return the result or failure of one run of the stand-in."""


Child = type | StandInReplies


@dataclass(eq=False, slots=True)
class StartedChild(ABC):
    """A child between its start and its end, seen from its parent."""

    parent: Execution
    record: ChildRun
    run_id: str
    workflow_type: str
    wire_type: str
    """The workflow type Temporal is asked for."""
    task: int
    """The workflow task of the parent that asked for it."""
    execution: Execution | None = None
    stand_in: StandInReplies | None = None
    said: Any = None
    cancel_requested: bool = False
    ended: bool = False

    @abstractmethod
    def begun(self) -> None:
        """Tell the parent that the child runs."""

    @abstractmethod
    def refused(self, error: BaseException) -> None:
        """Tell the parent that the child cannot be started."""

    @abstractmethod
    def completed(self, sent: Payload, value: Any) -> None:
        """Hand over the result, as it travels (`sent`) and as it is read (`value`)."""

    @abstractmethod
    def failed(self, error: BaseException) -> None:
        """Hand over the `ChildWorkflowError` it ended with."""


@dataclass(eq=False, slots=True, kw_only=True)
class AwaitedChild(StartedChild):
    """A child whose parent waits for futures."""

    started: asyncio.Future[None]
    result: asyncio.Future[Any]

    def begun(self) -> None:
        """Let the parent have its handle."""
        resolve(self.started)

    def refused(self, error: BaseException) -> None:
        """Raise where the parent starts it."""
        resolve(self.started, error)

    def completed(self, sent: Payload, value: Any) -> None:
        """Wake who waits for the result."""
        self.result.set_result(value)

    def failed(self, error: BaseException) -> None:
        """Raise in who waits for the result."""
        self.result.set_exception(error)


@dataclass(eq=False, slots=True)
class SentSignal:
    """A signal to a child on its way; `task` is the workflow task of the parent that sent it."""

    child: StartedChild
    name: str
    payload: Payload
    task: int
    arrival: asyncio.Future[None]
    withdrawn: bool = False


class ChildHandle(asyncio.Task[Any]):
    """What `start_child_workflow` returns: awaitable for the result, as on Temporal."""

    def __init__(
        self,
        result: Coroutine[Any, Any, Any],
        loop: VirtualLoop,
        child: AwaitedChild,
        signal: Callable[[AwaitedChild, str, Any], Awaitable[None]],
    ) -> None:
        super().__init__(result, loop=loop)
        loop.remember(self)
        self._child = child
        self._signal = signal

    @property
    def id(self) -> str:
        """The child's workflow id."""
        return self._child.record.workflow_id

    @property
    def workflow_id(self) -> str:
        """The child's workflow id, under the name LocalRuntime gives it."""
        return self._child.record.workflow_id

    @property
    def first_execution_run_id(self) -> str:
        """The run id of the child."""
        return self._child.run_id

    async def signal(self, signal: Any, arg: Any = None) -> None:
        """Send the child a signal by name or by its handler, and wait until it has arrived.

        Raises `ApplicationError` when the child runs no more.
        """
        name = signal if isinstance(signal, str) else signal_name(signal)
        await self._signal(self._child, name, arg)
