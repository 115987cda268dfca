"""A run nothing can wake says who waits for what, at which line, since when; a busy loop is cut."""

from __future__ import annotations

import asyncio
import gc
import time

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, RunResult, Scenario, StandIn, WorkflowHarness
from tests.bundles import line_of, run
from tests.conftest import BundleFactory


def assert_stuck(result: RunResult, line: int, *words: str) -> None:
    assert result.status == "stuck", (result.status, result.error)
    assert not result.passed
    assert result.blocked
    assert result.line is not None
    assert result.line.line == line
    for word in (f":{line}", *words):
        assert word in (result.error or "")


OUTSIDE = {
    "templates/outside.py": """
    from ntro.workflow import activity

    @activity.defn(name="demo.outside")
    async def outside() -> int: ...
    """
}


def test_an_unregistered_activity_is_stuck_at_its_call(bundle: BundleFactory) -> None:
    directory = bundle(
        top="from . import outside as hidden",
        run="await asyncio.sleep(90)\nawait do(hidden.outside)",
        files=OUTSIDE,
    )
    result = run(directory)
    assert result.status == "stuck", result.error
    [blocked] = result.blocked
    assert "demo.outside" in blocked.waits_for
    assert "not registered" in (blocked.reason or "")
    assert blocked.since_s == 90
    assert blocked.workflow_id == result.workflow_id
    assert "demo.outside" in (result.error or "")
    assert result.line
    assert result.line.path.endswith("workflow.py")


@pytest.mark.parametrize(
    "call, name",
    [
        ("load_previous_task(workflow_slug='demo', entity_id='e')", "load_previous_task"),
        (
            "find_committed_document(workflow_slug='demo', entity_id='e', source='s')",
            "find_committed_document",
        ),
    ],
)
def test_an_sdk_activity_the_bundle_does_not_re_export_is_stuck(
    bundle: BundleFactory, call: str, name: str
) -> None:
    """D46."""
    pytest.importorskip("temporalio", reason="ntro.workflow.task imports temporalio")
    directory = bundle(run=f"return await self.{call}  # here")
    assert_stuck(run(directory), line_of(directory, "# here"), name, "not registered")


def test_an_unregistered_child_names_itself_and_who_is_registered(bundle: BundleFactory) -> None:
    """D12."""
    directory = bundle(
        run="""
        try:
            await self.run_child_workflow(slug="ledger", input=None)  # here
        except Exception:
            return "swallowed"
        """
    )
    result = run(directory, children=[StandIn("bank", happy=1), StandIn("audit", happy=1)])
    assert_stuck(
        result,
        line_of(directory, "# here"),
        "child workflow slug not registered: ledger; registered: audit, bank",
        "--child",
    )


def test_an_unregistered_child_without_any_children_says_none(bundle: BundleFactory) -> None:
    directory = bundle(run="await self.run_child_workflow(slug='ledger', input=None)")
    assert "child workflow slug not registered: ledger; registered: none" in (
        run(directory).error or ""
    )


GATE = {
    "members": """
    def __init__(self):
        super().__init__()
        self.seen = []

    @runbook.signal
    def document_submitted(self, event: dict) -> None:
        self.seen.append(event)

    @runbook.step(name="collect", title="Collect")
    async def _collect(self, signal, predicate, timeout=None):
        await self.await_signal_with_action(  # here
            predicate=predicate,
            action=asks_for(signal, runbook.info().workflow_id),
            timeout=timeout,
        )
    """
}


@pytest.mark.parametrize(
    "body, why",
    [
        ("await self._collect('no_such_signal', lambda: False)", "no_such_signal"),
        ("await self._collect('document_submitted', lambda: False)", "predicate"),
        ("await self._collect(None, lambda: False)", "signal_name"),
    ],
    ids=["no handler", "the predicate never holds", "no signal advertised"],
)
def test_a_gate_nobody_can_satisfy_is_stuck_and_says_why(
    bundle: BundleFactory, body: str, why: str
) -> None:
    directory = bundle(run=f"await asyncio.sleep(3600)\n{body}", **GATE)
    result = run(directory)
    assert_stuck(result, line_of(directory, "# here"), "submit_file", "`collect`", why)
    [blocked] = result.blocked
    assert (blocked.slug, blocked.step, blocked.since_s) == ("demo", "collect", 3600)


def test_a_gate_a_scenario_lets_time_out_without_a_timeout_is_stuck(bundle: BundleFactory) -> None:
    directory = bundle(run="await self._collect('document_submitted', lambda: self.seen)", **GATE)
    result = run(directory, Scenario("nobody", timeouts=["collect"]))
    assert_stuck(result, line_of(directory, "# here"), "timeout", "nobody")


def test_a_condition_nobody_can_make_true_is_stuck(bundle: BundleFactory) -> None:
    directory = bundle(run="await runbook.wait_condition(lambda: False)  # here")
    assert_stuck(run(directory), line_of(directory, "# here"), "condition")


@pytest.mark.parametrize(
    "body",
    [
        "await asyncio.Event().wait()  # here",
        "await asyncio.get_running_loop().create_future()  # here",
        "await asyncio.Queue().get()  # here",
    ],
)
def test_an_asyncio_wait_nobody_ends_is_stuck(bundle: BundleFactory, body: str) -> None:
    directory = bundle(run=f"await asyncio.sleep(5)\n{body}")
    result = run(directory)
    assert_stuck(result, line_of(directory, "# here"))
    assert result.blocked[0].since_s == 5


def test_a_stuck_child_is_named_before_its_parent(bundle: BundleFactory) -> None:
    child = bundle("child", run="await runbook.wait_condition(lambda: False)  # here")
    parent = bundle("parent", run="await self.run_child_workflow(slug='child', input=None)")
    result = run(parent, children=[child])
    assert [blocked.slug for blocked in result.blocked] == ["child", "parent"]
    assert result.line
    assert result.line.path == str(child / "templates/workflow.py")
    assert result.line.line == line_of(child, "# here")


def test_a_bundle_that_asks_again_for_ever_after_a_rejection_is_stuck(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        run="await self._review()",
        members="""
        @runbook.step(name="review", title="Review")
        async def _review(self):
            while (await self.wait_for_action(payload={}))["type"] == "rejected":
                pass
        """,
    )
    started = time.monotonic()
    result = run(directory, REJECT_ALL)
    assert result.status == "stuck", result.error
    assert "review" in (result.error or "")
    assert time.monotonic() - started < 10
    assert run(directory).status == "completed"


def test_a_loop_of_timers_that_never_ends_is_stuck(bundle: BundleFactory) -> None:
    directory = bundle(run="while True:\n    await asyncio.sleep(60)  # here")
    result = run(directory)
    assert result.status == "stuck", result.error
    assert result.line
    assert result.line.line == line_of(directory, "# here")


# -- busy loops --------------------------------------------------------------------------

BUSY = {
    "in run": "while True: pass  # here",
    "inside except Exception": "while True:\n    try:\n        while True: pass  # here\n"
    "    except Exception:\n        pass",
    "in a predicate": "def holds():\n    while True: pass  # here\n"
    "await runbook.wait_condition(holds)",
    "with awaits that never wait": "while True: await asyncio.sleep(0)  # here",
    "in a background task": "async def work():\n    while True: pass  # here\n"
    "task = asyncio.create_task(work())\nawait asyncio.sleep(60)",
}


@pytest.mark.parametrize("body", BUSY.values(), ids=BUSY)
def test_a_busy_loop_is_stopped_and_its_line_is_named(bundle: BundleFactory, body: str) -> None:
    directory = bundle(run=body)
    started = time.monotonic()
    result = run(directory, busy_loop_s=0.3)
    assert time.monotonic() - started < 5
    assert result.status in {"task-failed", "stuck"}
    assert not result.passed
    assert result.line
    assert result.line.line == line_of(directory, "# here")
    assert f"workflow.py:{result.line.line}" in (result.error or "")


@pytest.mark.parametrize("body", BUSY.values(), ids=BUSY)
def test_a_run_after_a_busy_loop_works(bundle: BundleFactory, body: str) -> None:
    busy, sound = bundle(run=body), bundle("sound", run="await asyncio.sleep(60)\nreturn 1")
    assert not run(busy, busy_loop_s=0.2).passed
    time.sleep(0.3)
    assert run(sound, busy_loop_s=0.2).result == 1


@pytest.mark.parametrize("guard", ["report", "off"])
def test_a_busy_loop_in_the_background_ends_the_run_without_a_word_beside_it(
    bundle: BundleFactory, caplog: pytest.LogCaptureFixture, guard: str
) -> None:
    directory = bundle(run=BUSY["in a background task"])
    for _ in range(2):
        assert not run(directory, busy_loop_s=0.2, guard=guard).passed
        gc.collect()
    assert caplog.records == []


def test_a_busy_loop_is_stopped_inside_a_running_event_loop(bundle: BundleFactory) -> None:
    async def main() -> RunResult:
        async with WorkflowHarness(bundle(run="while True: pass"), busy_loop_s=0.2) as harness:
            result = await harness.run()
        await asyncio.sleep(0.01)
        return result

    assert not asyncio.run(main()).passed


def test_slow_code_below_the_limit_is_left_alone(bundle: BundleFactory) -> None:
    directory = bundle(run="import time\ntime.sleep(0.3)\nreturn 1")
    assert run(directory, busy_loop_s=2).result == 1


def test_a_busy_loop_in_a_signal_handler_is_stopped(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await runbook.wait_condition(lambda: False, timeout=60)",
        members="""
        @runbook.signal
        def poke(self, event: dict) -> None:
            while True: pass  # here
        """,
    )
    scenario = Scenario("poked", signals={"start": [("poke", {})]})
    result = run(directory, scenario, busy_loop_s=0.3)
    assert result.line
    assert result.line.line == line_of(directory, "# here")


def test_a_loop_is_stopped_under_the_guard_too_and_sooner_when_it_was_stopped_before(
    bundle: BundleFactory,
) -> None:
    directory = bundle(run="while True: pass")
    with WorkflowHarness(directory, busy_loop_s=1) as harness:
        first, second = harness.run_sync(), harness.run_sync()
    assert first.status == second.status == "task-failed"
    assert first.error == second.error
    assert first.duration_s >= 1 > second.duration_s


SPINS_OR_WORKS = """
async def spin(self):
    while True: pass

async def work(self):
    import time
    end = time.monotonic() + 0.8
    while time.monotonic() < end: pass
"""


def test_other_code_may_still_take_its_time(bundle: BundleFactory) -> None:
    run = """
    answer = await self.wait_for_action(payload={})
    await (self.spin() if answer["type"] == "rejected" else self.work())
    """
    directory = bundle(run=run, members=SPINS_OR_WORKS)
    with WorkflowHarness(directory, busy_loop_s=1, guard="off") as harness:
        assert harness.run_sync(scenario=REJECT_ALL).status == "task-failed"
        assert harness.run_sync(scenario=HAPPY).status == "completed"
