"""NTR705: the queries answer at every quiescence, and only answer; steps only move forward."""

from __future__ import annotations

import itertools
import linecache
from collections.abc import Collection, Iterator
from typing import Any

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.comparing import compared, same
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.checks.queries.asking import Asking, askable
from ntro_testkit.checks.queries.query_shapes import BASE_QUERIES, shape_problem
from ntro_testkit.checks.queries.step_order import returns_to_steps, step_back
from ntro_testkit.checks.watching import watching
from ntro_testkit.runtime.definitions import WorkflowDefinition
from ntro_testkit.trace import RunResult, Snapshot, SourceLine
from ntro_testkit.verdict import Comparison, Verdict

NO_JSON = "its answer has no JSON form"


def queries(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each fault of each query, once, in the first run that shows it."""
    told: set[str] = set()
    for examined in experiment.runs:
        for verdict in _faults(experiment, examined):
            if verdict.message not in told:
                told.add(verdict.message)
                yield verdict


def _faults(experiment: Experiment, examined: Examined) -> Iterator[Verdict]:
    scenario = examined.scenario
    asking = Asking()
    experiment.run(scenario, choose=watching(scenario, asking.look), snapshots=False)
    if asking.changes:
        asking = Asking(one_by_one=True)
        experiment.run(scenario, choose=watching(scenario, asking.look), snapshots=False)
    answering = experiment.run(scenario, snapshots=True)
    own = [each for each in answering.snapshots if each.workflow_id == answering.workflow_id]
    told: dict[str, str] = {}
    for query, problem in (
        *_unanswered(askable(experiment.definition), own, asking.refusing),
        *_misshapen(own),
        *_gone_back(answering, own),
    ):
        told.setdefault(query, problem)
    for query, problem in told.items():
        yield _verdict(experiment, examined, query, problem)
    difference = _difference(experiment, examined, answering)
    for query, names in asking.changes.items():
        changes = f"asking it changes {', '.join(names)}"
        yield _verdict(experiment, examined, query, changes, difference)
    if difference is not None and not asking.changes:
        yield _verdict(experiment, examined, None, "asking them changes the run", difference)


def _unanswered(
    asked: Collection[str], snapshots: list[Snapshot], refusing: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield the queries that raise or have no JSON form, with what became of the call.

    Queries of the bundle's own may refuse: to raise a `WorkflowError` is an answer.
    """
    for snapshot in snapshots:
        for query, problem in snapshot.problems.items():
            if query not in asked or (query in refusing and query not in BASE_QUERIES):
                continue
            if query == "current_pending_action" and problem.startswith(NO_JSON):
                # Said of the gate that shows it (NTR706).
                continue
            yield query, problem


def _misshapen(snapshots: list[Snapshot]) -> Iterator[tuple[str, str]]:
    for snapshot in snapshots:
        for query, answer in snapshot.answers().items():
            problem = shape_problem(query, answer)
            if problem is not None:
                yield query, f"its answer lacks what the platform reads: {problem}"


def _gone_back(run: RunResult, snapshots: list[Snapshot]) -> Iterator[tuple[str, str]]:
    answers: list[Any] = [snapshot.answers().get("current_steps") for snapshot in snapshots]
    shown = [steps for steps in answers if shape_problem("current_steps", steps) is None]
    back = None if returns_to_steps(run) else step_back(shown)
    if back is not None:
        step, status = back
        yield "current_steps", f"step `{step}` was completed and is {status} again"


def _difference(
    experiment: Experiment, examined: Examined, answering: RunResult
) -> Comparison | None:
    """Return how a run differs from the one nobody asks, where that one is always the same."""
    unasked = experiment.run(examined.scenario, snapshots=False)
    if same(unasked, answering):
        return None
    again = experiment.run(examined.scenario, snapshots=False)
    if not same(unasked, again):
        return None
    return compared("nobody asks", unasked, "queries are asked", answering)


def _verdict(
    experiment: Experiment,
    examined: Examined,
    query: str | None,
    problem: str,
    difference: Comparison | None = None,
) -> Verdict:
    definition = experiment.definition
    return Verdict(
        code="NTR705",
        message=f"query `{query}`: {problem}" if query else f"the queries: {problem}",
        scenario=examined.scenario.name,
        slug=definition.slug,
        line=_defined_at(definition, query) if query else None,
        help="return plain values worked out from the workflow's attributes, and change nothing",
        comparison=difference,
    )


def _defined_at(definition: WorkflowDefinition, query: str) -> SourceLine | None:
    """Return the `def` line of a query, where the bundle defines it."""
    attribute = definition.queries.get(query, query)
    function: Any = getattr(definition.workflow_class, attribute)
    if function.__module__.startswith("ntro."):
        return None
    code = function.__code__
    first = code.co_firstlineno
    # A decorated function begins at its decorator.
    lines = linecache.getlines(code.co_filename)[first - 1 :]
    decorators = itertools.takewhile(lambda line: "def " not in line, lines)
    return SourceLine(code.co_filename, first + len(list(decorators)), code.co_name)


CHECK = Check(codes=("NTR705",), run=queries)
