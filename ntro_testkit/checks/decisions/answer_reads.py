"""Which keys of an answer a workflow reads, found by handing it a mapping that takes notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ntro_testkit.checks.decisions.recording_mapping import Reads, RecordingMapping
from ntro_testkit.checks.decisions.review_gates import Reached, answered
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.scenario import HAPPY


def what_is_read(
    experiment: Experiment, gate: Reached, payloads: Iterable[Mapping[str, Any]]
) -> Reads | None:
    """Return what the workflow reads of these answers to a gate.

    None when no answer could be watched: a handler may take a model instead of a dict, and workflow
    code on temporalio's own instance gets what that made.
    """
    watcher = _Watcher(experiment)
    for payload in payloads:
        watcher.payload = payload
        answered(experiment, gate, payload, snapshots=False, received=watcher.received)
    return watcher.reads if watcher.arrived else None


class _Watcher:
    """Puts a recording mapping in the place of one payload."""

    def __init__(self, experiment: Experiment) -> None:
        prepared = experiment.harness.prepare(scenario=HAPPY, **experiment.given)
        self._roots = prepared.options.code_roots
        self.payload: Mapping[str, Any] = {}
        self.reads = Reads()
        self.arrived = False

    def received(self, signal: str, value: Any) -> Any:
        """Return what the handler of a signal gets."""
        if signal != "user_action" or type(value) is not dict or value != self.payload:
            return value
        self.arrived = True
        return RecordingMapping(value, self.reads, self._roots)
