"""Runs as plain JSON data, and back: what reports need of a run that another process made."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_jsonable_python

from ntro_testkit.trace import (
    ActivityCall,
    Blocked,
    ChildRun,
    Command,
    Coverage,
    CoverageItem,
    Gate,
    HazardCall,
    RunResult,
    SignalSent,
    SourceLine,
    StepEvent,
    Timer,
    Trace,
)
from ntro_testkit.verdict import Verdict


def run_of(data: Mapping[str, Any]) -> RunResult:
    """Return the run that `as_data` made data of; its values are plain data now.

    Snapshots, histories and the exception are not in the data, nor the steps of children.
    """
    coverage = Coverage(tuple(_records(CoverageItem, data["coverage"])))
    run = RunResult(
        **{name: data[name] for name in _AS_THEY_ARE},
        events=_records(StepEvent, data["events"]),
        blocked=tuple(_records(Blocked, data["blocked"])),
        line=None if data["line"] is None else SourceLine(**data["line"]),
        verdicts=[_verdict_of(verdict) for verdict in data["verdicts"]],
    )
    run.trace = Trace(
        commands=_records(Command, data["commands"]),
        activities=_records(ActivityCall, data["activities"]),
        signals=_records(SignalSent, data["signals"]),
        gates=_records(Gate, data["gates"]),
        timers=_records(Timer, data["timers"]),
        children=_records(ChildRun, data["children"]),
        steps_entered=[(run.workflow_id, step) for step in data["steps_entered"]],
        warnings=list(data["warnings"]),
        hazards=_records(HazardCall, data["hazards"]),
    )
    run.measure_coverage = lambda _run: coverage
    return run


def _verdict_of(data: Mapping[str, Any]) -> Verdict:
    verdict: Verdict = _reader(Verdict).validate_python(
        [{key: value for key, value in data.items() if key != "name"}]
    )[0]
    return verdict


_AS_THEY_ARE = (
    *("scenario", "workflow_id", "status", "error", "duration_s", "slug", "result"),
    *("virtual_duration_s", "steps_completed"),
)


def _records(kind: type, rows: Sequence[Any]) -> list[Any]:
    read: list[Any] = _reader(kind).validate_python(rows)
    return read


@lru_cache(maxsize=16)
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(list[kind])


def as_data(run: RunResult) -> dict[str, Any]:
    """Return one run as plain data; the first six keys are those of `ntro.testing` 0.1.2."""
    return {
        "scenario": run.scenario,
        "workflow_id": run.workflow_id,
        "status": run.status,
        "error": run.error,
        "duration_s": run.duration_s,
        "events": [
            {
                "kind": event.kind,
                "workflow_id": event.workflow_id,
                "detail": _plain_values(event.detail),
                "timestamp_s": event.timestamp_s,
            }
            for event in run.events
        ],
        "slug": run.slug,
        "result": plain(run.result),
        "virtual_duration_s": run.virtual_duration_s,
        "steps_entered": run.steps_entered,
        "steps_completed": run.steps_completed,
        "line": _line(run.line),
        "blocked": [{**_fields(blocked), "line": _line(blocked.line)} for blocked in run.blocked],
        "gates": [_gate(gate) for gate in run.gates],
        "activities": [_activity(call) for call in run.activities],
        "signals": [_plain_values(_fields(sent)) for sent in run.signals],
        "timers": [{**_fields(timer), "line": _line(timer.line)} for timer in run.timers],
        "children": [_child(child) for child in run.children],
        "commands": [command_data(command) for command in run.trace.commands],
        "coverage": [_fields(item) for item in run.coverage.items],
        "warnings": list(run.trace.warnings),
        "hazards": [{**_fields(call), "line": _line(call.line)} for call in run.trace.hazards],
        "verdicts": [verdict_data(verdict) for verdict in run.verdicts],
    }


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as plain data."""
    comparison = verdict.comparison
    return {
        **_fields(verdict),
        "name": verdict.name,
        "line": _line(verdict.line),
        "evidence": list(verdict.evidence),
        "comparison": None if comparison is None else _fields(comparison),
    }


def plain(value: Any) -> Any:
    """Return a value as JSON data.

    NaN and infinities become strings, bytes base64, and what has no JSON form its `repr`.
    """
    try:
        data = to_jsonable_python(value, serialize_unknown=True, fallback=repr, bytes_mode="base64")
    except ValueError:
        # A key with a lone surrogate, or something that holds itself; what a gate shows may be so.
        return repr(value)
    return _finite(data)


def _plain_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with each value as JSON data, so that one without a form costs no other."""
    return {name: plain(value) for name, value in record.items()}


def _finite(value: Any) -> Any:
    """Write floats that JSON has no word for as strings (pydantic leaves them as they are)."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return value


def _fields(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def _line(line: SourceLine | None) -> dict[str, Any] | None:
    return (
        None if line is None else {"path": line.path, "line": line.line, "function": line.function}
    )


def _gate(gate: Gate) -> dict[str, Any]:
    return {**_plain_values(_fields(gate)), "line": _line(gate.line)}


def _activity(call: ActivityCall) -> dict[str, Any]:
    return {**_plain_values(_fields(call)), "line": _line(call.line)}


def _child(child: ChildRun) -> dict[str, Any]:
    data = {**_fields(child), "children": None}
    return {
        **_plain_values(data),
        "children": [_child(grandchild) for grandchild in child.children],
    }


def command_data(command: Command) -> dict[str, Any]:
    """Return a command as plain data, with what it carries as JSON."""
    attributes = {key: _attribute(value) for key, value in command.attributes.items()}
    return {**_fields(command), "attributes": attributes, "line": _line(command.line)}


def _attribute(value: Any) -> Any:
    """Return what a command carries; payloads are JSON already."""
    if isinstance(value, bytes):
        return decoded(value)
    if isinstance(value, list):
        return [_attribute(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _attribute(item) for key, item in value.items()}
    if isinstance(value, BaseModel):
        return plain(value)
    return plain(value)


def decoded(payload: bytes) -> Any:
    """Return a payload as the JSON data it is, or its `repr` where it is none."""
    try:
        return json.loads(payload)
    except (UnicodeDecodeError, ValueError):
        return repr(payload)
