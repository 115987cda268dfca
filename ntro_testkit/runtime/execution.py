"""One workflow execution inside a run: the instance, its waits, its numbering of commands."""

from __future__ import annotations

import asyncio
import contextvars
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from ntro_testkit.runtime.definitions import WorkflowDefinition
from ntro_testkit.runtime.randomness import randomness_seed
from ntro_testkit.trace import SourceLine

current_execution: contextvars.ContextVar[Execution | None] = contextvars.ContextVar(
    "ntro_testkit_execution", default=None
)
"""Whose workflow code is running; None in activities, mocks and everything outside a run."""


class RunAborted(BaseException):
    """Unwinds workflow code after its run has ended; `except Exception` must not catch it."""


@dataclass(frozen=True, slots=True)
class WorkflowInfo:
    """What `runbook.info()` answers: the fields of temporalio's that make sense in-process."""

    workflow_id: str
    run_id: str
    workflow_type: str
    start_time: datetime
    task_queue: str = "ntro-testkit"
    namespace: str = "default"
    attempt: int = 1
    parent: WorkflowInfo | None = None
    first_run_id: str | None = None

    @property
    def workflow_start_time(self) -> datetime:
        """When the execution started; temporalio has two names for it."""
        return self.start_time

    @property
    def first_execution_run_id(self) -> str:
        """The run id of the first run, where a workflow continued as new."""
        return self.first_run_id or self.run_id


class WorkflowCalls(Protocol):
    """What workflow code may ask of the run it is part of."""

    def start_activity(
        self, execution: Execution, activity: Any, args: list[Any], options: dict[str, Any]
    ) -> asyncio.Task[Any]:
        """Schedule an activity and return its handle."""

    async def start_child(
        self,
        execution: Execution,
        child: Any,
        args: list[Any],
        wanted_id: str | None,
        options: dict[str, Any],
    ) -> Any:
        """Start a child and return its handle once it has started."""

    def resolve_child(self, slug: str) -> Any:
        """Return what plays a child slug."""

    async def wait_condition(
        self,
        execution: Execution,
        predicate: Callable[[], bool],
        timeout: float | None,  # noqa: ASYNC109 - Temporal's signature
    ) -> None:
        """Suspend until the predicate holds."""

    def now(self) -> datetime:
        """Return the virtual time."""


@dataclass(eq=False, slots=True)
class Waiting:
    """A coroutine that waits for a condition: since when, and at which line.

    `held` says of one that has ended whether it was for its condition, and no timeout or other end.
    """

    since: float
    line: SourceLine | None
    held: bool = field(default=False, kw_only=True)

    def wake(self) -> bool:
        """Wake the coroutine if its condition holds, and say whether it was woken.

        temporalio's own instance evaluates its conditions itself: there is nothing to do then.
        """
        return False


@dataclass(eq=False, slots=True)
class Wait(Waiting):
    """A coroutine on the virtual loop, whose condition is evaluated at quiescence."""

    predicate: Callable[[], bool]
    future: asyncio.Future[bool]
    context: contextvars.Context

    def wake(self) -> bool:
        """Evaluate the predicate as workflow code; it may have side effects (row actions do)."""
        if self.future.done() or not self.context.run(self.predicate):
            return False
        self.future.set_result(True)
        return True


@dataclass(eq=False, slots=True)
class Execution:
    """A running (or closed) workflow execution; compared by identity."""

    calls: WorkflowCalls
    definition: WorkflowDefinition
    info: WorkflowInfo
    parent: Execution | None = None
    instance: Any = None
    task: asyncio.Task[None] | None = None
    context: contextvars.Context = field(default_factory=contextvars.copy_context)
    closed: bool = False
    cancel_requested: bool = False
    workflow_tasks: int = 1
    sequences: dict[str, int] = field(default_factory=dict)
    waits: list[Waiting] = field(default_factory=list)
    _random: random.Random | None = None

    @property
    def workflow_id(self) -> str:
        """The id the execution was started with."""
        return self.info.workflow_id

    @property
    def slug(self) -> str:
        """The slug of its runbook."""
        return self.definition.slug

    @property
    def step(self) -> str | None:
        """The step that is current, as `current_ui_state` answers it."""
        step = getattr(self.instance, "_current_step_id", None)
        return step if isinstance(step, str) else None

    @property
    def random(self) -> random.Random:
        """The run's random numbers: those Temporal gives a workflow with its run id."""
        if self._random is None:
            self._random = random.Random(randomness_seed(self.info.run_id))
        return self._random

    def dissolve(self) -> None:
        """Let go of what knows this execution too, for the sake of the garbage collector."""
        self.task = None
        self.context = contextvars.Context()
        self.waits.clear()

    def uuid4(self) -> str:
        """Return an id made as `workflow.uuid4` makes it, from the run's random numbers."""
        number = self.random.getrandbits(128)
        return str(uuid.UUID(bytes=number.to_bytes(16, "big"), version=4))

    def next_sequence(self, kind: str) -> int:
        """Number a command; Temporal counts each kind from 1, cancelled ones included."""
        number = self.sequences[kind] = self.sequences.get(kind, 0) + 1
        return number
