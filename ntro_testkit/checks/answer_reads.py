"""Which keys of an answer a workflow reads, found by handing it a mapping that takes notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.recording_mapping import Reads, RecordingMapping
from ntro_testkit.checks.review_gates import Answers, Opening, answered
from ntro_testkit.scenario import HAPPY


def what_is_read(
    experiment: Experiment,
    opening: Opening,
    before: Answers,
    payloads: Iterable[Mapping[str, Any]],
) -> str | None:
    """Say in a clause what the workflow reads of these answers to a gate.

    None when no answer could be watched: a handler may take a model instead of a dict, and workflow
    code on temporalio's own instance gets what that made.
    """
    watcher = _Watcher(experiment)
    for payload in payloads:
        watcher.payload = payload
        answered(
            experiment, {**before, opening: payload}, snapshots=False, received=watcher.received
        )
    if not watcher.arrived:
        return None
    return _clause(watcher.reads)


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


def _clause(reads: Reads) -> str:
    if reads.keys:
        keys = " and ".join(f"`{key}`" for key in reads.keys)
        return f"the workflow reads {keys}"
    if reads.whole:
        return "the workflow reads the answer as a whole"
    return "the workflow was not seen to read the answer"
