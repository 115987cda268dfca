"""NTR706: what each gate of each run shows can be read by the task page and by agents."""

from __future__ import annotations

from collections.abc import Iterator

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.gate_names import named
from ntro_testkit.checks.gates.gate_faults import Fault, gate_faults
from ntro_testkit.checks.gates.shown import Gates, Shown
from ntro_testkit.checks.watching import watching
from ntro_testkit.verdict import Verdict


def gates(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each fault of each gate, once, in the first run that shows it."""
    told: set[tuple[object, str]] = set()
    for examined in experiment.runs:
        if not experiment.own_gates(examined.result):
            continue
        seen = Gates()
        experiment.run(examined.scenario, choose=watching(examined.scenario, seen.look))
        for shown in seen.shown:
            for fault in gate_faults(shown):
                key = (shown.gate.line or shown.gate.step, fault.message)
                if key not in told:
                    told.add(key)
                    yield _verdict(experiment, examined.scenario.name, shown, fault)


def _verdict(experiment: Experiment, scenario: str, shown: Shown, fault: Fault) -> Verdict:
    return Verdict(
        code="NTR706",
        message=f"{named(shown.gate)}: {fault.message}",
        scenario=scenario,
        severity=fault.severity,
        slug=experiment.definition.slug,
        line=shown.gate.line,
        help=fault.advice,
    )


CHECK = Check(codes=("NTR706",), run=gates, any_end=True)
