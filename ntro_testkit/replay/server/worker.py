"""What a worker of ours has on a real server: parked activities, stand-ins, a look at a workflow.

Activities answer nothing by themselves: they wait until the run lets one of them go on, so that
things happen one at a time, in the order of an in-process run.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from temporalio import activity, workflow
from temporalio.common import RawValue
from temporalio.exceptions import ActivityError
from temporalio.worker import (
    ExecuteWorkflowInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

from ntro_testkit.runtime.forcing import RESOLVE_CHILD
from ntro_testkit.runtime.sdk.instance import workflow_type_of

if TYPE_CHECKING:
    RawValues = Sequence[RawValue]
else:
    # What takes any arguments must be annotated with the very `Sequence` that temporalio compares
    # with: that of `typing` in older versions, that of `collections.abc` in newer ones.
    RawValues = activity.Sequence[RawValue]

LOOK = "__ntro_testkit_look"
"""A query of every workflow on our workers: what a person sees of it, and which gate that is."""

STAND_IN = "ntro-testkit.stand-in"
"""The activity by which a stand-in waits for its end."""

_LONG = timedelta(days=1)


@dataclass(eq=False, slots=True)
class Parked:
    """An activity that a worker has begun and that waits to be answered."""

    name: str
    workflow_id: str
    run_id: str
    activity_id: str
    attempt: int
    scheduled: datetime
    arguments: Sequence[RawValue]
    answered: asyncio.Future[Any] = field(default_factory=asyncio.Future)
    is_worked_on: bool = False
    """Whether its answer is being made: an asynchronous mock and a real activity take time."""

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells it from every other: its workflow's run and its id there."""
        return self.run_id, self.activity_id

    @property
    def waits(self) -> bool:
        """Whether nobody has begun to answer it."""
        return not self.is_worked_on and not self.answered.done()


class ParkingLot:
    """Takes every activity of a worker, whatever its name, and holds it until it is answered."""

    def __init__(self) -> None:
        self.parked: dict[tuple[str, str], Parked] = {}

    @activity.defn(dynamic=True)
    async def park(self, args: RawValues) -> Any:
        """Wait for the answer, and return or raise it."""
        info = activity.info()
        parked = Parked(
            name=info.activity_type,
            workflow_id=info.workflow_id or "",
            run_id=info.workflow_run_id or "",
            activity_id=info.activity_id,
            attempt=info.attempt,
            scheduled=info.scheduled_time,
            arguments=args,
        )
        self.parked[parked.key] = parked
        try:
            return await parked.answered
        finally:
            self.parked.pop(parked.key, None)


@workflow.defn(dynamic=True)
class StandInWorkflow:
    """A child without code of its own; it ends as its one activity does."""

    @workflow.run
    async def run(self, args: RawValues) -> Any:
        """Hand the input to whoever answers for the stand-in."""
        try:
            return await workflow.execute_activity(
                STAND_IN,
                args=[workflow.info().workflow_type, *args],
                start_to_close_timeout=_LONG,
            )
        except ActivityError as error:
            raise error.cause or error from None

    @workflow.signal(dynamic=True)
    def take(self, name: str, args: RawValues) -> None:
        """Accept any signal, as a stand-in does everywhere."""


class WorkerHooks(Interceptor):
    """Gives the workflows of one worker their children and the query `LOOK`.

    `resolve` returns what plays a child slug: a class, or the name of a workflow type.
    """

    def __init__(self, resolve: Callable[[str], Any]) -> None:
        self._resolve = resolve

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002 - temporalio's signature
    ) -> type[WorkflowInboundInterceptor]:
        """Return the interceptor that is made for every workflow."""
        input.unsafe_extern_functions[RESOLVE_CHILD] = self._resolve
        return _Looked


class _Looked(WorkflowInboundInterceptor):
    async def execute_workflow(self, input: ExecuteWorkflowInput) -> Any:  # noqa: A002
        workflow.set_query_handler(LOOK, _look(workflow.instance()))
        return await super().execute_workflow(input)


def _look(instance: Any) -> Callable[[], dict[str, Any]]:
    def look() -> dict[str, Any]:
        return {
            "step": getattr(instance, "_current_step_id", None),
            "steps_completed": list(getattr(instance, "_steps_completed", ())),
            "pending_action": getattr(instance, "_pending_action", None),
            "gate_token": getattr(instance, "_gate_token", None),
        }

    return look


def resolver(children: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return what looks up a slug among a run's children: classes and stand-ins."""

    def resolve(slug: str) -> Any:
        child = children.get(slug)
        if child is None:
            registered = ", ".join(sorted(children)) or "none"
            raise LookupError(
                f"child workflow slug not registered: {slug}; registered: {registered}; "
                f"pass `--child DIR` (or `child_workflows=[...]`)"
            )
        return child if isinstance(child, type) else slug

    return resolve


def workflow_types(classes: Iterable[type]) -> dict[str, type]:
    """Return the classes by the names a server knows them by."""
    return {str(workflow_type_of(each)): each for each in classes}
