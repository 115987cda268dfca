"""Where histories come from when they are recorded: what runs a bundle through scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ntro_testkit.harness import FAKED, WorkflowHarness
from ntro_testkit.loading import LoadedBundle
from ntro_testkit.replay.recording.redaction import Redaction, RedactionError
from ntro_testkit.replay.recording.variations import variations
from ntro_testkit.replay.server.recording import RecordingOrder, record_on_server
from ntro_testkit.scenario import Scenario
from ntro_testkit.trace import RunResult

Runs = Callable[[Sequence[Scenario]], Iterable[RunResult]]
"""Runs scenarios in turn; a result carries the histories of the root and of its children."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is run: a bundle's workflow, the bundles that play its children, and what goes in.

    `address` (HOST:PORT) is where a server runs, for the backend that needs one; without it a dev
    server is started.
    """

    loaded: LoadedBundle
    children: Sequence[LoadedBundle] = ()
    input: Any = FAKED
    timeout_s: float = 30.0
    redaction: Redaction | None = None
    address: str | None = None


def runs_in_process(subject: Subject, backend: str) -> Runs:
    """Return runs on an engine of this process.

    Raises `BackendError` for one that there is not here.
    """
    harness = WorkflowHarness(
        subject.loaded.workflow_class,
        child_workflows=[child.workflow_class for child in subject.children],
        record_histories=True,
        redact=subject.redaction,
        backend=backend,
    )
    return lambda scenarios: (
        harness.run_sync(input=subject.input, scenario=scenario, timeout_s=subject.timeout_s)
        for scenario in scenarios
    )


def runs_on_server(subject: Subject) -> Runs:
    """Return runs on a server.

    A server keeps what it is sent, so there is no redaction on it: raises `RedactionError`.
    """
    if subject.redaction is not None:
        raise RedactionError(
            "the backend `server` cannot redact, since the server gets every value: use the "
            "backend `local` or `sdk`"
        )
    has_input = subject.input is not FAKED
    order = partial(
        RecordingOrder,
        bundle=str(subject.loaded.bundle.directory),
        children=[str(child.bundle.directory) for child in subject.children],
        address=subject.address,
        timeout_s=subject.timeout_s,
        workflow_class=subject.loaded.workflow_class.__name__,
        has_input=has_input,
        input=subject.input if has_input else None,
    )
    return lambda scenarios: record_on_server(order(scenarios=[each.name for each in scenarios]))


BACKENDS: Mapping[str, Callable[[Subject], Runs]] = {
    "local": partial(runs_in_process, backend="local"),
    "sdk": partial(runs_in_process, backend="sdk"),
    "server": runs_on_server,
}
"""By the name that `--backend` takes."""


def generated_scenarios(subject: Subject, happy: Scenario) -> list[Scenario]:
    """Return the variations of a bundle's happy run, which is run in-process for that."""
    [result] = runs_in_process(subject, "local")([happy])
    return variations(result.trace)
