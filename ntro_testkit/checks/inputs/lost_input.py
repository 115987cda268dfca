"""NTR703: what people sent in was accepted, and the run goes on as if it had never come."""

from __future__ import annotations

from collections.abc import Iterator

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.inputs.ignored_signals import ignored_signals
from ntro_testkit.checks.inputs.lost_documents import lost_documents
from ntro_testkit.verdict import Verdict


def lost_input(experiment: Experiment) -> Iterator[Verdict]:
    """Yield verdicts on signals that are never used, and on documents that get lost."""
    yield from ignored_signals(experiment)
    yield from lost_documents(experiment)


CHECK = Check(codes=("NTR703",), run=lost_input)
