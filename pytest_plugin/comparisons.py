"""Explains failed comparisons of runs: where two traces part, not two screens of `repr`.

pytest shows eight lines of an explanation, so the first difference comes first.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ntro_testkit.report.printable import one_line
from ntro_testkit.report.source_excerpt import source_excerpt
from ntro_testkit.trace import ActivityCall, ChildRun, Coverage, Gate, RunResult, Trace, clock

STATUSES = frozenset({"completed", "failed", "task-failed", "stuck"})

_ASPECTS: Mapping[str, Callable[[Trace], Sequence[Any]]] = {
    "steps": lambda trace: [step for _, step in trace.steps_entered],
    "gates": lambda trace: trace.gates,
    "activities": lambda trace: trace.activities,
    "signals": lambda trace: trace.signals,
    "children": lambda trace: trace.children,
    "timers": lambda trace: trace.timers,
    "commands": lambda trace: trace.commands,
    "snapshots": lambda trace: trace.snapshots,
    "warnings": lambda trace: trace.warnings,
}
"""What of two traces is compared, in the order in which a difference says most."""

_IDS = frozenset({"workflow_id", "parent_id"})
"""Fields that differ between any two scenarios and would hide what matters."""


def explain(
    operator: str, left: Any, right: Any, runs: Sequence[tuple[str, RunResult]]
) -> list[str] | None:
    """Return why a comparison failed, None when it is none of ours; `runs` are the test's so far.

    A status is a plain string; it is taken for a run's when a run of the test has just this one.
    """
    if operator != "==":
        return None
    if isinstance(left, str) and isinstance(right, str):
        return _explain_status(left, right, runs)
    if isinstance(left, RunResult) and isinstance(right, RunResult):
        return _explain_runs(left, right)
    if isinstance(left, Trace) and isinstance(right, Trace):
        return ["two traces differ", *_trace_differences(left, right)]
    if isinstance(left, Coverage) and isinstance(right, Coverage):
        return ["two coverages differ", *_coverage_differences(left, right)]
    if isinstance(left, list) and isinstance(right, list) and _has_calls(left + right):
        return [
            f"{len(left)} and {len(right)} activity calls differ",
            *_first_difference(left, right),
        ]
    return None


def _explain_status(
    left: str, right: str, runs: Sequence[tuple[str, RunResult]]
) -> list[str] | None:
    if not {left, right} <= STATUSES:
        return None
    for bundle, run in reversed(runs):
        if run.status in {left, right} and run.status != "completed":
            lines = [
                f"{left!r} == {right!r}",
                f"{bundle}::{run.scenario} {run.status}: {run.error}",
            ]
            where = source_excerpt(run.line) if run.line else []
            return [*lines, *(f"      {line}" for line in where)]
    return None


def _explain_runs(left: RunResult, right: RunResult) -> list[str]:
    lines = [f"two runs differ: {_name(left)} and {_name(right)}"]
    if left.status != right.status:
        lines.append(f"status: {left.status} and {right.status}")
    lines += _trace_differences(left.trace, right.trace)
    if len(lines) == 1:
        names = [
            field.name
            for field in dataclasses.fields(RunResult)
            if field.compare and getattr(left, field.name) != getattr(right, field.name)
        ]
        lines.append(f"the traces are equal, these fields are not: {', '.join(names)}")
        lines.append("compare `left.trace == right.trace`, or one of the fields")
    return lines


def _trace_differences(left: Trace, right: Trace) -> list[str]:
    """Return the first difference, and what else differs."""
    different = [name for name, of in _ASPECTS.items() if _told(of(left)) != _told(of(right))]
    if not different:
        return [] if left == right else ["the traces differ in workflow ids only"]
    first = _ASPECTS[different[0]]
    at, *sides = _first_difference(first(left), first(right))
    lines = [f"first difference in {different[0]}, {at}", *sides]
    if different[1:]:
        lines.append(f"also different: {', '.join(different[1:])}")
    return lines


def _first_difference(left: Sequence[Any], right: Sequence[Any]) -> list[str]:
    """Return where two sequences part and what each has there."""
    pairs = zip(_told(left), _told(right), strict=False)
    index = next(
        (at for at, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right))
    )
    return [
        f"at index {index} (of {len(left)} and {len(right)}):",
        f"  left:  {_at(left, index, right)}",
        f"  right: {_at(right, index, left)}",
    ]


def _at(side: Sequence[Any], index: int, other: Sequence[Any]) -> str:
    if index >= len(side):
        return "nothing more"
    value = side[index]
    said = _said(value)
    counterpart = other[index] if index < len(other) else None
    if type(counterpart) is type(value) and dataclasses.is_dataclass(value):
        parts = [
            f"{field.name}={one_line(repr(getattr(value, field.name)), 60)}"
            for field in dataclasses.fields(value)
            if field.name not in _IDS
            and _told(getattr(value, field.name)) != _told(getattr(counterpart, field.name))
        ]
        said = f"{said}: {', '.join(parts)}"
    return one_line(said, 200)


def _told(value: Any) -> Any:
    """Return a record as plain data without the ids."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [
            (field.name, _told(getattr(value, field.name)))
            for field in dataclasses.fields(value)
            if field.name not in _IDS
        ]
    return [_told(item) for item in value] if isinstance(value, list) else value


def _said(value: Any) -> str:
    """Name one record as a person would."""
    if isinstance(value, ActivityCall):
        return f"{value.name} in step `{value.step}` at {clock(value.at_s)}"
    if isinstance(value, Gate):
        return f"{value.kind} of {value.slug}, step `{value.step}`, {value.verdict}"
    if isinstance(value, ChildRun):
        return f"{value.slug}, {value.status}"
    name = getattr(value, "name", None)
    return name if isinstance(name, str) else repr(value)


def _coverage_differences(left: Coverage, right: Coverage) -> list[str]:
    lines = []
    for side, one, other in (("left", left, right), ("right", right, left)):
        mine = {(item.kind, item.name) for item in one.items if item.reached}
        theirs = {(item.kind, item.name) for item in other.items if item.reached}
        only = [f"{kind} {name}" for kind, name in sorted(mine - theirs)]
        if only:
            lines.append(f"only {side} reached {', '.join(only)}")
    return lines or ["both reached the same; what else there is to reach differs"]


def _has_calls(values: Sequence[Any]) -> bool:
    return any(isinstance(value, ActivityCall) for value in values)


def _name(run: RunResult) -> str:
    return f"{run.slug}::{run.scenario}"
