"""NTR708 for children: the children of a slug fail, and the parent must end or recover."""

from __future__ import annotations

from collections.abc import Iterator

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.failures.failing import FAULTS
from ntro_testkit.checks.hangs import hang, tried
from ntro_testkit.children import UNSAID, ScriptedChild
from ntro_testkit.scenario import HAPPY
from ntro_testkit.trace import RunResult, SourceLine
from ntro_testkit.verdict import Verdict


def child_failures(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each slug whose children's failure hangs the run.

    A stand-in that fails takes their place, whether they are real in the other runs or not.
    """
    scenario = experiment.happy_scenario
    played = experiment.harness.prepare(scenario=scenario, **experiment.given).options.children
    for slug in dict.fromkeys(child.slug for child in experiment.happy.children):
        for fault in FAULTS:
            failing = ScriptedChild(slug, fault.make(), UNSAID)
            run = tried(experiment, scenario, children={**played, slug: failing})
            happened = hang(run) if run is not None else None
            if run is not None and happened is not None:
                yield Verdict(
                    code="NTR708",
                    message=f"child `{slug}` fails: the run hangs",
                    scenario=experiment.charged(HAPPY.name),
                    slug=run.slug,
                    line=_started_at(experiment.happy, slug),
                    help="let the failure end the run, or catch the `ChildWorkflowError`",
                    evidence=(f"it raised {fault.source}", f"then: {happened}"),
                )
                break


def _started_at(happy: RunResult, slug: str) -> SourceLine | None:
    own = {child.workflow_id for child in happy.children if child.slug == slug}
    return next(
        (
            command.line
            for command in happy.trace.commands
            if command.kind == "start_child_workflow" and command.attributes["workflow_id"] in own
        ),
        None,
    )


CHECK = Check(codes=("NTR708",), run=child_failures)
