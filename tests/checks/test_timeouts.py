"""NTR707: what becomes of a run when nobody answers a gate in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntro_testkit.checks.failures.timeouts import CHECK
from tests.bundles import line_of
from tests.checks.examination import rerun, verdicts
from tests.conftest import BundleFactory
from tests.test_fixtures import children

UPLOADS = """
def __init__(self):
    super().__init__()
    self.uploads = []

@runbook.signal
def document_submitted(self, event):
    self.uploads.append(event)

async def upload(self, timeout):
    await self.await_signal_with_action(
        predicate=lambda: bool(self.uploads),
        action=asks_for("document_submitted", runbook.info().workflow_id),
        timeout=timeout,
    )

"""

STEP = """
@runbook.step(name="upload", title="Upload")
async def _upload(self):
"""


def step(body: str) -> str:
    lines = body.strip("\n").splitlines()
    return UPLOADS + STEP + "".join(f"    {line}\n" for line in lines)


UNHANDLED = "await self.upload(MINUTE)"
A_NAMED_FAILURE = """
try:
    await self.upload(MINUTE)
except TimeoutError as error:
    raise WorkflowError("no document", type="LATE") from error
"""
GOES_ON_WITHOUT = """
try:
    await self.upload(MINUTE)
except TimeoutError:
    return None
return self.uploads[0]
"""
NO_TIMEOUT = "await self.upload(None)"
REMINDS_FOR_EVER = """
while not self.uploads:
    try:
        await self.upload(MINUTE)
    except TimeoutError:
        runbook.logger.info("still waiting")
"""
REMINDS_THEN_WAITS = """
try:
    await self.upload(MINUTE)
except TimeoutError:
    await self.upload(None)
return self.uploads[0]
"""
REMINDS_BESIDE = """
async def remind():
    while True:
        await asyncio.sleep(60)
reminding = asyncio.create_task(remind())
await self.upload(None)
reminding.cancel()
"""
BOUNDED_FROM_OUTSIDE = """
try:
    answer = await asyncio.wait_for(self.wait_for_action(payload={}), 60)
except TimeoutError:
    return "late"
return "in time"
"""

USES_WHAT_NEVER_CAME = """
try:
    await self.upload(MINUTE)
except TimeoutError:
    pass
return self.uploads[0]
"""
WAITS_WITHOUT_A_GATE = """
try:
    await self.upload(MINUTE)
except TimeoutError:
    pass
await runbook.wait_condition(lambda: bool(self.uploads))
"""
UNBOUND_ANSWER = """
try:
    answer = await asyncio.wait_for(self.wait_for_action(payload={}), 60)
except TimeoutError:
    runbook.logger.info("late")
return answer["type"]
"""


@pytest.mark.parametrize(
    "body",
    [
        UNHANDLED,
        A_NAMED_FAILURE,
        GOES_ON_WITHOUT,
        NO_TIMEOUT,
        REMINDS_FOR_EVER,
        REMINDS_THEN_WAITS,
        REMINDS_BESIDE,
        BOUNDED_FROM_OUTSIDE,
    ],
    ids=[
        "unhandled",
        "a-named-failure",
        "goes-on-without",
        "no-timeout",
        "reminds-for-ever",
        "reminds-then-waits",
        "reminds-beside",
        "bounded-from-outside",
    ],
)
def test_a_timeout_that_ends_the_run_or_lets_it_go_on_is_clean(
    bundle: BundleFactory, body: str
) -> None:
    directory = bundle(run="return await self._upload()", members=step(body))
    assert verdicts(CHECK, directory) == []


@pytest.mark.parametrize(
    "body, happened",
    [
        (USES_WHAT_NEVER_CAME, "IndexError"),
        (WAITS_WITHOUT_A_GATE, "waits for a condition"),
        (UNBOUND_ANSWER, "UnboundLocalError"),
    ],
    ids=["uses-what-never-came", "waits-without-a-gate", "unbound-answer"],
)
def test_a_timeout_that_hangs_the_run_is_told_with_its_gate(
    bundle: BundleFactory, body: str, happened: str
) -> None:
    directory = bundle(run="return await self._upload()", members=step(body))
    [verdict] = verdicts(CHECK, directory)
    assert verdict.code == "NTR707"
    assert verdict.message == "gate `upload`: when nobody answers in time, the run hangs"
    assert verdict.scenario == "happy"
    assert happened in verdict.evidence[-1]
    assert "a timer of 60.00s fired" in verdict.evidence[0]


def test_the_line_is_the_gates(bundle: BundleFactory) -> None:
    directory = bundle(
        run="return await self._upload()",
        members=step(UNBOUND_ANSWER),
    )
    [verdict] = verdicts(CHECK, directory)
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "asyncio.wait_for(self.wait_for_action")


def test_the_scenario_to_paste_hangs_as_well(bundle: BundleFactory) -> None:
    directory = bundle(run="return await self._upload()", members=step(USES_WHAT_NEVER_CAME))
    [verdict] = verdicts(CHECK, directory)
    again = rerun(verdict, directory)
    assert again.scenario == "upload_times_out"
    assert again.status == "task-failed"
    assert [gate.verdict for gate in again.gates] == ["timeout"]


def test_each_gate_is_left_alone_by_itself(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        await self._upload()
        self.uploads.clear()
        return await self._second()
        """,
        members=step("await self.upload(MINUTE)")
        + STEP.replace("upload", "second")
        + "".join(f"    {line}\n" for line in USES_WHAT_NEVER_CAME.strip("\n").splitlines()),
    )
    [verdict] = verdicts(CHECK, directory)
    assert verdict.message.startswith("gate `second`")


def test_a_way_that_nobody_mocked_says_nothing_of_the_bundle(bundle: BundleFactory) -> None:
    directory = bundle(
        run="return await self._upload()",
        members=step(
            """
try:
    await self.upload(MINUTE)
except TimeoutError:
    return await do(estimate)
"""
        ),
        activities="""
        @activity.defn(name="demo.estimate")
        async def estimate():
            return 1
        """,
    )
    assert verdicts(CHECK, directory) == []


def test_a_verdict_is_silenced_on_the_line_of_its_gate(bundle: BundleFactory) -> None:
    silenced = UNBOUND_ANSWER.replace(", 60)", ", 60)  # noqa: NTR707 -- somebody always answers")
    directory = bundle(run="return await self._upload()", members=step(silenced))
    assert verdicts(CHECK, directory) == []


def test_sample_bundles_have_no_such_fault(sample: Path) -> None:
    assert verdicts(CHECK, sample, child_workflows=children(sample)) == []
