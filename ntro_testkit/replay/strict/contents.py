"""What a command sets, against what a server wrote down for the one in the history.

A server fills in what a command leaves open. Source of what it fills in: the validation of commands
in Temporal's server, held against histories of its dev server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ntro_testkit.history.moments import SECOND, span, spoken
from ntro_testkit.replay.strict.commands import Issued
from ntro_testkit.replay.strict.option_changes import (
    Change,
    least,
    retry_policy_changes,
    task_queue_changes,
)
from ntro_testkit.replay.strict.values import argument_changes, map_changes, value_changes


def changes(issued: Issued, attributes: Any, run_timeout: int) -> list[Change]:
    """Return what differs between a command and the attributes of the event that took it.

    `run_timeout` is the run's own, in nanoseconds, 0 for none: it bounds those of activities.
    Raises `ValueError` for a damaged event.
    """
    compare = _COMPARISONS.get(issued.kind)
    return list(compare(issued.message, attributes, run_timeout)) if compare else []


def _activity(message: Any, attributes: Any, run_timeout: int) -> Iterable[Change]:
    yield from argument_changes(attributes.get("input"), message.arguments)
    yield from _activity_timeouts(message, attributes, run_timeout)
    yield from task_queue_changes(message, attributes)
    has_policy = message.HasField("retry_policy")
    yield from retry_policy_changes(message.retry_policy if has_policy else None, attributes)


def _activity_timeouts(message: Any, attributes: Any, run_timeout: int) -> Iterable[Change]:
    close = message.schedule_to_close_timeout.ToNanoseconds()
    start = message.schedule_to_start_timeout.ToNanoseconds()
    run = message.start_to_close_timeout.ToNanoseconds()
    beat = message.heartbeat_timeout.ToNanoseconds()
    whole = least(close, run_timeout)
    filled = {
        "schedule-to-close": ("scheduleToCloseTimeout", close, whole),
        "schedule-to-start": ("scheduleToStartTimeout", start, least(start, whole)),
        "start-to-close": ("startToCloseTimeout", run, least(run, whole)),
        "heartbeat": ("heartbeatTimeout", beat, beat and least(beat, run, whole)),
    }
    for name, (key, asked, given) in filled.items():
        had = span(attributes.get(key))
        # What is left open may also be written down as open.
        if had != given and (asked or had):
            yield f"{name} timeout: {spoken(had)} -> {spoken(given if asked else 0)}"


def _timer(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    had = span(attributes.get("startToFireTimeout"))
    now = message.start_to_fire_timeout.ToNanoseconds()
    if had != now:
        yield f"timer: {spoken(had)} -> {spoken(now)}"


def _child(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    yield from argument_changes(attributes.get("input"), message.input)
    yield from task_queue_changes(message, attributes)
    execution = message.workflow_execution_timeout.ToNanoseconds()
    yield from _timeout(
        "execution timeout", attributes.get("workflowExecutionTimeout"), execution, ()
    )
    run = message.workflow_run_timeout.ToNanoseconds()
    yield from _timeout(
        "run timeout", attributes.get("workflowRunTimeout"), run, (least(run, execution),)
    )
    task = message.workflow_task_timeout.ToNanoseconds()
    yield from _timeout(
        "workflow task timeout",
        attributes.get("workflowTaskTimeout"),
        task,
        (least(task or _TASK_TIMEOUT, _LONGEST_TASK_TIMEOUT, run, execution),),
    )
    yield from _policy("parent close policy", attributes, message, "PARENT_CLOSE_POLICY_")
    yield from _policy("workflow id reuse policy", attributes, message, "WORKFLOW_ID_REUSE_POLICY_")
    if attributes.get("retryPolicy") or message.HasField("retry_policy"):
        has_policy = message.HasField("retry_policy")
        yield from retry_policy_changes(message.retry_policy if has_policy else None, attributes)
    had, now = attributes.get("cronSchedule") or "", message.cron_schedule
    if had != now:
        yield f"cron schedule: {had or 'none'} -> {now or 'none'}"
    memo = attributes.get("memo") or {}
    yield from map_changes("memo", memo, "fields", _sent(message.memo, memo.get("fields")))
    searchable = attributes.get("searchAttributes") or {}
    sent = _sent(_indexed(message), searchable.get("indexedFields"))
    yield from map_changes("search attribute", searchable, "indexedFields", sent)


def _sent(now: Mapping[str, Any], recorded: Any) -> Mapping[str, Any]:
    """Return named payloads without those of `None`, which servers leave out at a start."""
    return {
        name: payload
        for name, payload in now.items()
        if name in (recorded or {}) or payload.metadata.get("encoding") != b"binary/null"
    }


def _indexed(message: Any) -> Mapping[str, Any]:
    """Return the search attributes of a command; older temporalio has the map itself there."""
    found = message.search_attributes
    named: Mapping[str, Any] = getattr(found, "indexed_fields", found)
    return named


_TASK_TIMEOUT = 10 * SECOND
_LONGEST_TASK_TIMEOUT = 120 * SECOND


def _timeout(name: str, recorded: Any, now: int, filled: tuple[int, ...]) -> Iterable[Change]:
    had = span(recorded)
    if had != now and had not in filled:
        yield f"{name}: {spoken(had)} -> {spoken(now)}"


_POLICIES = {
    "PARENT_CLOSE_POLICY_": (
        "parentClosePolicy",
        "parent_close_policy",
        ("UNSPECIFIED", "TERMINATE", "ABANDON", "REQUEST_CANCEL"),
    ),
    "WORKFLOW_ID_REUSE_POLICY_": (
        "workflowIdReusePolicy",
        "workflow_id_reuse_policy",
        (
            "UNSPECIFIED",
            "ALLOW_DUPLICATE",
            "ALLOW_DUPLICATE_FAILED_ONLY",
            "REJECT_DUPLICATE",
            "TERMINATE_IF_RUNNING",
        ),
    ),
}
"""Prefix -> key in the event, field of the command, and the names by their number.

The first is what "not said" is; servers and core then take the second.
"""


def _policy(name: str, attributes: Any, message: Any, prefix: str) -> Iterable[Change]:
    key, field, names = _POLICIES[prefix]
    number = getattr(message, field)
    now = names[number or 1] if number < len(names) else str(number)
    recorded = attributes.get(key)
    if recorded is None:
        return
    had = names[recorded] if isinstance(recorded, int) else _screaming(str(recorded), prefix)
    if had != now and had != names[0]:
        yield f"{name}: {had} -> {now}"


def _screaming(name: str, prefix: str) -> str:
    if name.isupper():
        return name.removeprefix(prefix)
    return "".join(f"_{c}" if c.isupper() else c.upper() for c in name).lstrip("_")


def _signal(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    had, now = str(attributes.get("signalName", "")), message.signal_name
    if had != now:
        yield f"signal: {had} -> {now}"
    target = str((attributes.get("workflowExecution") or {}).get("workflowId", ""))
    to = message.child_workflow_id or message.workflow_execution.workflow_id
    if target != to:
        yield f"signalled workflow: {target} -> {to}"
    yield from argument_changes(attributes.get("input"), message.args)


def _completed(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    recorded = attributes.get("result")
    now = [message.result] if message.HasField("result") else []
    yield from value_changes("result", recorded, now)


def _failed(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    yield from _failure("failure", attributes.get("failure") or {}, message.failure)


def _failure(called: str, had: Any, now: Any) -> Iterable[Change]:
    depth = 0
    while True:
        name = called + ", cause" * depth
        told = str(had.get("message", ""))
        if told != now.message:
            yield f"{name}: {told!r} -> {now.message!r}"
        before = had.get("applicationFailureInfo")
        if before is not None and now.HasField("application_failure_info"):
            kind, kind_now = str(before.get("type", "")), now.application_failure_info.type
            if kind != kind_now:
                yield f"{name}, type: {kind or 'none'} -> {kind_now or 'none'}"
            final = bool(before.get("nonRetryable"))
            if final != now.application_failure_info.non_retryable:
                yield f"{name}, not retryable: {final} -> {not final}"
        if not (had.get("cause") and now.HasField("cause")):
            break
        had, now, depth = had["cause"], now.cause, depth + 1
    if bool(had.get("cause")) != now.HasField("cause"):
        yield f"{name}, cause: {'dropped' if had.get('cause') else 'added'}"


def _continued(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    had = str((attributes.get("workflowType") or {}).get("name", ""))
    if message.workflow_type and had != message.workflow_type:
        yield f"workflow type: {had} -> {message.workflow_type}"
    yield from argument_changes(attributes.get("input"), message.arguments)
    yield from task_queue_changes(message, attributes)


def _search_attributes(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    recorded = attributes.get("searchAttributes")
    yield from map_changes("search attribute", recorded, "indexedFields", _indexed(message))


def _memo(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    yield from map_changes(
        "memo", attributes.get("upsertedMemo"), "fields", message.upserted_memo.fields
    )


def _update_answered(message: Any, attributes: Any, _: int) -> Iterable[Change]:
    outcome = attributes.get("outcome") or {}
    had, now = outcome.get("failure"), message.HasField("rejected")
    if had is not None and now:
        yield from _failure("failure of the update", had, message.rejected)
    elif had is not None or now:
        words = ("an answer", "a failure")
        yield f"the update: {words[had is not None]} -> {words[now]}"
    else:
        yield from value_changes(
            "answer of the update", outcome.get("success"), [message.completed]
        )


_COMPARISONS: Mapping[str, Callable[[Any, Any, int], Iterable[Change]]] = {
    "schedule_activity": _activity,
    "start_timer": _timer,
    "start_child_workflow_execution": _child,
    "signal_external_workflow_execution": _signal,
    "complete_workflow_execution": _completed,
    "fail_workflow_execution": _failed,
    "continue_as_new_workflow_execution": _continued,
    "upsert_workflow_search_attributes": _search_attributes,
    "modify_workflow_properties": _memo,
    "update_completed": _update_answered,
}
"""The others hold nothing that a server does not need for matching them."""
