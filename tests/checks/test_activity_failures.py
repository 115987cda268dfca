"""NTR708: what becomes of a run when an activity fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntro_testkit.checks.failures.activity_failures import CHECK
from tests.bundles import line_of
from tests.checks.examination import rerun, verdicts
from tests.conftest import BundleFactory
from tests.test_fixtures import children

ACTIVITIES = """
@activity.defn(name="demo.read_slip")
async def read_slip() -> Slip: ...

@activity.defn(name="demo.post_slip")
async def post_slip(slip: Slip) -> str: ...

@activity.defn(name="demo.store_report")
async def store_report(entry: str) -> str: ...

@activity.defn(name="demo.unpost_slip")
async def unpost_slip() -> None: ...

@activity.defn(name="demo.post_comment")
async def post_comment(text: str) -> None: ...

@activity.defn(name="demo.check_posted")
async def check_posted() -> str: ...

@activity.defn(name="demo.load_rates")
async def load_rates() -> float: ...
"""

MODELS = """
class Slip(BaseModel):
    amount: int = 3
"""

THE_FAILURE_ENDS_THE_RUN = """
slip = await do(read_slip)
entry = await do(post_slip, slip)
return {"status": "posted", "entry": entry}
"""
SAYS_SO = """
slip = await do(read_slip)
try:
    entry = await do(post_slip, slip)
except ActivityError:
    return {"status": "failed"}
return {"status": "posted", "entry": entry}
"""
SAYS_SO_IN_A_FLAG = """
posted = True
try:
    await do(post_slip, await do(read_slip))
except ActivityError:
    posted = False
return {"status": "done", "posted": posted}
"""
TRIES_ONCE_MORE = """
slip = await do(read_slip)
try:
    await do(post_slip, slip)
except ActivityError:
    await do(post_slip, slip)
return {"status": "posted"}
"""
UNDOES_IT = """
try:
    await do(post_slip, await do(read_slip))
except ActivityError:
    await do(unpost_slip)
return {"status": "posted"}
"""
ASKS_A_PERSON = """
slip = await do(read_slip)
while True:
    try:
        await do(post_slip, slip)
        return {"status": "posted"}
    except ActivityError:
        await self.wait_for_action(payload=slip, reason="again?")
"""
TRIES_FIVE_TIMES = """
slip = await do(read_slip)
for attempt in range(5):
    try:
        return await do(post_slip, slip)
    except ActivityError:
        await asyncio.sleep(60)
raise WorkflowError("five attempts were in vain")
"""
WAITS_OUT_AN_OUTAGE = """
slip = await do(read_slip)
while True:
    try:
        return await do(post_slip, slip)
    except ActivityError as error:
        if error.cause.non_retryable:
            raise
        await asyncio.sleep(3600)
"""
BEST_EFFORT = """
slip = await do(read_slip)
try:
    await do(post_comment, "read")
    await do(load_rates)
except ActivityError:
    runbook.logger.warning("not told")
return {"status": "posted", "entry": await do(post_slip, slip)}
"""
TOLD_AT_THE_GATE = """
trouble = ""
try:
    await do(post_slip, await do(read_slip))
except ActivityError as error:
    trouble = str(error)
await self.wait_for_action(payload={"trouble": trouble})
return {"status": "done"}
"""
TOLD_TO_ANOTHER_ACTIVITY = """
told = "posted"
try:
    await do(post_slip, await do(read_slip))
except ActivityError:
    told = "not posted"
await do(post_comment, told)
return {"status": "done"}
"""
THE_LAST_OF_A_BATCH_IS_MISSING = """
entries = []
for number in range(2):
    try:
        entries.append(await do(post_slip, Slip()))
    except ActivityError:
        if not entries:
            raise
        entries.append(None)
    if not number:
        await do(store_report, "first")
return entries
"""
LOOKS_AFTERWARDS = """
try:
    await do(post_slip, await do(read_slip))
except ActivityError:
    runbook.logger.warning("it may have been posted all the same")
return {"status": await do(check_posted)}
"""


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(THE_FAILURE_ENDS_THE_RUN, id="the-failure-ends-the-run"),
        pytest.param(SAYS_SO, id="says-so"),
        pytest.param(SAYS_SO_IN_A_FLAG, id="says-so-in-a-flag"),
        pytest.param(TRIES_ONCE_MORE, id="tries-once-more"),
        pytest.param(UNDOES_IT, id="undoes-it"),
        pytest.param(ASKS_A_PERSON, id="asks-a-person"),
        pytest.param(TRIES_FIVE_TIMES, id="tries-five-times"),
        pytest.param(WAITS_OUT_AN_OUTAGE, id="waits-out-an-outage"),
        pytest.param(BEST_EFFORT, id="best-effort"),
        pytest.param(TOLD_AT_THE_GATE, id="told-at-the-gate"),
        pytest.param(TOLD_TO_ANOTHER_ACTIVITY, id="told-to-another-activity"),
        pytest.param(THE_LAST_OF_A_BATCH_IS_MISSING, id="the-last-of-a-batch-is-missing"),
        pytest.param(LOOKS_AFTERWARDS, id="looks-afterwards"),
    ],
)
def test_a_failure_that_ends_the_run_or_is_recovered_from_is_sound(
    bundle: BundleFactory, body: str
) -> None:
    directory = bundle(run=body, activities=ACTIVITIES, models=MODELS)
    assert verdicts(CHECK, directory) == []


USES_WHAT_NEVER_CAME = """
try:
    slip = await do(read_slip)
except ActivityError:
    runbook.logger.warning("no slip")
return slip.amount
"""
WAITS_FOR_WHAT_NEVER_COMES = """
read = []
try:
    read.append(await do(read_slip))
except ActivityError:
    runbook.logger.warning("no slip")
await runbook.wait_condition(lambda: bool(read))
"""
TRIES_FOR_EVER = """
while True:
    try:
        return await do(read_slip)
    except ActivityError:
        await asyncio.sleep(60)
"""
MISREADS_THE_FAILURE = """
try:
    return await do(read_slip)
except ActivityError as error:
    raise KeyError(error.cause.type)
"""


@pytest.mark.parametrize(
    "body, happened",
    [
        pytest.param(USES_WHAT_NEVER_CAME, "UnboundLocalError", id="uses-what-never-came"),
        pytest.param(WAITS_FOR_WHAT_NEVER_COMES, "a condition", id="waits-for-what-never-comes"),
        pytest.param(TRIES_FOR_EVER, "again and again", id="tries-for-ever"),
        pytest.param(MISREADS_THE_FAILURE, "KeyError", id="misreads-the-failure"),
    ],
)
def test_a_failure_that_hangs_the_run_is_told_with_its_call(
    bundle: BundleFactory, body: str, happened: str
) -> None:
    directory = bundle(run=body, activities=ACTIVITIES, models=MODELS)
    [verdict] = verdicts(CHECK, directory)
    assert verdict.code == "NTR708"
    assert verdict.message == "activity `demo.read_slip` fails: the run hangs"
    assert happened in verdict.evidence[-1]
    assert verdict.line is not None
    assert verdict.line.function == "do"


def test_only_a_failure_of_one_kind_may_hang(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        try:
            return await do(read_slip)
        except ActivityError as error:
            assert not error.cause.non_retryable
            raise
        """,
        activities=ACTIVITIES,
        models=MODELS,
    )
    [verdict] = verdicts(CHECK, directory)
    assert "non_retryable=True" in verdict.evidence[0]
    assert rerun(verdict, directory).status == "task-failed"


def test_one_of_several_calls_may_hang(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        slips = []
        for number in range(3):
            try:
                slips.append(await do(read_slip))
            except ActivityError:
                if not slips:
                    raise
        return slips[2].amount
        """,
        activities=ACTIVITIES,
        models=MODELS,
    )
    [verdict] = verdicts(CHECK, directory)
    assert verdict.message == "call 2 of the activity `demo.read_slip` fails: the run hangs"
    assert verdict.reproduce is None


SWALLOWED = """
try:
    await do(post_slip, await do(read_slip))
except ActivityError:
    runbook.logger.warning("posting failed")
return {"status": "posted"}
"""
ITS_ENTRY_IS_MISSING = """
entry = None
try:
    entry = await do(post_slip, await do(read_slip))
except ActivityError:
    runbook.logger.warning("posting failed")
return {"status": "posted", "entry": entry}
"""
GATHERED = """
slip = await do(read_slip)
await asyncio.gather(do(post_slip, slip), return_exceptions=True)
"""
ONE_OF_A_BATCH = """
slip = await do(read_slip)
for number in range(3):
    try:
        await do(post_slip, slip)
    except ActivityError:
        continue
return {"status": "done", "count": 3}
"""


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(SWALLOWED, id="swallowed"),
        pytest.param(ITS_ENTRY_IS_MISSING, id="its-entry-is-missing"),
        pytest.param(GATHERED, id="gathered"),
        pytest.param(ONE_OF_A_BATCH, id="one-of-a-batch"),
    ],
)
def test_a_commit_that_failed_unnoticed_is_told(bundle: BundleFactory, body: str) -> None:
    directory = bundle(run=body, activities=ACTIVITIES, models=MODELS)
    [verdict] = verdicts(CHECK, directory)
    assert verdict.message == ("activity `demo.post_slip` fails: the run ends as if it had not")


def test_a_step_that_was_left_unfinished_is_no_report(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        try:
            await self._post()
        except ActivityError:
            runbook.logger.warning("posting failed")
        return {"status": "posted"}
        """,
        members="""
        @runbook.step(name="post", title="Post")
        async def _post(self):
            return await do(post_slip, Slip())
        """,
        activities=ACTIVITIES,
        models=MODELS,
    )
    [verdict] = verdicts(CHECK, directory)
    assert verdict.message.endswith("the run ends as if it had not")


def test_a_step_or_a_query_that_says_what_failed_is_a_report(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        await self._post()
        return {"status": "done"}
        """,
        members="""
        @runbook.step(name="post", title="Post")
        async def _post(self):
            try:
                return {"entry": await do(post_slip, Slip())}
            except ActivityError as error:
                return {"trouble": str(error)}
        """,
        activities=ACTIVITIES,
        models=MODELS,
    )
    assert verdicts(CHECK, directory) == []


def test_a_commit_after_a_failed_one_is_told(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        entry = None
        try:
            entry = await do(post_slip, await do(read_slip))
        except ActivityError:
            runbook.logger.warning("posting failed")
        return {"report": await do(store_report, entry or ""), "entry": entry}
        """,
        activities=ACTIVITIES,
        models=MODELS,
    )
    [verdict] = verdicts(CHECK, directory)
    assert verdict.message == (
        "activity `demo.post_slip` fails: `demo.store_report` is called all the same"
    )
    assert verdict.comparison is not None
    assert verdict.comparison.rows


def test_the_scenario_to_paste_shows_the_fault(bundle: BundleFactory) -> None:
    directory = bundle(run=USES_WHAT_NEVER_CAME, activities=ACTIVITIES, models=MODELS)
    [verdict] = verdicts(CHECK, directory)
    again = rerun(verdict, directory)
    assert again.scenario == "read_slip_fails"
    assert again.status == "task-failed"


def test_a_verdict_is_silenced_on_the_line_of_the_call(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        try:
            await runbook.execute_activity(  # noqa: NTR708 -- the ledger tells us by mail
                post_slip, Slip(), start_to_close_timeout=MINUTE
            )
        except ActivityError:
            runbook.logger.warning("posting failed")
        """,
        activities=ACTIVITIES,
        models=MODELS,
    )
    assert line_of(directory, "noqa: NTR708")
    assert verdicts(CHECK, directory) == []


def test_a_recovery_that_nobody_mocked_says_nothing_of_the_bundle(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        try:
            return await do(read_slip)
        except ActivityError:
            return await do(estimate)
        """,
        activities=ACTIVITIES
        + """
@activity.defn(name="demo.estimate")
async def estimate():
    return 1
""",
        models=MODELS,
    )
    assert verdicts(CHECK, directory) == []


def test_sample_bundles_have_no_such_fault(sample: Path) -> None:
    assert verdicts(CHECK, sample, child_workflows=children(sample)) == []
