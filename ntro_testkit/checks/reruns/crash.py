"""NTR711: the worker dies after every workflow task, and the run does not notice.

Under temporalio's own instance: at each quiescence every instance is thrown away, and made anew
from what it was activated with. It must issue the commands it has issued before, and go on alike.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.checks.reruns.account import Account, account_of
from ntro_testkit.checks.reruns.differing import first_difference, side_by_side
from ntro_testkit.quiet_logs import hushed
from ntro_testkit.runtime.backends import engine_of
from ntro_testkit.runtime.watchdog import Watchdog
from ntro_testkit.trace import RunResult, SourceLine
from ntro_testkit.verdict import Comparison, Verdict

if TYPE_CHECKING:
    from ntro_testkit.checks.reruns.crashing import Crashes

PATIENCE_S = 5.0
"""Real seconds workflow code may hold the thread."""

HELP = (
    "change state only in the run, its steps and its signal handlers, keep it on `self`, and let "
    "it follow from the input, the signals and what activities answer"
)


def crash_verdicts(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each line at which a scenario is another run when its worker crashes.

    Raises `BackendError` without temporalio, or with one that is none the kit understands.
    """
    engine_of("sdk")
    seen: set[SourceLine | str] = set()
    for examined in experiment.runs:
        verdict = _verdict(experiment, examined)
        if verdict is None:
            continue
        key = verdict.line or verdict.message
        if key not in seen:
            seen.add(key)
            yield verdict


def _verdict(experiment: Experiment, examined: Examined) -> Verdict | None:
    from ntro_testkit.checks.reruns.crashing import Crashes

    whole = account_of(_run(experiment, examined, None))
    again = account_of(_run(experiment, examined, None))
    crashes = Crashes()
    crashed = account_of(_run(experiment, examined, crashes))
    if crashes.parting is not None:
        parting = crashes.parting
        difference, when = parting.difference, f"after its workflow task {parting.after_task}"
        comparison = _commands(parting.had, parting.now)
    else:
        found = first_difference(whole, crashed)
        # A run that is another without crashes too is a second run's fault (NTR710).
        if found is None or first_difference(whole, again) is not None:
            return None
        difference, when = found, "and goes on"
        comparison = side_by_side("whole run", whole, "crashed run", crashed)
    return Verdict(
        code="NTR711",
        message=(
            f"{difference.where}{difference}, when the workflow is rebuilt from its history {when}"
        ),
        scenario=examined.scenario.name,
        slug=examined.result.slug,
        line=difference.line,
        help=HELP,
        evidence=(f"every workflow was rebuilt after each task, {crashes.count} in this run",),
        comparison=comparison,
    )


def _commands(had: Account, now: Account) -> Comparison:
    return side_by_side("issued before", had, "issued when rebuilt", now)


def _run(experiment: Experiment, examined: Examined, crashes: Crashes | None) -> RunResult:
    """Run a scenario on temporalio's instance, with crashes or without."""
    from ntro_testkit.runtime.sdk.engine import SdkEngine

    harness = experiment.harness
    prepared = harness.prepare(scenario=examined.scenario, **experiment.given)
    # Queries are asked, because what they change is what a crash takes away.
    options = dataclasses.replace(prepared.options, snapshots=True)
    engine = SdkEngine(options, Watchdog(PATIENCE_S))
    if crashes is not None:
        crashes.befall(engine)
    with hushed():
        ending = engine.run(
            harness.workflow_cls, prepared.arguments, prepared.workflow_id, prepared.run_id
        )
    result = harness.result_of(prepared, engine, ending)
    engine.dissolve()
    return result
