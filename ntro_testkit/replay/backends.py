"""Where histories come from when they are recorded: what runs a bundle through a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ntro_testkit.harness import FAKED, WorkflowHarness
from ntro_testkit.replay.redaction import Redaction
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import RunResult

Run = Callable[[Scenario], RunResult]
"""Runs one scenario; the result carries the histories of the root and of its children."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is run: a bundle's workflow, what plays its children, and what goes in."""

    workflow_class: type
    children: Sequence[Path] = ()
    input: Any = FAKED
    timeout_s: float = 30.0
    redaction: Redaction | None = None


def local(subject: Subject) -> Run:
    """Return a run on the in-process engine."""
    harness = WorkflowHarness(
        subject.workflow_class,
        child_workflows=subject.children,
        record_histories=True,
        redact=subject.redaction,
    )
    return lambda scenario: harness.run_sync(
        input=subject.input, scenario=scenario, timeout_s=subject.timeout_s
    )


BACKENDS: Mapping[str, Callable[[Subject], Run]] = {"local": local}
"""By the name that `--backend` takes."""
