"""Planted races are found, shrunk to the shortest schedule, and printed so that they come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, RunResult, Scenario, WorkflowHarness, invariant
from ntro_testkit.checks.decisions import stale_approval
from ntro_testkit.checks.examining import examine
from ntro_testkit.checks.experiment import Examined, Experiment
from ntro_testkit.explore.exploring import Exploration, explore
from ntro_testkit.explore.faults import faults
from ntro_testkit.schedule import ActivityCompletes, AgentAnswers, SignalArrives, TimerFires
from tests.bundles import line_of, pasted
from tests.conftest import BundleFactory
from tests.test_fixtures import BUNDLES, children, skip_without_temporalio

READ = """
@activity.defn
async def read_rows() -> list[str]: ...

@activity.defn
async def store_rows() -> str: ...
"""

UPLOADS = """
def __init__(self):
    super().__init__()
    self.uploads = []

@runbook.signal
def uploaded(self, row: dict[str, Any]) -> None:
    self.uploads.append(row)
"""

GUARDED = """
@runbook.signal
def user_action(self, action: dict[str, Any]) -> None:
    if self._pending_action is not None:
        super().user_action(action)
"""

REVIEWS: dict[str, Any] = {
    "run": """
    rows = await do(read_rows)
    await self.wait_for_action(payload={"rows": rows})
    return await do(store_rows)
    """,
    "activities": READ,
}

WAITS_FOR_ONE = """
await self.await_signal_with_action(
    predicate=lambda: len(self.uploads) == 1,
    action=asks_for("uploaded", runbook.info().workflow_id),
)
"""

WAITS_FOR_SOME = WAITS_FOR_ONE.replace("== 1", ">= 1")

WAITS_FOR_A_DAY = WAITS_FOR_SOME.replace("\n)", "\n    timeout=timedelta(days=1),\n)")


def explored(directory: Path, scenario: Scenario = HAPPY, **options: Any) -> Exploration:
    with WorkflowHarness(directory) as harness:
        return explore(Experiment(harness, []), scenario, **{"seed": 1, **options})


def again(directory: Path, found: Exploration, invariants: Sequence[Any] = ()) -> RunResult:
    """Run what was printed for the only verdict, and see that it is wrong in the same way."""
    [verdict] = found.verdicts
    assert verdict.reproduce is not None
    with WorkflowHarness(directory) as harness:
        usual = harness.run_sync(scenario=HAPPY)
        run = harness.run_sync(scenario=pasted(verdict.reproduce))
    shown = [(fault.code, fault.message, fault.line) for fault in faults(run, usual, invariants)]
    assert shown == [(verdict.code, verdict.message, verdict.line)]
    assert not run.trace.warnings
    return run


def schedule_of(found: Exploration) -> list[Any]:
    [verdict] = found.verdicts
    assert verdict.reproduce is not None
    return list(pasted(verdict.reproduce).schedule)


def test_an_approval_before_its_gate_is_found(bundle: BundleFactory) -> None:
    directory = bundle(**REVIEWS)
    found = explored(directory)
    run = again(directory, found)
    assert [verdict.code for verdict in found.verdicts] == ["NTR702"]
    assert [type(each) for each in schedule_of(found)] == [SignalArrives]
    assert run.gates[0].verdict is None
    assert run.called("store_rows")


def test_what_is_known_of_a_line_is_not_said_again(bundle: BundleFactory) -> None:
    directory = bundle(**REVIEWS)
    with WorkflowHarness(directory) as harness:
        experiment = Experiment(harness, [Examined(HAPPY, harness.run_sync(scenario=HAPPY))])
        known = examine(experiment, checks=[stale_approval.CHECK])
        assert [verdict.code for verdict in known] == ["NTR702"]
        assert explore(experiment, seed=1, known=known).passed
        elsewhere = [replace(verdict, code="NTR712") for verdict in known]
        assert not explore(experiment, seed=1, known=elsewhere).passed


def test_a_gate_that_takes_answers_only_while_it_is_open_is_clean(bundle: BundleFactory) -> None:
    found = explored(bundle(**REVIEWS, members=GUARDED))
    assert found.passed
    assert found.exhausted
    assert found.summary().startswith(f"happy: all {found.tried} schedules in ")


def test_a_second_answer_to_one_gate_is_found_at_the_next(bundle: BundleFactory) -> None:
    run = """
    await self.wait_for_action(payload={"page": 1})
    await do(read_rows)
    await self.wait_for_action(payload={"page": 2})
    return await do(store_rows)
    """
    directory = bundle(run=run, activities=READ)
    found = explored(directory)
    again(directory, found)
    assert [type(each) for each in schedule_of(found)] == [AgentAnswers, SignalArrives]


def test_an_upload_that_comes_twice_and_hangs_the_run_is_found(bundle: BundleFactory) -> None:
    directory = bundle(
        members=UPLOADS, run=f"await do(read_rows)\n{WAITS_FOR_ONE}", activities=READ
    )
    found = explored(directory)
    assert again(directory, found).status == "stuck"
    [verdict] = found.verdicts
    assert verdict.code == "NTR712"
    assert "waits for ever" in verdict.message
    assert [type(each) for each in schedule_of(found)] == [SignalArrives, SignalArrives]


def test_an_upload_that_may_come_twice_is_clean(bundle: BundleFactory) -> None:
    directory = bundle(
        members=UPLOADS, run=f"await do(read_rows)\n{WAITS_FOR_SOME}", activities=READ
    )
    assert explored(directory).passed


IN_ORDER = """
self.found = {}

async def note(name, activity):
    self.found[name] = await do(activity)
    if name == "second":
        self.found["total"] = [self.found["first"], self.found["second"]]

await asyncio.gather(note("first", read_rows), note("second", store_rows))
"""


def test_activities_that_must_end_in_order_are_found(bundle: BundleFactory) -> None:
    directory = bundle(run=IN_ORDER, activities=READ)
    found = explored(directory)
    again(directory, found)
    [verdict] = found.verdicts
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, 'self.found["total"] =')
    assert "KeyError" in verdict.message
    assert schedule_of(found) == [ActivityCompletes("store_rows")]
    assert verdict.evidence[0] == "1. activity `store_rows` completes"


def test_activities_that_may_end_in_any_order_are_clean(bundle: BundleFactory) -> None:
    run = "return await asyncio.gather(do(read_rows), do(store_rows))"
    found = explored(bundle(run=run, activities=READ))
    assert found.passed
    assert (found.tried, found.exhausted) == (2, True)


def test_a_timer_against_a_signal_that_breaks_the_code_is_found(bundle: BundleFactory) -> None:
    run = f"""
try:
{WAITS_FOR_A_DAY.replace(chr(10), chr(10) + "    ")}
except TimeoutError:
    pass
return self.uploads[0]
"""
    directory = bundle(members=UPLOADS, run=run)
    found = explored(directory)
    assert again(directory, found).status == "task-failed"
    assert schedule_of(found) == [TimerFires()]


def test_a_timeout_that_ends_the_run_is_no_fault(bundle: BundleFactory) -> None:
    found = explored(bundle(members=UPLOADS, run=WAITS_FOR_A_DAY))
    assert found.passed
    assert found.tried > 2


REFUSES = """
await do(read_rows)
if self.uploads:
    raise WorkflowError("too early")
"""


def test_a_run_that_fails_in_one_order_is_found(bundle: BundleFactory) -> None:
    directory = bundle(members=UPLOADS, run=REFUSES + WAITS_FOR_SOME, activities=READ)
    found = explored(directory)
    assert again(directory, found).status == "failed"
    assert [type(each) for each in schedule_of(found)] == [SignalArrives]


def test_an_invariant_is_asked_about_every_order(bundle: BundleFactory) -> None:
    def reads_before_it_stores(run: RunResult) -> str | None:
        names = [call.name for call in run.activities]
        return None if names[:1] == ["read_rows"] else f"it began with {names}"

    run = f"""
    await do(read_rows)
    {WAITS_FOR_SOME.strip().replace(chr(10), chr(10) + "    ")}
    """
    directory = bundle(members=UPLOADS, run=run, activities=READ)
    assert explored(directory, invariants=[reads_before_it_stores]).passed

    def gets_one_upload(run: RunResult) -> bool:
        return len([sent for sent in run.signals if sent.name == "uploaded"]) == 1

    found = explored(directory, invariants=[gets_one_upload])
    again(directory, found, [gets_one_upload])
    [verdict] = found.verdicts
    assert (verdict.code, verdict.message) == (
        "NTR713",
        "`gets_one_upload` does not hold: it returned False",
    )


def test_the_authors_invariants_are_asked_by_themselves(bundle: BundleFactory) -> None:
    scenarios = """
    from ntro_testkit import invariant

    @invariant
    def uploads_come_once(run):
        assert len(run.signals) < 2, "an upload came twice"
    """
    directory = bundle(
        members=UPLOADS,
        run=f"await do(read_rows)\n{WAITS_FOR_SOME}",
        activities=READ,
        files={"tests/scenarios.py": scenarios},
    )
    [verdict] = explored(directory).verdicts
    assert verdict.message == "`uploads_come_once` does not hold: an upload came twice"


def test_a_suppressed_fault_is_not_told(bundle: BundleFactory) -> None:
    said = IN_ORDER.replace('["second"]]', '["second"]]  # noqa: NTR712 -- the first is faster')
    assert explored(bundle(run=said, activities=READ)).passed


def test_a_bundle_that_does_not_end_well_is_not_explored(bundle: BundleFactory) -> None:
    found = explored(bundle(run="raise KeyError('total')"))
    assert not found.passed
    assert found.tried == 0
    assert "does not end well in the usual order" in found.summary()


def test_a_bundle_that_differs_each_time_is_told(bundle: BundleFactory) -> None:
    run = """
    global RUNS
    RUNS += 1
    calls = [do(read_rows), do(store_rows)] if RUNS % 2 else [do(read_rows)]
    await asyncio.gather(*calls)
    """
    found = explored(bundle(run=run, top="RUNS = 1", activities=READ))
    assert "not the same every time" in found.summary()


ECHO = {
    "activities": "@activity.defn\nasync def echo(number: int) -> int: ...\n",
    "run": """
    self.seen = []

    async def note(number):
        await do(echo, number)
        self.seen.append(number)

    await asyncio.gather(*(note(number) for number in range(7)))
    if self.seen[:2] == [6, 4]:
        raise KeyError("unlucky")
    """,
}


def test_what_a_budget_leaves_out_is_tried_at_random(bundle: BundleFactory) -> None:
    directory = bundle(**ECHO)
    found, same, other = (explored(directory, schedules=60, seed=seed) for seed in (5, 5, 6))
    assert not found.exhausted
    assert found.tried + found.merged == 60
    assert found.tried > 50
    assert "at random (seed 5)" in found.summary()
    assert [v.reproduce for v in found.verdicts] == [v.reproduce for v in same.verdicts]
    assert other.seed == 6


def test_a_seed_is_drawn_where_none_is_given(bundle: BundleFactory) -> None:
    found = explored(bundle(**ECHO), schedules=4, seed=None)
    assert found.seed is not None
    assert f"(seed {found.seed})" in found.summary()


def test_progress_is_told_after_each_run(bundle: BundleFactory) -> None:
    told: list[int] = []
    found = explored(bundle(**REVIEWS, members=GUARDED), progress=told.append)
    assert told == list(range(1, found.tried + found.merged + 1))


@pytest.mark.parametrize("sample", BUNDLES, ids=lambda path: path.name)
@pytest.mark.parametrize("scenario", [HAPPY, REJECT_ALL], ids=lambda scenario: scenario.name)
def test_the_sample_bundles_are_clean(sample: Path, scenario: Scenario) -> None:
    skip_without_temporalio(sample)
    with WorkflowHarness(sample, child_workflows=children(sample)) as harness:
        found = explore(Experiment(harness, []), scenario, schedules=60, seed=1)
    assert found.passed, found.verdicts
    assert found.tried > 1


def test_another_timer_than_usual_may_end_a_run_that_waits_for_one(bundle: BundleFactory) -> None:
    run = f"{WAITS_FOR_A_DAY}\nawait asyncio.sleep(60)\nawait asyncio.sleep(60)"
    assert explored(bundle(members=UPLOADS, run=run)).passed


def test_what_runs_log_is_not_said_again(
    bundle: BundleFactory, caplog: pytest.LogCaptureFixture
) -> None:
    run = "runbook.logger.warning('look here')\nawait do(read_rows)"
    assert explored(bundle(run=run, activities=READ)).passed
    assert caplog.messages == []


def test_chance_counts_a_schedule_once(bundle: BundleFactory) -> None:
    run = "await asyncio.gather(do(read_rows), do(store_rows), do(read_rows), do(store_rows))"
    found = explored(bundle(run=run, activities=READ), schedules=40)
    assert not found.exhausted
    assert found.tried <= 24
    assert found.tried + found.merged == 40


ENDS_AT_A_REJECTION = """
answer = await self.wait_for_action(payload={})
if answer["type"] == "rejected":
    raise WorkflowError("refused", type="REFUSED")
return await do(store_rows)
"""


def test_a_rejection_that_a_schedule_sends_may_end_the_run_as_the_agents_may(
    bundle: BundleFactory,
) -> None:
    directory = bundle(members=GUARDED, run=ENDS_AT_A_REJECTION, activities=READ)

    found = explored(directory, REJECT_ALL)

    assert found.passed, found


def test_a_rejection_that_no_gate_took_is_no_reason_to_fail(bundle: BundleFactory) -> None:
    run = """
    answer = await self.wait_for_action(payload={})
    if answer["type"] == "rejected":
        return "refused"
    raise WorkflowError("no reason", type="NONE")
    """
    late = Scenario(
        "late", schedule=[AgentAnswers(), SignalArrives("user_action", {"type": "rejected"})]
    )
    with WorkflowHarness(bundle(members=GUARDED, run=run)) as harness:
        assert not harness.run_sync(scenario=late).ended_well


def test_what_an_author_says_of_decisions_holds_whoever_sends_them() -> None:
    @invariant
    def nothing_is_posted_without_a_decision(run: RunResult) -> bool:
        decided = any(gate.verdict == "approved" for gate in run.gates)
        return decided or not run.called("petty_cash.post_slip")

    petty_cash = next(path for path in BUNDLES if path.name == "petty-cash")
    experiment = Experiment(WorkflowHarness(petty_cash, guard="off"), [])
    found = explore(experiment, invariants=[nothing_is_posted_without_a_decision])
    assert found.exhausted
    assert found.passed, found.verdicts
