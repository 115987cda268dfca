"""NTR707: each gate is left alone until it times out; the run must end, or go on.

A gate without a timeout is not judged: to wait for a person for ever is legal.
"""

from __future__ import annotations

from collections.abc import Iterator

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.failures.silence import Silence
from ntro_testkit.checks.gate_names import named
from ntro_testkit.checks.hangs import hang, tried
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.scenario_source import reproduction
from ntro_testkit.trace import Gate, RunResult, clock
from ntro_testkit.verdict import Verdict


def timeouts(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each gate whose timeout hangs the run."""
    happy = experiment.happy
    if not any(timer.workflow_id == happy.workflow_id for timer in happy.timers):
        return
    scenario = experiment.happy_scenario
    for gate in _different(experiment.own_gates(happy)):
        alone = tried(experiment, scenario, agent=Silence(scenario, gate))
        happened = hang(alone) if alone is not None else None
        if alone is not None and happened is not None:
            yield _verdict(experiment, gate, alone, happened)


def _different(gates: list[Gate]) -> list[Gate]:
    """Return the gates without those that are further openings of one."""
    return list({(gate.step, gate.line): gate for gate in reversed(gates)}.values())[::-1]


def _verdict(experiment: Experiment, gate: Gate, run: RunResult, happened: str) -> Verdict:
    fired = [timer for timer in run.timers if timer.outcome == "fired"]
    return Verdict(
        code="NTR707",
        message=f"{named(gate)}: when nobody answers in time, the run hangs",
        scenario=experiment.charged(HAPPY.name),
        slug=run.slug,
        # A gate inside `asyncio.wait_for` is a task of its own, with no bundle code below it.
        line=gate.line or next((timer.line for timer in fired), None),
        help="end the run with a `WorkflowError`, or go on without what did not come",
        evidence=(
            *(f"a timer of {clock(timer.seconds)} fired ({timer.line})" for timer in fired[:3]),
            f"then: {happened}",
        ),
        reproduce=_reproduced(experiment, gate),
    )


def _reproduced(experiment: Experiment, gate: Gate) -> str | None:
    """Return the scenario in which a gate is left alone for good, if it hangs there too."""
    key = gate.step or gate.signal_name
    if key is None:
        return None
    scenario = Scenario(name=f"{key}_times_out", timeouts={key})
    run = tried(experiment, scenario)
    if run is None or hang(run) is None:
        return None
    return reproduction(scenario)


CHECK = Check(codes=("NTR707",), run=timeouts)
