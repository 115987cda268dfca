"""Random programs run the same way every time, and end as plain asyncio says they must."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import WorkflowHarness, load_runbook
from tests.bundles import write_bundle

hypothesis = pytest.importorskip("hypothesis", reason="property tests need hypothesis")
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

INTERPRETER = """
async def perform(self, node):
    kind, *rest = node
    if kind == "sleep":
        await asyncio.sleep(rest[0])
    elif kind == "call":
        self.log.append(await do(echo, rest[0]))
    elif kind == "wait":
        try:
            await runbook.wait_condition(lambda: len(self.log) >= rest[0], timeout=rest[1])
        except asyncio.TimeoutError:
            self.log.append("late")
    elif kind == "seq":
        for part in rest:
            await self.perform(part)
    elif kind == "par":
        await asyncio.gather(*(self.perform(part) for part in rest))
    elif kind == "limit":
        try:
            await asyncio.wait_for(self.perform(rest[1]), rest[0])
        except (asyncio.TimeoutError, ActivityError):
            self.log.append("cut")
"""

leaves = st.one_of(
    st.tuples(st.just("sleep"), st.sampled_from([0, 0.5, 1, 60, 86_400 * 200])),
    st.tuples(st.just("call"), st.integers(0, 3)),
    st.tuples(st.just("wait"), st.integers(0, 3), st.sampled_from([0, 1, 3600])),
)
programs = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: ("seq", *parts)),
        st.lists(inner, max_size=3).map(lambda parts: ("par", *parts)),
        st.tuples(st.just("limit"), st.sampled_from([0.5, 30, 5000]), inner),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> type:
    bundle: Path = write_bundle(
        tmp_path_factory.mktemp("programs"),
        "program",
        activities="@activity.defn\nasync def echo(n: int) -> int: ...\n",
        members=INTERPRETER,
        takes="program: list[Any]",
        run="self.log = []\nawait self.perform(program)\nreturn self.log",
    )
    return load_runbook(bundle)[0]


def perform(cls: type, program: Any) -> dict[str, Any]:
    with WorkflowHarness(cls, mocks={"echo": lambda n: n}) as harness:
        result = harness.run_sync(input=json.loads(json.dumps(program)))
    assert result.status == "completed", result.error
    return {
        "result": result.result,
        "commands": [(c.task, c.kind, c.name, c.at_s) for c in result.trace.commands],
        "end": result.virtual_duration_s,
        "timers": result.timers,
    }


@settings(max_examples=120, deadline=None)
@given(programs)
def test_a_program_issues_the_same_commands_twice(interpreter: type, program: Any) -> None:
    assert perform(interpreter, program) == perform(interpreter, program)


@settings(max_examples=120, deadline=None)
@given(programs)
def test_the_commands_of_a_program_are_in_order(interpreter: type, program: Any) -> None:
    outcome = perform(interpreter, program)
    tasks = [task for task, *_ in outcome["commands"]]
    times = [at for *_, at in outcome["commands"]]
    assert tasks == sorted(tasks)
    assert times == sorted(times)
    assert outcome["commands"][-1][1] == "complete_workflow"


@settings(max_examples=120, deadline=None)
@given(programs)
def test_timers_are_numbered_without_gaps_and_end_once(interpreter: type, program: Any) -> None:
    timers = perform(interpreter, program)["timers"]
    assert [timer.sequence for timer in timers] == list(range(1, len(timers) + 1))
    assert {timer.outcome for timer in timers} <= {"fired", "cancelled"}
