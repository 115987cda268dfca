"""Looks at a bundle in every way there is, and says which codes each way reports."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lint_rules.engine import lint
from ntro_testkit import HAPPY, REJECT_ALL, WorkflowHarness
from ntro_testkit.checks.examining import examine, run_all
from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.reruns.crash import crash_verdicts
from ntro_testkit.explore.exploring import explore
from ntro_testkit.loading import LoadedBundle, load_bundle
from ntro_testkit.replay.checking import Plan, check_all
from ntro_testkit.replay.verdict import ReplayVerdict
from ntro_testkit.twin.order import order_of
from ntro_testkit.twin.twin import Twin
from ntro_testkit.twin.verdicts import twin_verdicts
from ntro_testkit.verdict import Verdict

SCHEDULES = 300
SEED = 7
"""What chance begins with, in exploring and in bundles that draw: a table must not change by it."""


@dataclass(frozen=True)
class Subject:
    """A bundle that is looked at; `twin` is the process that runs it elsewhere."""

    directory: Path
    twin: Twin

    @cached_property
    def loaded(self) -> LoadedBundle:
        return load_bundle(self.directory)

    @cached_property
    def experiment(self) -> Experiment:
        harness = WorkflowHarness(self.loaded.workflow_class)
        return run_all(harness, [HAPPY, REJECT_ALL], {})

    @cached_property
    def checked(self) -> list[Verdict]:
        return examine(self.experiment)


def by_lint(subject: Subject) -> Iterator[str]:
    yield from (finding.code for finding in lint([subject.directory]).findings)


def by_runs(subject: Subject) -> Iterator[str]:
    for examined in subject.experiment.runs:
        if not examined.result.ended_well:
            yield examined.result.status


def by_checks(subject: Subject) -> Iterator[str]:
    codes = (verdict.code for verdict in subject.checked)
    yield from (code for code in codes if code.startswith("NTR7") and code != "NTR710")


def by_guard(subject: Subject) -> Iterator[str]:
    codes = (verdict.code for verdict in subject.checked)
    yield from (code for code in codes if code.startswith("NTR1"))


def by_second_run(subject: Subject) -> Iterator[str]:
    yield from (verdict.code for verdict in subject.checked if verdict.code == "NTR710")


def by_twin(subject: Subject) -> Iterator[str]:
    answer = subject.twin.answer(order_of(subject.experiment))
    yield from (verdict.code for verdict in twin_verdicts(subject.experiment, answer))


def by_crash(subject: Subject) -> Iterator[str]:
    yield from (verdict.code for verdict in crash_verdicts(subject.experiment))


def by_exploring(subject: Subject) -> Iterator[str]:
    found = explore(subject.experiment, schedules=SCHEDULES, seconds=600, seed=SEED)
    yield from (verdict.code for verdict in found.verdicts)


def by_replay(subject: Subject) -> Iterator[str]:
    """Hold the bundle against the histories of the sound one."""
    histories = subject.directory / "tests/histories"
    for replay in check_all(Plan(subject.directory, (), (histories,)), jobs=1):
        assert isinstance(replay, ReplayVerdict), replay
        yield from (difference.code for difference in replay.differences)


EYES: Mapping[str, Callable[[Subject], Iterator[str]]] = {
    "lint": by_lint,
    "runs": by_runs,
    "checks": by_checks,
    "guard": by_guard,
    "second run": by_second_run,
    "twin": by_twin,
    "crash": by_crash,
    "explore": by_exploring,
    "replay": by_replay,
}
"""The columns of the table."""


def seen(subject: Subject) -> dict[str, list[str]]:
    """Return what each way reports, each code once, in order."""
    found = {}
    for name, look in EYES.items():
        random.seed(SEED)
        found[name] = sorted(set(look(subject)))
    return found
