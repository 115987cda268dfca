"""Where today's code stands, and the gates it comes to while a history is replayed.

A gate may open and be passed in one workflow task, when its signal has come before.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, replace
from types import CodeType, FrameType
from typing import Any

USER_ACTION = "user_action"
"""The signal that answers gates which name no other."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a workflow stands: its step, the gate that is open, and the signal that answers it."""

    step: str | None = None
    gate: str | None = None
    signal: str | None = None


def standing_of(workflow: Any) -> Standing:
    """Return where a workflow stands."""
    step = getattr(workflow, "_current_step_id", None)
    pending = getattr(workflow, "_pending_action", None)
    if not isinstance(pending, dict):
        return Standing(step)
    arguments = pending.get("args")
    named = arguments.get("signal_name") if isinstance(arguments, dict) else None
    return Standing(step, str(pending.get("kind")), str(named or USER_ACTION))


def _step_around(frame: FrameType | None, workflow_class: type) -> str | None:
    """Return the innermost step that is under way.

    The SDK's own note of it is not put back at the end of a step within a step.
    """
    while frame is not None:
        member = getattr(workflow_class, frame.f_code.co_name, None)
        declared = getattr(member, "__ntro_ui_step__", None)
        if declared is not None and _code_of(member) is frame.f_code:
            return str(declared["name"])
        frame = frame.f_back
    return None


def _code_of(member: Any) -> CodeType | None:
    code: CodeType | None = getattr(inspect.unwrap(member), "__code__", None)
    return code


class Gates:
    """Observes an instance: notes each gate it comes to, with the workflow task it was in."""

    def __init__(self) -> None:
        self._found: list[tuple[int, Standing]] = []
        self.task = 0

    def after(self, task: int) -> list[Standing]:
        """Return the gates that were come to after a task."""
        return [standing for number, standing in self._found if number > task]

    def wait_began(self, frame: FrameType, workflow: Any) -> None:
        """Note the gate that is waited at."""
        standing = standing_of(workflow)
        if standing.gate is not None:
            step = _step_around(frame, type(workflow)) or standing.step
            self._found.append((self.task, replace(standing, step=step)))

    def wait_ended(self, wait: Any, *, held: bool) -> None:
        """Nothing is noted."""

    def condition_held(self, workflow: Any) -> None:
        """Nothing is noted."""

    def warned(self, message: str) -> None:
        """Nothing is noted: a run that was recorded so is no news."""

    def workflow_named(self, workflow_type: str, workflow_class: type) -> None:
        """Nothing is noted."""
