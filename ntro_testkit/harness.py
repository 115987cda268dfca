"""WorkflowHarness: runs a workflow class through scenarios, in-process and in virtual time.

    async with WorkflowHarness("runbooks/nav-monthly", child_workflows=[StandIn("ingest")]) as h:
        result = await h.run(input=NavMonthlyContext(...), scenario=HAPPY)
    assert result.status == "completed"

Importing this module forces the kit's runtime on the SDK; import it before any bundle.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Self

from ntro_testkit.agent import ScenarioAgent
from ntro_testkit.children import StandIn
from ntro_testkit.coverage import coverage_of
from ntro_testkit.fakes import MockUnavailable
from ntro_testkit.guard.guard import Guard, guarding
from ntro_testkit.legitimate_failure import may_fail
from ntro_testkit.loading import LoadedBundle, load_bundle
from ntro_testkit.mocks import Mock, MockBook, MockError, encoded_fake
from ntro_testkit.runtime.backends import engine_of
from ntro_testkit.runtime.child_handle import Child
from ntro_testkit.runtime.definitions import (
    activity_name,
    workflow_definition,
)
from ntro_testkit.runtime.endings import Ending
from ntro_testkit.runtime.engine import Engine
from ntro_testkit.runtime.failures import HAS_TEMPORALIO
from ntro_testkit.runtime.forcing import force_runtime, resolve_children_by_run
from ntro_testkit.runtime.payloads import Payload, payload_of
from ntro_testkit.runtime.run_options import Guarding, RunOptions
from ntro_testkit.runtime.run_state import Redact
from ntro_testkit.runtime.watchdog import Watchdog
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.scenario_names import unknown_names
from ntro_testkit.scheduling import Scheduling
from ntro_testkit.trace import Coverage, RunResult, StepEvent

RUNTIME = force_runtime()
resolve_children_by_run()


class _Faked:
    def __repr__(self) -> str:
        return "faked"


FAKED: Any = _Faked()
"""Given as `input`, or left out: the input is faked from the run's declared type."""

NEEDS_TEMPORALIO = (
    "histories need temporalio, which is not installed: pip install 'ntro-testkit[temporal]'"
)


@dataclass(frozen=True, slots=True)
class PreparedRun:
    """One run before it begins; `started` is the real time it was asked for, for its duration."""

    scenario: Scenario
    arguments: list[Payload]
    workflow_id: str
    run_id: str
    agent: ScenarioAgent
    options: RunOptions
    started: float
    scheduling: Scheduling | None = None


ROOT_NAMESPACE = uuid.UUID("6f1d7f6e-6d0b-5f5a-9d43-0f6e1c1b7a52")
"""Root workflow ids are UUIDs, which bundles rely on (D16), and the same for the same run."""


class WorkflowHarness:
    """Runs one workflow class; a context manager, synchronous or asynchronous.

    Args:
        workflow: the class, or the path of a bundle to load.
        child_workflows: what plays child slugs: classes, `StandIn`s, or paths of bundles.
        extra_activities: activities that run for real under their own name.
        mocks: activity name or function -> value, callable, exception, or list of these.
        real: activities whose real function runs, or a mapping to the function to run.
        busy_loop_s: real seconds workflow code may hold the thread before it is stopped.
        snapshots: keep the queries' answers at every quiescence.
        record_histories: write the Temporal history of every execution (needs temporalio).
        redact: replaces what comes into a run before it is read and recorded.
        backend: `local`, or `sdk` to run on temporalio's own workflow instance (needs temporalio).
        guard: what is done about hazards that workflow code calls: `report` notes them in the
            trace, `raise` ends the run at the call, `off`; off under `sandbox`, which raises too.
        sandbox: with `sdk`, run workflow code in Temporal's sandbox, which refuses what differs on
            replay; it imports the bundle anew for every run.

    Raises `MockError` for a mock of an activity nobody has, `BundleError` for a bundle that cannot
    be loaded, `BackendError` for a backend that there is not, or not here, `ModuleNotFoundError`
    for histories without temporalio, ValueError for an unknown `guard`.
    """

    def __init__(
        self,
        workflow: type | Path | str,
        *,
        child_workflows: Sequence[type | StandIn | Path | str] | None = None,
        extra_activities: Sequence[Any] | None = None,
        mocks: Mapping[Any, Mock] | None = None,
        real: Mapping[Any, Any] | Collection[Any] | None = None,
        busy_loop_s: float = 5.0,
        snapshots: bool = True,
        record_histories: bool = False,
        redact: Redact | None = None,
        backend: str = "local",
        sandbox: bool = False,
        guard: str = "report",
    ) -> None:
        self.workflow_cls = _as_class(workflow)
        self.definition = workflow_definition(self.workflow_cls)
        self.child_workflows = [
            child if isinstance(child, StandIn) else _as_class(child)
            for child in child_workflows or ()
        ]
        classes = self._classes()
        self.mocks = MockBook(_registered(classes), extra_activities or (), mocks, real)
        self._code_roots = tuple(dict.fromkeys(filter(None, map(_code_root, classes))))
        self._snapshots = snapshots
        if record_histories and not HAS_TEMPORALIO:
            raise ModuleNotFoundError(NEEDS_TEMPORALIO)
        self._record_histories = record_histories
        self.redact = redact
        self._engine = engine_of(backend, sandbox=sandbox)
        self.backend = backend
        self.sandbox = sandbox
        self._guarding: Guarding = guarding(guard)
        if sandbox:
            self._guarding = "off"
        self._guard = Guard(self._code_roots)
        self._watchdog = Watchdog(busy_loop_s)
        self._faked_input: list[Payload] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the use of the harness; all that outlives a run is what the guard watches."""
        self._guard.close()

    async def run(
        self,
        *,
        input: Any = FAKED,  # noqa: A002 - the signature of ntro.testing
        scenario: Scenario | None = None,
        timeout_s: float = 30.0,
    ) -> RunResult:
        """Run the workflow through a scenario; awaitable for code written for `ntro.testing`.

        `input` is the run's argument (a model, or a dict its type accepts), faked when left out;
        `timeout_s` bounds real time. Raises `MockError` when nothing can answer an activity.
        """
        return self.run_sync(input=input, scenario=scenario, timeout_s=timeout_s)

    def run_sync(
        self,
        *,
        input: Any = FAKED,  # noqa: A002 - the signature of ntro.testing
        scenario: Scenario | None = None,
        timeout_s: float = 30.0,
    ) -> RunResult:
        """Run the workflow through a scenario, from synchronous code."""
        return self.carry_out(self.prepare(input=input, scenario=scenario, timeout_s=timeout_s))

    def carry_out(self, run: PreparedRun) -> RunResult:
        """Run what was prepared, once; errors are those of `run`."""
        engine = self._engine(run.options, self._watchdog)
        with self._guard.over(engine):
            ending = engine.run(self.workflow_cls, run.arguments, run.workflow_id, run.run_id)
        result = self.result_of(run, engine, ending)
        engine.dissolve()
        return result

    def prepare(
        self,
        *,
        input: Any = FAKED,  # noqa: A002 - the signature of ntro.testing
        scenario: Scenario | None = None,
        timeout_s: float = 30.0,
        **changes: Any,
    ) -> PreparedRun:
        """Return what an engine needs for a run; the arguments and errors are those of `run`.

        `changes` replace fields of the `RunOptions`, such as `choose`.
        """
        scenario = scenario or HAPPY
        started = time.perf_counter()
        workflow_id = _root_id(f"{self.definition.slug}/{scenario.name}")
        agent = ScenarioAgent(scenario)
        scheduling = Scheduling(scenario.schedule) if scenario.schedule else None
        return PreparedRun(
            scenario=scenario,
            arguments=self._arguments(input),
            workflow_id=workflow_id,
            run_id=_root_id(workflow_id),
            agent=agent,
            options=self._options(scenario, agent, timeout_s, scheduling, changes),
            started=started,
            scheduling=scheduling,
        )

    def _options(
        self,
        scenario: Scenario,
        agent: ScenarioAgent,
        timeout_s: float,
        scheduling: Scheduling | None,
        changes: Mapping[str, Any],
    ) -> RunOptions:
        children: dict[str, Child] = {}
        for child in self.child_workflows:
            if isinstance(child, StandIn):
                children[child.slug] = child.for_scenario(scenario)
            else:
                children[workflow_definition(child).slug] = child
        options: dict[str, Any] = {
            "runtime": RUNTIME,
            "replies": self.mocks.for_run(scenario.activity_failures),
            "agent": agent,
            "children": children,
            "code_roots": self._code_roots,
            "start_time": scenario.start_time.astimezone(UTC),
            "timeout_s": timeout_s,
            "snapshots": self._snapshots,
            "record_histories": self._record_histories,
            "redact": self.redact,
            "sandbox": self.sandbox,
            "choose": scheduling.choose if scheduling else None,
            "guard": self._guarding,
        }
        return RunOptions(**{**options, **changes})

    def _arguments(self, given: Any) -> list[Payload]:
        """Return the run's input as it is sent.

        Raises `MockError` when it cannot be faked, `PayloadError` when it has no JSON form.
        """
        if given is not FAKED:
            nothing = given is None and not self.definition.run.parameters
            return [] if nothing else [payload_of(given)]
        if self._faked_input is None:
            self._faked_input = [
                self._faked(name, declared)
                for name, declared, required in self.definition.run.parameters
                if required
            ]
        return self._faked_input

    def _faked(self, name: str, declared: Any) -> Payload:
        try:
            return encoded_fake(declared)
        except MockUnavailable as error:
            raise MockError(
                f"the input `{name}` of `{self.definition.slug}` cannot be faked: {error}; "
                f"give it: `input=...` or `--input JSON`"
            ) from error

    def result_of(self, run: PreparedRun, engine: Engine, ending: Ending) -> RunResult:
        """Return what an engine has to tell of a run that has ended."""
        scenario, workflow_id = run.scenario, run.workflow_id
        at = engine.loop.time()
        last = StepEvent("done", workflow_id, {}, at)
        if ending.status != "completed":
            last = StepEvent("error", workflow_id, {"status": ending.status}, at)
        root = engine.workflows.root
        engine.recorder.trace.warnings += unknown_names(
            scenario, self._classes(), engine.recorder.trace
        )
        if run.scheduling is not None:
            engine.recorder.trace.warnings += run.scheduling.left_over(scenario.name)
        result = RunResult(
            scenario=scenario.name,
            workflow_id=workflow_id,
            status=ending.status,
            result=ending.result,
            error=ending.error,
            events=[*run.agent.events, last],
            slug=self.definition.slug,
            steps_completed=list(getattr(root.instance, "_steps_completed", ())),
            trace=engine.recorder.trace,
            blocked=ending.blocked,
            exception=ending.exception,
            line=ending.line,
            virtual_duration_s=at,
            start_time=scenario.start_time,
            histories=engine.histories(),
            may_fail=may_fail(scenario, engine.recorder.trace),
        )
        result.measure_coverage = self._coverage
        result.duration_s = time.perf_counter() - run.started
        return result

    def _classes(self) -> list[type]:
        return [c for c in (self.workflow_cls, *self.child_workflows) if isinstance(c, type)]

    def _coverage(self, result: RunResult) -> Coverage:
        slugs = [
            child.slug if isinstance(child, StandIn) else workflow_definition(child).slug
            for child in self.child_workflows
        ]
        return coverage_of(result, self.definition, self.mocks.names(), slugs)


@lru_cache(maxsize=1024)
def _root_id(name: str) -> str:
    return str(uuid.uuid5(ROOT_NAMESPACE, name))


def _as_class(workflow: type | Path | str) -> type:
    return workflow if isinstance(workflow, type) else load_bundle(workflow).workflow_class


def _registered(classes: Iterable[type]) -> list[Any]:
    """Return the activities a worker would know for these workflow classes."""
    found: dict[str, Any] = {}
    for workflow_class in classes:
        loaded: LoadedBundle | None = vars(workflow_class).get("__ntro_testkit_bundle__")
        functions = loaded.activities if loaded else _beside(workflow_class)
        for function in functions:
            found.setdefault(activity_name(function) or "", function)
    return list(found.values())


def _beside(workflow_class: type) -> list[Any]:
    """Return the activities of a class's own module and of the `activities` module beside it."""
    module_name = workflow_class.__module__
    sibling = f"{module_name.rpartition('.')[0]}.activities".lstrip(".")
    modules: list[ModuleType | None] = [sys.modules.get(sibling), sys.modules.get(module_name)]
    return [
        value
        for module in modules
        if module is not None
        for value in vars(module).values()
        if callable(value) and activity_name(value)
    ]


def _code_root(workflow_class: type) -> str | None:
    """Return the path prefix of a class's own code: its bundle's templates, else its file."""
    loaded: LoadedBundle | None = vars(workflow_class).get("__ntro_testkit_bundle__")
    if loaded is not None:
        return str(loaded.bundle.directory / "templates")
    module = sys.modules.get(workflow_class.__module__)
    return getattr(module, "__file__", None)
