"""Runs of old code that today's code takes over in the middle, at every quiescence.

What a deployment does to runs in flight: a worker with today's code replays what has happened, and
goes on from there. The first half is the strict check of the histories so far; for the second, the
run goes on in-process, under the scenario it began with, and must come to as good an end.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence

from temporalio.bridge.proto.workflow_commands import WorkflowCommand

from ntro_testkit.harness import PreparedRun, WorkflowHarness
from ntro_testkit.history.history import History
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.loading import LoadedBundle
from ntro_testkit.mocks import MockError
from ntro_testkit.replay.against import handovers
from ntro_testkit.replay.against.replies import SwitchedReplies, failures_known_to
from ntro_testkit.replay.against.states import Flights, Point, State, point_of
from ntro_testkit.replay.quiet_logs import quiet_logs
from ntro_testkit.replay.recording.record import Refused, distinct
from ntro_testkit.replay.recording.variations import variations
from ntro_testkit.replay.sources import code_of
from ntro_testkit.replay.strict.check import PATIENCE, replayed
from ntro_testkit.replay.strict.commands import Issued
from ntro_testkit.replay.strict.replayed import Replayed
from ntro_testkit.replay.verdict import Difference
from ntro_testkit.runtime.recorder import Place
from ntro_testkit.runtime.sdk.engine import SdkEngine
from ntro_testkit.runtime.sdk.execution import Held, Past
from ntro_testkit.runtime.watchdog import Watchdog
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.trace import RunResult

Replays = Mapping[str, Replayed]
"""By run id, what today's code has made of the histories of a run in flight."""


class OldCodeError(ValueError):
    """Old code that cannot be run at all; the message says why, in one line."""


class Switching:
    """Hands runs of old bundles over to new ones; of each, the parent's bundle comes first.

    `before_state` is called before each state is looked at; it may raise to end it all. Raises
    `BackendError` with a temporalio that the in-process engine does not understand.
    """

    def __init__(
        self,
        old: Sequence[LoadedBundle],
        new: Sequence[LoadedBundle],
        before_state: Callable[[], None] = lambda: None,
    ) -> None:
        self._before_state = before_state
        self._old = _harness(old)
        self._new = _harness(new)
        self._code = code_of([bundle.workflow_class for bundle in new])
        self._children = {bundle.slug: bundle.workflow_class for bundle in new[1:]}
        self._points: list[Point] = []
        self._ran: dict[str, Scenario] = {}

    def flights(self, scenarios: Sequence[Scenario], *, vary: bool) -> Iterator[Flights | Refused]:
        """Yield the states of each scenario, or why the old code cannot be run through it.

        With `vary`, those that follow from the happy run are added. Raises `OldCodeError`, and
        `MockError` when nothing can answer an activity of today's.
        """
        for result in distinct(self._results(scenarios, vary), len(scenarios)):
            if result.passed:
                yield Flights(result.scenario, tuple(self._states(result)))
            else:
                yield Refused(result.scenario, result.status, result.error or "")

    def _results(self, scenarios: Sequence[Scenario], vary: bool) -> Iterator[RunResult]:
        happy: RunResult | None = None
        for scenario in scenarios:
            result = self._watched(scenario)
            happy = result if scenario.name == HAPPY.name else happy
            yield result
        if vary and happy is not None:
            yield from map(self._watched, variations(happy.trace))

    # -- the run with the old code ---------------------------------------------------------------

    def _watched(self, scenario: Scenario) -> RunResult:
        """Run the old code to its end, and note where it stood at each quiescence."""
        self._ran[scenario.name] = scenario
        self._points = []
        try:
            prepared = self._old.prepare(scenario=scenario)
            engine = SdkEngine(prepared.options, Watchdog(PATIENCE))
            engine.at_quiescence = lambda: self._points.append(
                point_of(engine, len(self._points) + 1)
            )
            return self._ended(engine, prepared)
        except MockError as error:
            raise OldCodeError(str(error)) from error

    def _ended(self, engine: SdkEngine, run: PreparedRun) -> RunResult:
        root = self._old.workflow_cls
        # The same lines would come once for each state.
        with quiet_logs():
            ending = engine.run(root, run.arguments, run.workflow_id, run.run_id)
        return self._old.result_of(run, engine, ending)

    # -- and with today's ------------------------------------------------------------------------

    def _states(self, result: RunResult) -> Iterator[State]:
        broken: dict[str, tuple[Difference, ...]] = {}
        for point in self._points:
            self._before_state()
            differences, replays = self._replayed(point, broken)
            state = State(point.number, point.task, point.where, differences)
            if not state.broken:
                other = self._goes_on(result, point, replays)
                if other is not None:
                    state = dataclasses.replace(state, differences=(*differences, other))
            yield state

    def _replayed(
        self, point: Point, broken: dict[str, tuple[Difference, ...]]
    ) -> tuple[tuple[Difference, ...], Replays]:
        """Replay the histories so far; `broken` has those that have broken before, and stay so."""
        differences: list[Difference] = []
        replays: dict[str, Replayed] = {}
        for history in point.histories:
            if history.run_id not in broken:
                found, replay = self._replay(history, point)
                if replay is not None:
                    replays[history.run_id] = replay
                if not any(each.grade == "breaking" for each in found):
                    differences.extend(found)
                    continue
                broken[history.run_id] = found
            differences.extend(broken[history.run_id])
        return tuple(differences), replays

    def _replay(
        self, history: History, point: Point
    ) -> tuple[tuple[Difference, ...], Replayed | None]:
        if history.workflow_type not in self._code.classes:
            return (handovers.gone_type(history, point),), None
        try:
            replay = replayed(history, self._code)
        except HistoryError as error:
            # Histories made here are whole: it can only be a child whose bundle is not here.
            return (handovers.missing_child(str(error), point),), None
        return replay.verdict.differences, replay

    def _goes_on(self, old: RunResult, point: Point, replays: Replays) -> Difference | None:
        """Let today's code take over and go on; None when it ends as well as the old one."""
        scenario = self._ran[old.scenario]
        prepared = self._old.prepare(scenario=scenario)
        failures = failures_known_to(self._new.mocks, scenario.activity_failures)
        replies = SwitchedReplies(prepared.options.replies, self._new.mocks.for_run(failures))
        roots = (*self._code.roots, *prepared.options.code_roots)
        options = dataclasses.replace(prepared.options, replies=replies, code_roots=roots)
        engine = SdkEngine(options, Watchdog(PATIENCE))
        quiescences = iter(range(1, point.number + 1))

        def take_over() -> None:
            if next(quiescences, None) == point.number:
                replies.switch()
                self._take_over(engine, replays)

        engine.at_quiescence = take_over
        return handovers.other_end(old, self._ended(engine, prepared), engine)

    def _take_over(self, engine: SdkEngine, replays: Replays) -> None:
        engine.workflows.classes.update(self._code.classes)
        engine.children.play(self._children)
        for execution in engine.workflows.open_here():
            replay = replays[execution.info.run_id]
            workflow_class = self._code.classes[replay.verdict.workflow_type]
            held = tuple(map(_held, replay.unsent))
            past = Past(replay.activations, held, replay.timers)
            engine.workflows.rebuild(execution, workflow_class, past)
            if engine.state.finished:
                return


def _harness(bundles: Sequence[LoadedBundle]) -> WorkflowHarness:
    root, *children = (bundle.workflow_class for bundle in bundles)
    return WorkflowHarness(
        root, child_workflows=children, backend="sdk", record_histories=True, snapshots=False
    )


def _held(issued: Issued) -> Held:
    """Return a command as temporalio made it, and where."""
    command = WorkflowCommand()
    # What an update answers is one command with several contents.
    kind = "update_response" if issued.kind.startswith("update_") else issued.kind
    getattr(command, kind).CopyFrom(issued.message)
    return command, Place(issued.step, issued.line)
