"""Throws away every instance of a run at each quiescence, and rebuilds it from its history.

Imports temporalio.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf.json_format import MessageToDict
from temporalio.bridge.proto.workflow_activation import WorkflowActivation, WorkflowActivationJob

from ntro_testkit.checks.reruns.account import Account, Deed
from ntro_testkit.checks.reruns.differing import Difference, first_difference
from ntro_testkit.run_data import decoded
from ntro_testkit.runtime.sdk.engine import SdkEngine
from ntro_testkit.runtime.sdk.execution import Issued, Past, Replayed, SdkExecution

_NAMES = ("activity_type", "workflow_type", "signal_name", "patch_id", "seq")
"""The fields of commands that name what they are about."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Where a rebuilt workflow issued other commands than before, and all of both."""

    difference: Difference
    after_task: int
    had: Account
    now: Account


class Crashes:
    """The crashes of one run; `count` says how many there were.

    `parting` is the first difference between what was issued and what was issued again.
    """

    def __init__(self) -> None:
        self.count = 0
        self.parting: Parting | None = None

    def befall(self, engine: SdkEngine) -> None:
        """Let a run that is about to begin crash at each quiescence."""
        engine.workflows.keep_activations = True
        engine.workflows.on_replayed = self._replayed
        engine.at_quiescence = lambda: self._crash(engine)

    def _crash(self, engine: SdkEngine) -> None:
        self.count += 1
        for execution in engine.workflows.open_here():
            if engine.state.finished:
                return
            workflow_class = execution.definition.workflow_class
            past = Past(
                list(_with_patches(execution)), held=execution.held, timers=execution.timers
            )
            engine.workflows.rebuild(execution, workflow_class, past)

    def _replayed(self, execution: SdkExecution, replayed: Replayed) -> None:
        if self.parting is not None:
            return
        had = _account(execution, replayed.number, execution.issued[replayed.number])
        now = _account(execution, replayed.number, replayed.issued)
        difference = first_difference(had, now)
        if difference is not None:
            self.parting = Parting(difference, len(execution.issued), had, now)


def _with_patches(execution: SdkExecution) -> Iterator[WorkflowActivation]:
    """Yield what an execution was activated with, and with the patches it has gone by.

    On a replay they are told, as Temporal's core does; code that is told of none goes the old way.
    """
    for activation, issued in zip(execution.activations, execution.issued, strict=True):
        told = {
            job.notify_has_patch.patch_id
            for job in activation.jobs
            if job.WhichOneof("variant") == "notify_has_patch"
        }
        gone_by = dict.fromkeys(
            command.set_patch_marker.patch_id
            for command in issued.commands
            if command.WhichOneof("variant") == "set_patch_marker"
        )
        missing = [patch for patch in gone_by if patch not in told]
        if not missing:
            yield activation
            continue
        told_of = WorkflowActivation()
        told_of.CopyFrom(activation)
        del told_of.jobs[:]
        told_of.jobs.extend([*map(_has_patch, missing), *activation.jobs])
        yield told_of


def _has_patch(patch: str) -> WorkflowActivationJob:
    job = WorkflowActivationJob()
    job.notify_has_patch.patch_id = patch
    return job


def _account(execution: SdkExecution, number: int, issued: Issued) -> Account:
    places = [*issued.places, *[None] * len(issued.commands)]
    deeds = []
    for command, place in zip(issued.commands, places, strict=False):
        variant = command.WhichOneof("variant")
        message = getattr(command, variant)
        names = (getattr(message, name) for name in _NAMES if hasattr(message, name))
        deeds.append(
            Deed(
                workflow_id=execution.workflow_id,
                task=number + 1,
                kind=variant.removesuffix("_execution"),
                name=str(next(names, "")),
                carried=_carried(message),
                step=place.step if place else None,
                line=place.line if place else None,
            )
        )
    return Account(tuple(deeds), answers=())


def _carried(message: Any) -> str:
    fields = MessageToDict(message, preserving_proto_field_name=True)
    return json.dumps(_read(fields), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _read(value: Any) -> Any:
    """Return a message with its payloads as the JSON they are."""
    if isinstance(value, dict):
        if "metadata" in value and value.keys() <= {"metadata", "data"}:
            data = base64.b64decode(value.get("data", ""))
            return decoded(data) if data else None
        return {key: _read(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_read(each) for each in value]
    return value
