"""What the platform expects of the answers of `NtroWorkflow`'s queries. Source: contract 3.4.

`current_pending_action` is judged where it matters, at open gates (NTR706).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from ntro_testkit.checks.validation_text import first_problem

BASE_QUERIES = (
    "current_ui_state",
    "current_steps",
    "current_pending_action",
    "step_snapshots",
    "children_by_step_id",
)


class _Child(BaseModel):
    run_id: str
    slug: str
    status: str


class _AddressedChild(_Child):
    workflow_id: str


class _UiState(BaseModel):
    current_step_id: str | None
    steps_completed: list[str]
    children: dict[str, list[_Child]]
    pending_payload: Any


class _Step(BaseModel):
    id: str
    title: str
    status: Literal["pending", "active", "completed", "failed", "waiting_for_input"]
    icon: str | None = None


class _StepSnapshot(BaseModel):
    display_hint: dict[str, Any]
    completed_at: str


_SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "current_ui_state": TypeAdapter(_UiState),
    "current_steps": TypeAdapter(list[_Step]),
    "step_snapshots": TypeAdapter(dict[str, _StepSnapshot]),
    "children_by_step_id": TypeAdapter(dict[str, list[_AddressedChild]]),
}


def shape_problem(query: str, answer: Any) -> str | None:
    """Say what an answer of a base query lacks, None where it has all that is read."""
    shape = _SHAPES.get(query)
    if shape is None:
        return None
    try:
        shape.validate_python(answer)
    except ValidationError as error:
        return first_problem(error)
    return None
