"""Today's commands against the events of the history, in order, as Temporal matches them.

Source of the rules: the Rust core of Temporal's SDKs. Commands wait in one queue per run, and each
event of a command takes the next; the workflow task a command came out of does not count, which is
why Temporal lets work move across a gate. What was asked for and cancelled before its event came
leaves no trace.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from temporalio.bridge.proto.child_workflow import ChildWorkflowCancellationType
from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob
from temporalio.bridge.proto.workflow_commands import ActivityCancellationType

from ntro_testkit.history.history import Event
from ntro_testkit.history.problems import DamagedError
from ntro_testkit.replay.strict import cancellations
from ntro_testkit.replay.strict.cancellations import ChildRun
from ntro_testkit.replay.strict.commands import Issued, named, said, told
from ntro_testkit.replay.strict.markers import (
    is_local_activity,
    is_patch,
    is_patch_attribute,
    local_activity_of,
    patch_of,
)
from ntro_testkit.replay.strict.workflow_tasks import attributes_of
from ntro_testkit.runtime.sdk.commands import ENDINGS

_AWAITED = frozenset(
    {
        "schedule_activity",
        "start_child_workflow_execution",
        "signal_external_workflow_execution",
        "request_cancel_external_workflow_execution",
        "start_timer",
    }
)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An event and the command that stands in its place, None for no command at all."""

    event: Event
    issued: Issued | None
    why: str


class BrokenError(Exception):
    """An event that tells of something else than today's command stands for."""

    def __init__(self, mismatch: Mismatch) -> None:
        super().__init__(mismatch.why)
        self.mismatch = mismatch


class Matching:
    """The commands of one run that no event has taken yet, and what the taken ones stand for."""

    def __init__(self) -> None:
        self.waiting: deque[Issued] = deque()
        self.looking_at: Event = {}
        """The event that `match` is at."""
        self._scheduled: dict[tuple[str, int], Issued] = {}
        self._of_event: dict[int, Issued] = {}
        self._closed: set[Issued] = set()
        self._local: dict[int, Issued] = {}
        self._children: dict[Issued, ChildRun] = {}
        self.running_locally: dict[Issued, None] = {}
        self._outcomes: list[Event] = []
        self._searchable: set[str] = set()

    # -- commands come in ------------------------------------------------------------------------

    def issue(self, commands: Sequence[Issued]) -> list[WorkflowActivationJob]:
        """Take the commands of an activation; return what follows from them at once."""
        endings = [issued for issued in commands if issued.kind in ENDINGS]
        others = [issued for issued in commands if issued.kind not in ENDINGS]
        jobs: list[WorkflowActivationJob] = []
        for issued in (*others, *endings):
            jobs.extend(self._take(issued))
        return jobs

    def _take(self, issued: Issued) -> Iterable[WorkflowActivationJob]:
        match issued.kind:
            case "cancel_timer":
                self._cancel("start_timer", issued)
            case "request_cancel_activity":
                return self._cancel_activity(issued)
            case "cancel_child_workflow_execution":
                return self._cancel_child(issued)
            case "cancel_signal_workflow":
                if self._cancel("signal_external_workflow_execution", issued, asks=False):
                    return [cancellations.signal(issued.number)]
            case "schedule_local_activity":
                self._local[issued.number] = issued
                self.running_locally[issued] = None
            case "request_cancel_local_activity":
                pass  # Its marker says how it ended.
            case kind:
                self._scheduled[kind, issued.number] = issued
                self.waiting.append(issued)
        return ()

    def _cancel(self, kind: str, issued: Issued, *, asks: bool = True) -> bool:
        """Take back what no event has taken yet, True; else ask for it with a command."""
        target = self._scheduled[kind, issued.number]
        if target in self.waiting:
            self.waiting.remove(target)
            return True
        if kind == "start_timer":
            self._closed.add(target)
        if asks:
            self.waiting.append(issued)
        return False

    def _cancel_activity(self, issued: Issued) -> Iterable[WorkflowActivationJob]:
        target = self._scheduled["schedule_activity", issued.number]
        how = target.message.cancellation_type
        asks = how != ActivityCancellationType.ABANDON
        unsent = self._cancel("schedule_activity", issued, asks=asks)
        if unsent or how != ActivityCancellationType.WAIT_CANCELLATION_COMPLETED:
            self._closed.add(target)
            return [cancellations.activity(target.message)]
        return ()

    def _cancel_child(self, issued: Issued) -> Iterable[WorkflowActivationJob]:
        target = self._scheduled["start_child_workflow_execution", issued.number]
        how = target.message.cancellation_type
        asks = how != ChildWorkflowCancellationType.ABANDON
        if self._cancel("start_child_workflow_execution", issued, asks=asks):
            # Older temporalio has no field for it.
            reason = getattr(issued.message, "reason", "")
            return [cancellations.child_start(target.message, reason)]
        if how in (ChildWorkflowCancellationType.ABANDON, ChildWorkflowCancellationType.TRY_CANCEL):
            self._closed.add(target)
            return [cancellations.child(target.message, self._children.get(target, ChildRun()))]
        return ()

    # -- events take them ------------------------------------------------------------------------

    def match(self, events: Sequence[Event]) -> Iterable[tuple[Event, Issued] | Mismatch]:
        """Let the events of one workflow task take their commands; ends after a mismatch.

        Raises `DamagedError` and `KeyError` for a damaged event.
        """
        beside: str | None = None
        for event in events:
            self.looking_at = event
            if is_local_activity(event):
                mismatch = self._local_mismatch(event, self._local_of(event))
                if mismatch is not None:
                    yield mismatch
                    return
                continue
            if beside is not None and is_patch_attribute(event):
                self._searchable.add(beside)
                beside = None
                continue
            beside = patch_of(event).name if is_patch(event) else None
            found = self._taken_by(event)
            if found is None:
                continue
            yield found
            if isinstance(found, Mismatch):
                return

    def _taken_by(self, event: Event) -> tuple[Event, Issued] | Mismatch | None:
        if is_patch(event):
            return self._patch_taken_by(event)
        while self.waiting:
            issued = self.waiting.popleft()
            if issued.kind != "set_patch_marker":
                return self._checked(event, issued)
            # A call of `patched` or `deprecate_patch` may be newer than the history. One whose
            # marker has gone by makes its patch searchable once more, and that has no event.
            if issued.message.patch_id in self._searchable:
                now = f"a later call for patch `{issued.message.patch_id}`"
                return Mismatch(event, issued, f"{now} in place of {told(event)}")
        return Mismatch(event, None, f"nothing in place of {told(event)}")

    def _patch_taken_by(self, event: Event) -> tuple[Event, Issued] | Mismatch | None:
        patch = patch_of(event)
        front = self.waiting[0] if self.waiting else None
        if (
            front is not None
            and front.kind == "set_patch_marker"
            and front.message.patch_id == patch.name
        ):
            self.waiting.popleft()
            return event, front
        if patch.deprecated:
            return None
        return Mismatch(event, front, f"no call of `patched({patch.name!r})` here any more")

    def _checked(self, event: Event, issued: Issued) -> tuple[Event, Issued] | Mismatch:
        now = said(issued)
        if issued.event_type != event["eventType"]:
            return Mismatch(event, issued, f"{now} in place of {told(event)}")
        attributes = attributes_of(event)
        for had, have in _identities(issued, attributes):
            if had != have:
                return Mismatch(event, issued, f"{now} in place of {told(event)}")
        self._of_event[int(event["eventId"])] = issued
        return event, issued

    # -- and are spoken of -----------------------------------------------------------------------

    def open(self, event_id: Any) -> Issued | None:
        """Return the command an event is the outcome of, None when its end was told already.

        Raises `DamagedError` when no event of that number was a command's.
        """
        try:
            issued = self._of_event.get(int(event_id))
        except (TypeError, ValueError):
            raise DamagedError(f"expected the number of an event, found {event_id!r}") from None
        if issued is None:
            raise DamagedError(f"it is about event {event_id}, which scheduled nothing")
        return None if issued in self._closed else issued

    def has_open(self) -> bool:
        """Tell whether the run can be waiting for anything but a signal."""
        return any(
            issued.kind in _AWAITED and issued not in self._closed
            for issued in self._of_event.values()
        )

    def ended(self, event_id: Any) -> Issued | None:
        """Return what `open` does, for an event that tells of its end: there is no other."""
        issued = self.open(event_id)
        if issued is not None:
            self.close(issued)
        return issued

    def close(self, issued: Issued) -> None:
        """Note that the end of what a command asked for has been told."""
        self._closed.add(issued)

    def child_runs(self, issued: Issued, run: ChildRun) -> None:
        """Note that a child has been started."""
        self._children[issued] = run

    def look_ahead(self, events: Sequence[Event]) -> None:
        """Note the outcomes of local activities among the events of a workflow task."""
        self._outcomes.extend(filter(is_local_activity, events))

    def local_outcomes(self) -> list[tuple[Event, Issued]]:
        """Return the outcomes of the local activities that have been asked for, once each.

        Raises `BrokenError` for the outcome of another activity than was asked for.
        """
        found, later = [], []
        for event in self._outcomes:
            issued = self._local_of(event)
            if issued is None:
                later.append(event)
                continue
            mismatch = self._local_mismatch(event, issued)
            if mismatch is not None:
                raise BrokenError(mismatch)
            self.running_locally.pop(issued, None)
            found.append((event, issued))
        self._outcomes = later
        return found

    def _local_of(self, event: Event) -> Issued | None:
        return self._local.get(local_activity_of(event).number)

    def _local_mismatch(self, event: Event, issued: Issued | None) -> Mismatch | None:
        if issued is None:
            return Mismatch(event, None, f"nothing in place of {told(event)}")
        recorded, message = local_activity_of(event), issued.message
        if (message.activity_type, message.activity_id) == (recorded.kind, recorded.identity):
            return None
        return Mismatch(event, issued, f"{said(issued)} in place of {told(event)}")


def _identities(issued: Issued, attributes: Any) -> Iterable[tuple[str, str]]:
    """Yield what core compares beside the type of an event: as recorded, and now."""
    message = issued.message
    if issued.kind == "schedule_activity":
        yield str(attributes.get("activityId", "")), message.activity_id
        yield _required(attributes, "activityType"), message.activity_type
    elif issued.kind == "start_child_workflow_execution":
        yield str(attributes.get("workflowId", "")), message.workflow_id
        yield _required(attributes, "workflowType"), message.workflow_type


def _required(attributes: Any, key: str) -> str:
    name = named(attributes, key)
    if not name:
        raise DamagedError(f"no `{key}`")
    return name
