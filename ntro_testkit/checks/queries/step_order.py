"""Whether the steps that people see only move forward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ntro_testkit.trace import RunResult

Steps = Sequence[Mapping[str, str]]
"""One answer of `current_steps`: `id` and `status` of each step, in order."""


def step_back(answers: Iterable[Steps]) -> tuple[str, str] | None:
    """Return the first step that was done and then was not, with its later status.

    Only a done step can go back: the SDK itself shows one that was left by an exception, or for
    another that runs beside it, as pending again.
    """
    done: set[str] = set()
    for steps in answers:
        for step in steps:
            if step["status"] == "completed":
                done.add(step["id"])
            elif step["id"] in done:
                return step["id"], step["status"]
    return None


def returns_to_steps(run: RunResult) -> bool:
    """Tell whether a run rightly shows a done step as not done.

    It may when it enters a step again, after a rejection say, and when it continues as a new run.
    """
    entered = run.steps_entered
    return len(set(entered)) < len(entered) or any(
        command.kind == "continue_as_new" for command in run.trace.commands
    )
