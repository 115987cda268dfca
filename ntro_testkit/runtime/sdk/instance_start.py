"""What a workflow instance has to know about its run, in temporalio's own record of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import temporalio.common
import temporalio.workflow


@dataclass(frozen=True, slots=True)
class InstanceStart:
    """What an instance has to know about its run before the first activation."""

    workflow_class: type
    workflow_type: str
    workflow_id: str
    run_id: str
    start_time: datetime
    randomness_seed: int
    first_task_time: datetime | None = None
    """Time of the first workflow task, None for the same as `start_time`."""
    parent: tuple[str, str] | None = None
    """(workflow id, run id)"""
    namespace: str = "default"
    task_queue: str = "ntro-testkit"
    attempt: int = 1
    first_execution_run_id: str | None = None
    original_execution_run_id: str | None = None
    continued_run_id: str | None = None
    headers: Mapping[str, Any] = field(default_factory=dict)
    raw_memo: Mapping[str, Any] = field(default_factory=dict)
    retry_policy: temporalio.common.RetryPolicy | None = None
    execution_timeout: timedelta | None = None
    run_timeout: timedelta | None = None
    task_timeout: timedelta = timedelta(seconds=10)
    search_attributes: temporalio.common.TypedSearchAttributes = (
        temporalio.common.TypedSearchAttributes.empty
    )
    last_completion_result: Any = None
    """temporalio's `Payloads`, of the run before this one."""
    last_failure: Any = None


def info_of(start: InstanceStart) -> temporalio.workflow.Info:
    """Return what workflow code is told by `workflow.info()`."""
    priority = getattr(temporalio.common, "Priority", None)
    given = {
        "attempt": start.attempt,
        "continued_run_id": start.continued_run_id,
        "cron_schedule": None,
        "execution_timeout": start.execution_timeout,
        "first_execution_run_id": start.first_execution_run_id or start.run_id,
        "headers": start.headers,
        "namespace": start.namespace,
        "original_execution_run_id": start.original_execution_run_id or start.run_id,
        "parent": _parent(start),
        "root": None,
        "priority": priority.default if priority else None,
        "raw_memo": start.raw_memo,
        "retry_policy": start.retry_policy,
        "run_id": start.run_id,
        "run_timeout": start.run_timeout,
        "search_attributes": {},
        "start_time": start.first_task_time or start.start_time,
        "workflow_start_time": start.start_time,
        "task_queue": start.task_queue,
        "task_timeout": start.task_timeout,
        "typed_search_attributes": start.search_attributes,
        "workflow_id": start.workflow_id,
        "workflow_type": start.workflow_type,
    }
    return temporalio.workflow.Info(**known_fields(temporalio.workflow.Info, given))


def _parent(start: InstanceStart) -> temporalio.workflow.ParentInfo | None:
    if start.parent is None:
        return None
    workflow_id, run_id = start.parent
    return temporalio.workflow.ParentInfo(
        namespace=start.namespace, run_id=run_id, workflow_id=workflow_id
    )


def known_fields(record: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what this version of temporalio has no field for."""
    return {name: given[name] for name in _fields(record) if name in given}


@lru_cache(maxsize=8)
def _fields(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(record))
