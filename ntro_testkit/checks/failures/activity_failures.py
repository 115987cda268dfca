"""NTR708: each activity fails in turn; the run ends or recovers, and hides no failed commit.

An activity that is called several times fails at all of its calls, and at each of the first few
alone, because a loop may take the failure of its second round otherwise than that of its first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.commits import is_commit
from ntro_testkit.checks.comparing import compared
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.failures.failing import FAULTS, PATIENCE, FailingReplies, Fault
from ntro_testkit.checks.failures.silent_failures import hides_failure, later_commits
from ntro_testkit.checks.hangs import hang, tried
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.scenario_source import reproduction
from ntro_testkit.trace import ActivityCall, RunResult
from ntro_testkit.verdict import Verdict

MAX_PLACES = 4
"""How many calls of one activity fail alone."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A run in which an activity failed: which, how, and what the run made of it."""

    call: ActivityCall
    fault: Fault
    number: int | None
    """Which of the root's calls it was, from 1; None where it was all of them."""
    run: RunResult
    failures: int


def activity_failures(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each activity whose failure hangs the run, or is hidden by it."""
    for name, places in _own_calls(experiment.happy).items():
        runs = list(_failed(experiment, name, places))
        for verdict in (_hanging, _hiding):
            found = next(filter(None, (verdict(experiment, each) for each in runs)), None)
            if found is not None:
                yield found


def _own_calls(happy: RunResult) -> dict[str, list[int]]:
    """Return the activities the root workflow calls, with the numbers of those calls.

    Calls of one activity are numbered over the whole tree, in the order they are answered.
    """
    numbers: dict[str, int] = {}
    own: dict[str, list[int]] = {}
    for call in happy.activities:
        number = numbers[call.name] = numbers.get(call.name, -1) + 1
        if call.workflow_id == happy.workflow_id and call.error is None:
            own.setdefault(call.name, []).append(number)
    return own


def _failed(experiment: Experiment, name: str, own: list[int]) -> Iterator[Failed]:
    calls = experiment.happy.called(name)
    # Where children call it too, only the root's own calls may fail.
    everywhere: list[int | None] = [None] if len(own) == len(calls) else []
    alone = own[:MAX_PLACES] if len(calls) > 1 else []
    for place in [*everywhere, *alone]:
        for fault in FAULTS:
            replies = FailingReplies(experiment.harness.mocks.for_run({}), name, fault, place)
            run = tried(experiment, experiment.happy_scenario, replies=replies)
            if run is not None and replies.failures:
                number = None if place is None else own.index(place) + 1
                call = calls[own[0] if place is None else place]
                yield Failed(call, fault, number, run, replies.failures)


def _hanging(experiment: Experiment, failed: Failed) -> Verdict | None:
    happened = hang(failed.run) or _goes_in_circles(experiment, failed)
    if happened is None:
        return None
    return _verdict(
        experiment,
        failed,
        message=f"{_named(failed)} fails: the run hangs",
        advice="let the failure end the run, or catch it and raise a `WorkflowError`",
        evidence=(f"then: {happened}",),
    )


def _goes_in_circles(experiment: Experiment, failed: Failed) -> str | None:
    """Tell of a loop that tries again for ever what will never succeed, and asks nobody."""
    asks_nobody = len(failed.run.gates) <= len(experiment.happy.gates)
    if failed.failures < PATIENCE or failed.fault.is_retryable or not asks_nobody:
        return None
    return f"it is called again and again, {PATIENCE} times, though its failure is non-retryable"


def _hiding(experiment: Experiment, failed: Failed) -> Verdict | None:
    name, run, number = failed.call.name, failed.run, failed.number or 1
    if not is_commit(name) or not hides_failure(experiment.happy, run, name, number):
        return None
    later = next(iter(later_commits(run, name, number)), None)
    what = f"`{later}` is called all the same" if later else "the run ends as if it had not"
    return _verdict(
        experiment,
        failed,
        message=f"{_named(failed)} fails: {what}",
        advice="let the failure end the run, undo what was done, or say in the result what failed",
        evidence=("nothing is done or shown that is not when all succeeds",),
    )


def _verdict(
    experiment: Experiment, failed: Failed, *, message: str, advice: str, evidence: tuple[str, ...]
) -> Verdict:
    return Verdict(
        code="NTR708",
        message=message,
        scenario=experiment.charged(HAPPY.name),
        slug=failed.run.slug,
        line=failed.call.line,
        help=advice,
        evidence=(f"it raised {failed.fault.source}", *evidence),
        comparison=compared("nothing fails", experiment.happy, "it fails", failed.run),
        reproduce=_reproduced(experiment, failed),
    )


def _named(failed: Failed) -> str:
    if failed.number is None:
        return f"activity `{failed.call.name}`"
    return f"call {failed.number} of the activity `{failed.call.name}`"


def _reproduced(experiment: Experiment, failed: Failed) -> str | None:
    """Return the scenario with this failure, if the run ends there as it did here.

    None can fail one call of several; one that goes in circles takes long, and is not tried.
    """
    if failed.number is not None:
        return None
    name, fault = failed.call.name, failed.fault
    title = f"{name.rpartition('.')[2]}_fails"
    scenario = Scenario(name=title, activity_failures={name: fault.make()})
    if failed.failures < PATIENCE:
        run = tried(experiment, scenario)
        if run is None or run.status != failed.run.status:
            return None
    return reproduction(scenario)


CHECK = Check(codes=("NTR708",), run=activity_failures)
