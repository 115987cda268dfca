"""The guard leaves nothing behind, and works beside other tools."""

from __future__ import annotations

import cProfile
import gc
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from ntro_testkit import HAPPY, WorkflowHarness
from ntro_testkit.checks.experiment import Examined, Experiment
from tests.bundles import run

Bundle = Callable[..., Path]
BODY = "import time\nreturn time.time()"
MONITORED = sys.version_info >= (3, 12)
on_3_11 = pytest.mark.skipif(MONITORED, reason="from 3.12 the guard is no profiler")
from_3_12 = pytest.mark.skipif(not MONITORED, reason="3.11 has no sys.monitoring")


def tools() -> list[str | None]:
    return [sys.monitoring.get_tool(number) for number in range(6)]


def names(result: Any) -> list[str]:
    return [call.name for call in result.trace.hazards]


def test_after_a_run_no_profiler_is_left(bundle: Bundle) -> None:
    before = sys.getprofile()
    made = bundle(run=BODY)
    assert names(run(made)) == ["time.time"]
    assert names(run(made, guard="raise")) == ["time.time"]
    assert sys.getprofile() is before


def test_an_interrupted_run_leaves_nothing(bundle: Bundle) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    made = bundle(
        activities="@activity.defn\nasync def ask() -> None: ...",
        run="await do(ask)",
    )
    with WorkflowHarness(made, mocks={"ask": interrupted}) as harness:
        with pytest.raises(KeyboardInterrupt):
            harness.run_sync()
        assert sys.getprofile() is None
        from ntro_testkit.guard.current import current_watching

        assert current_watching.get() is None


def test_a_run_within_a_run_is_watched_as_its_own_harness_says(bundle: Bundle) -> None:
    inner = bundle("inner", run=BODY)
    outer = bundle(
        "outer",
        activities="@activity.defn\nasync def ask() -> int: ...",
        run=f"import time\nawait do(ask)\n{BODY}",
    )
    found: dict[str, list[str]] = {}

    def ask(guard: str) -> int:
        found[guard] = names(run(inner, guard=guard))
        return 1

    for guard in ("off", "report"):
        assert names(run(outer, mocks={"ask": lambda guard=guard: ask(guard)})) == ["time.time"]
    assert found == {"off": [], "report": ["time.time"]}


def test_harnesses_in_two_threads_see_their_own_runs(bundle: Bundle) -> None:
    made = {name: bundle(name, run=f"import time\ntime.{name}()") for name in ("time", "monotonic")}
    found: dict[str, list[str]] = {}

    def runs(name: str) -> None:
        with WorkflowHarness(made[name]) as harness:
            found[name] = [each for _ in range(20) for each in names(harness.run_sync())]

    threads = [threading.Thread(target=runs, args=(name,)) for name in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {name: [f"time.{name}"] * 20 for name in made}


def test_what_is_run_to_compare_is_not_watched(bundle: Bundle) -> None:
    with WorkflowHarness(bundle(run=BODY)) as harness:
        first = harness.run_sync(scenario=HAPPY)
        experiment = Experiment(harness, [Examined(HAPPY, first)])
        assert names(first) == ["time.time"]
        assert names(experiment.run(HAPPY)) == []


def test_a_tracing_debugger_works_beside_it(bundle: Bundle) -> None:
    lines = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal lines
        lines += event == "line" and frame.f_code.co_name == "run"
        return trace

    made = bundle(run=BODY)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        result = run(made)
    finally:
        sys.settrace(before)
    assert names(result) == ["time.time"]
    assert lines >= 2


@on_3_11
def test_a_profiler_written_in_python_goes_on_being_told(bundle: Bundle) -> None:
    told: list[str] = []

    def profiler(_frame: FrameType, event: str, argument: Any) -> None:
        if event == "c_call":
            told.append(argument.__name__)

    made = bundle(run=BODY)
    sys.setprofile(profiler)
    try:
        result = run(made)
        assert sys.getprofile() is profiler
    finally:
        sys.setprofile(None)
    assert names(result) == ["time.time"]
    assert "time" in told


@on_3_11
def test_it_stands_back_for_a_profiler_written_in_c(bundle: Bundle) -> None:
    made = bundle(run=BODY)
    with cProfile.Profile() as profile:
        result = run(made)
        assert sys.getprofile() is profile
    assert names(result) == []
    assert result.trace.warnings == [
        "the guard sees nothing of this run: the profiler `Profile` is at work"
    ]


@from_3_12
def test_a_profiler_works_beside_it(bundle: Bundle) -> None:
    made = bundle(run=BODY)
    with cProfile.Profile():
        assert names(run(made)) == ["time.time"]


@from_3_12
def test_the_tool_is_given_back_by_the_last_harness(bundle: Bundle) -> None:
    gc.collect()
    before = tools()
    one = WorkflowHarness(bundle("one", run=BODY))
    two = WorkflowHarness(one.workflow_cls)
    assert tools() == before
    one.run_sync()
    two.run_sync()
    assert "ntro-testkit guard" in tools()
    one.close()
    assert names(two.run_sync()) == ["time.time"]
    two.close()
    assert tools() == before
    assert names(one.run_sync()) == ["time.time"], "a harness that was closed can be used again"
    del one
    gc.collect()
    assert tools() == before


@from_3_12
def test_closing_takes_all_events_away(bundle: Bundle) -> None:
    harness = WorkflowHarness(bundle(run=BODY))
    harness.run_sync()
    code = vars(harness.workflow_cls)["run"].__code__
    [tool] = [number for number, name in enumerate(tools()) if name == "ntro-testkit guard"]
    assert sys.monitoring.get_local_events(tool, code) == sys.monitoring.events.CALL
    harness.close()
    sys.monitoring.use_tool_id(tool, "a test")
    try:
        assert sys.monitoring.get_local_events(tool, code) == 0
    finally:
        sys.monitoring.free_tool_id(tool)


@from_3_12
def test_it_takes_another_id_and_stands_back_when_there_is_none(bundle: Bundle) -> None:
    gc.collect()
    made = bundle(run=BODY)
    sys.monitoring.use_tool_id(3, "a")
    try:
        assert names(run(made)) == ["time.time"]
        sys.monitoring.use_tool_id(4, "b")
        try:
            result = run(made)
        finally:
            sys.monitoring.free_tool_id(4)
    finally:
        sys.monitoring.free_tool_id(3)
    assert names(result) == []
    assert result.trace.warnings == [
        "the guard sees nothing of this run: `a` and `b` use the tools of `sys.monitoring` it "
        "could have"
    ]
