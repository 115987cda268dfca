"""The history of one run on temporalio's instance: jobs become events, and so do commands.

A server gets the commands of a workflow task when it ends, and core has by then taken out those
that undo each other. So commands wait here until the task is over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivationJob
from temporalio.workflow import ActivityCancellationType, ChildWorkflowCancellationType

from ntro_testkit.history.failures import message_as_json
from ntro_testkit.history.options import activity_attributes, child_attributes
from ntro_testkit.history.payloads import Payload, base64_text, json_payload, proto_payload
from ntro_testkit.history.writer import Attributes, HistoryWriter
from ntro_testkit.runtime.failures import UnsupportedCallError
from ntro_testkit.runtime.sdk.commanded_options import activity_options, child_options

Told = tuple[str, Any]
"""A command that waits for the end of its workflow task: its kind, and its content."""

UNDONE_BY = {
    "cancel_timer": ("start_timer", "seq"),
    "request_cancel_activity": ("schedule_activity", "seq"),
    "cancel_child_workflow_execution": ("start_child_workflow_execution", "child_workflow_seq"),
}
"""Kind of command -> what it undoes in the same task, and its field with that one's number."""

WITHOUT_CONFIRMATION = (
    ActivityCancellationType.TRY_CANCEL,
    ActivityCancellationType.ABANDON,
)
CHILD_WITHOUT_CONFIRMATION = (
    ChildWorkflowCancellationType.TRY_CANCEL,
    ChildWorkflowCancellationType.ABANDON,
)

NOT_FOUND = "EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND"


class RecordedRun:
    """The history of one execution while it goes on."""

    def __init__(self, writer: HistoryWriter, now: Callable[[], datetime]) -> None:
        self.writer = writer
        self._now = now
        self.waiting: list[Told] = []
        self._patches: list[str] = []
        self._sent: dict[tuple[str, int], Any] = {}
        self._events: dict[tuple[str, int], tuple[int, Attributes]] = {}

    def end_task(self) -> None:
        """Write the workflow task and what came out of it."""
        self.writer.task()
        for kind, command in _without_undone(self.waiting):
            number = getattr(command, "seq", 0)
            self._sent[kind, number] = command
            getattr(self, f"_{kind}")(command)
        self.waiting = []

    # -- events from outside -----------------------------------------------------------------------

    def event(self, job: WorkflowActivationJob) -> None:
        """Write the event a job stands for; core settles some without any."""
        kind = job.WhichOneof("variant")
        handler = getattr(self, f"_on_{kind}", None)
        if kind is None or handler is None:
            raise UnsupportedCallError(f"no history can be written of a run with `{kind}` yet")
        handler(getattr(job, kind))

    def external(self, event: str, kind: str, number: int, **more: Any) -> None:
        """Write how a request to another workflow went."""
        initiated, about = self._events[kind, number]
        attributes = {"initiatedEventId": str(initiated), **about, **more}
        self.writer.add(event, attributes, outside=True)

    def _on_signal_workflow(self, job: Any) -> None:
        self.writer.signaled(job.signal_name, payloads_of(job.input))

    def _on_cancel_workflow(self, job: Any) -> None:
        self.writer.add("WORKFLOW_EXECUTION_CANCEL_REQUESTED", {"cause": job.reason}, outside=True)

    def _on_fire_timer(self, job: Any) -> None:
        self.writer.timer_fired(("timer", job.seq), str(job.seq))

    def _on_resolve_activity(self, job: Any) -> None:
        if job.is_local:
            if ("schedule_local_activity", job.seq) in self._sent:
                # It outlived its workflow task, which a worker then ends and asks for another one.
                self.writer.call_for_task()
            self.waiting.append(("local_activity_ended", job))
            return
        key = ("activity", job.seq)
        command = self._sent.get(("schedule_activity", job.seq))
        how = job.result.WhichOneof("status")
        if command is None:
            # It was cancelled before anybody was told of it.
            return
        if how == "completed":
            self.writer.activity_completed(key, proto_payload(job.result.completed.result))
        elif how == "failed":
            self.writer.activity_failed(key, message_as_json(job.result.failed.failure.cause))
        elif command.cancellation_type not in WITHOUT_CONFIRMATION:
            self.writer.activity_cancelled(key)

    def _on_resolve_child_workflow_execution_start(self, job: Any) -> None:
        command = self._sent.get(("start_child_workflow_execution", job.seq))
        if command is None:
            return
        key = ("child", job.seq)
        if job.HasField("succeeded"):
            self.writer.child_started(key, command.workflow_id, job.succeeded.run_id)
        else:
            self.writer.child_start_failed(key, command.workflow_id)

    def _on_resolve_child_workflow_execution(self, job: Any) -> None:
        key = ("child", job.seq)
        command = self._sent["start_child_workflow_execution", job.seq]
        result = job.result
        if result.HasField("completed"):
            payloads = {"payloads": [proto_payload(result.completed.result)]}
            self.writer.child_closed(key, "COMPLETED", {"result": payloads})
        elif result.HasField("failed"):
            about = {"failure": message_as_json(result.failed.failure.cause)}
            state = {"retryState": "RETRY_STATE_RETRY_POLICY_NOT_SET"}
            self.writer.child_closed(key, "FAILED", about | state)
        elif command.cancellation_type not in CHILD_WITHOUT_CONFIRMATION:
            self.writer.child_closed(key, "CANCELED", {})

    def _on_resolve_signal_external_workflow(self, job: Any) -> None:
        if job.HasField("failure"):
            event = "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED"
            self.external(event, "signal", job.seq, cause=f"{event}_CAUSE_{NOT_FOUND}")
        else:
            self.external("EXTERNAL_WORKFLOW_EXECUTION_SIGNALED", "signal", job.seq)

    def _on_resolve_request_cancel_external_workflow(self, job: Any) -> None:
        if job.HasField("failure"):
            event = "CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED"
            cause = f"{event}_CAUSE_{NOT_FOUND}"
            self.external(f"REQUEST_{event}", "cancel", job.seq, cause=cause)
        else:
            self.external("EXTERNAL_WORKFLOW_EXECUTION_CANCEL_REQUESTED", "cancel", job.seq)

    # -- commands ----------------------------------------------------------------------------------

    def _start_timer(self, command: Any) -> None:
        seconds = command.start_to_fire_timeout.ToNanoseconds() / 1e9
        self.writer.timer_started(("timer", command.seq), str(command.seq), round(seconds, 6))

    def _cancel_timer(self, command: Any) -> None:
        self.writer.timer_cancelled(("timer", command.seq), str(command.seq))

    def _schedule_activity(self, command: Any) -> None:
        self.writer.activity_scheduled(
            ("activity", command.seq),
            command.activity_id,
            command.activity_type,
            payloads_of(command.arguments),
            activity_attributes(activity_options(command)),
        )

    def _request_cancel_activity(self, command: Any) -> None:
        scheduled = self._sent["schedule_activity", command.seq]
        if scheduled.cancellation_type != ActivityCancellationType.ABANDON:
            self.writer.activity_cancel_requested(("activity", command.seq))

    def _schedule_local_activity(self, _command: Any) -> None:
        """Write nothing: a local activity leaves a marker when it has ended."""

    _request_cancel_local_activity = _schedule_local_activity

    def _local_activity_ended(self, job: Any) -> None:
        """Write the marker that keeps the outcome; its form is that of a dev server's history."""
        command = self._sent["schedule_local_activity", job.seq]
        seconds = int(self._now().timestamp())
        now = {"seconds": seconds, "nanos": self._now().microsecond * 1000}
        data = {
            "seq": job.seq,
            "attempt": 1,
            "activity_id": command.activity_id,
            "activity_type": command.activity_type,
            "complete_time": now,
            "backoff": None,
            "original_schedule_time": now,
        }
        written = json_payload(json.dumps(data, separators=(",", ":")).encode())
        attributes: Attributes = {
            "markerName": "core_local_activity",
            "details": {"data": {"payloads": [written]}},
        }
        result = job.result
        if result.HasField("completed"):
            payloads = {"payloads": [proto_payload(result.completed.result)]}
            attributes["details"]["result"] = payloads
        else:
            how = result.WhichOneof("status")
            attributes["failure"] = message_as_json(getattr(result, how).failure.cause)
        self.writer.command("MARKER_RECORDED", attributes)

    def _start_child_workflow_execution(self, command: Any) -> None:
        self.writer.child_initiated(
            ("child", command.seq),
            command.workflow_id,
            command.workflow_type,
            payloads_of(command.input),
            child_attributes(child_options(command)),
        )

    def _cancel_child_workflow_execution(self, command: Any) -> None:
        number = command.child_workflow_seq
        child = self._sent["start_child_workflow_execution", number]
        if child.cancellation_type != ChildWorkflowCancellationType.ABANDON:
            self._request(
                "REQUEST_CANCEL", "child_cancel", number, child.workflow_id, is_child=True
            )

    def _request_cancel_external_workflow_execution(self, command: Any) -> None:
        target = command.workflow_execution.workflow_id
        self._request("REQUEST_CANCEL", "cancel", command.seq, target)

    def _signal_external_workflow_execution(self, command: Any) -> None:
        target = command.child_workflow_id or command.workflow_execution.workflow_id
        content = {
            "signalName": command.signal_name,
            "input": {"payloads": payloads_of(command.args)},
        }
        is_child = bool(command.child_workflow_id)
        self._request("SIGNAL", "signal", command.seq, target, is_child=is_child, **content)

    def _request(
        self, verb: str, kind: str, number: int, target: str, *, is_child: bool = False, **more: Any
    ) -> None:
        about: Attributes = {"namespace": "default", "workflowExecution": {"workflowId": target}}
        attributes: Attributes = {**about, **more}
        if is_child:
            attributes["childWorkflowOnly"] = True
        event = f"{verb}_EXTERNAL_WORKFLOW_EXECUTION_INITIATED"
        self._events[kind, number] = self.writer.command(event, attributes), about

    def _set_patch_marker(self, command: Any) -> None:
        """Write the marker, and the search attribute by which core lets runs with it be found."""
        self.writer.patched(command.patch_id, deprecated=command.deprecated)
        self._patches.append(command.patch_id)
        listed = {"encoding": base64_text(b"json/plain"), "type": base64_text(b"KeywordList")}
        data = base64_text(json.dumps(self._patches, separators=(",", ":")).encode())
        fields = {"TemporalChangeVersion": {"metadata": listed, "data": data}}
        self._upsert(fields)

    def _upsert_workflow_search_attributes(self, command: Any) -> None:
        fields = {name: proto_payload(value) for name, value in _sorted(_search_fields(command))}
        self._upsert(fields)

    def _upsert(self, fields: Attributes) -> None:
        self.writer.command(
            "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES", {"searchAttributes": {"indexedFields": fields}}
        )

    def _modify_workflow_properties(self, command: Any) -> None:
        fields = {
            name: proto_payload(value) for name, value in _sorted(command.upserted_memo.fields)
        }
        self.writer.command("WORKFLOW_PROPERTIES_MODIFIED", {"upsertedMemo": {"fields": fields}})

    def _complete_workflow_execution(self, command: Any) -> None:
        self.writer.completed(proto_payload(command.result))

    def _fail_workflow_execution(self, command: Any) -> None:
        self.writer.failed(message_as_json(command.failure))

    def _cancel_workflow_execution(self, _command: Any) -> None:
        self.writer.command("WORKFLOW_EXECUTION_CANCELED", {})

    def _continue_as_new_workflow_execution(self, command: Any) -> None:
        workflow_type = command.workflow_type or self.writer.workflow_type
        self.writer.command(
            "WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
            {
                "workflowType": {"name": workflow_type},
                "input": {"payloads": payloads_of(command.arguments)},
                "initiator": "CONTINUE_AS_NEW_INITIATOR_WORKFLOW",
            },
        )


def _without_undone(commands: list[Told]) -> list[Told]:
    """Leave out what was started and cancelled in one workflow task: no server hears of it."""
    started = {(kind, getattr(command, "seq", 0)) for kind, command in commands}
    gone: set[tuple[str, int]] = set()
    for kind, command in commands:
        undone, field = UNDONE_BY.get(kind, ("", ""))
        if undone and (undone, getattr(command, field)) in started:
            gone |= {(undone, getattr(command, field)), (kind, getattr(command, field))}
    return [
        (kind, command)
        for kind, command in commands
        if (kind, getattr(command, UNDONE_BY.get(kind, ("", "seq"))[1], 0)) not in gone
    ]


def payloads_of(messages: Iterable[Any]) -> list[Payload]:
    """Return messages in the JSON form of a history."""
    return [proto_payload(message) for message in messages]


def _search_fields(command: Any) -> Any:
    """Return the fields of the command; older versions have them without an envelope."""
    fields = command.search_attributes
    return getattr(fields, "indexed_fields", fields)


def _sorted(fields: Any) -> list[tuple[str, Any]]:
    return sorted(fields.items())
