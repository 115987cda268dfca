"""The same verdicts on temporalio's own workflow instance."""

from __future__ import annotations

import pytest

from ntro_testkit.checks.check import Check
from ntro_testkit.checks.failures import activity_failures, timeouts
from ntro_testkit.checks.gates import gates
from ntro_testkit.checks.queries import queries
from tests.checks.examination import verdicts
from tests.conftest import BundleFactory

pytest.importorskip("temporalio", reason="the backend `sdk` is temporalio's")

RUN = """
try:
    await self.await_signal_with_action(
        predicate=lambda: bool(self.uploads),
        action=asks_for("document_submitted", runbook.info().workflow_id),
        display_hint={"component": "UPLOAD"},
        timeout=MINUTE,
    )
except TimeoutError:
    runbook.logger.info("late")
try:
    slip = await do(read_slip)
except ActivityError:
    runbook.logger.info("no slip")
return [self.uploads[0]["source"], slip]
"""

MEMBERS = """
def __init__(self):
    super().__init__()
    self.uploads = []
    self.views = 0

@runbook.signal
def document_submitted(self, event: dict):
    self.uploads.append(event)

@runbook.query
def opened(self) -> int:
    self.views += 1
    return self.views
"""

ACTIVITIES = """
@activity.defn(name="demo.read_slip")
async def read_slip() -> int: ...
"""


@pytest.mark.parametrize(
    "check, message",
    [
        (queries.CHECK, "query `opened`: asking it changes `self.views`"),
        (gates.CHECK, "gate `document_submitted`: the task page has no component `UPLOAD`"),
        (timeouts.CHECK, "gate `document_submitted`: when nobody answers in time, the run hangs"),
        (activity_failures.CHECK, "activity `demo.read_slip` fails: the run hangs"),
    ],
    ids=["queries", "gates", "timeouts", "activity-failures"],
)
@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_a_fault_is_seen_on_either_engine(
    bundle: BundleFactory, check: Check, message: str, backend: str
) -> None:
    directory = bundle(run=RUN, members=MEMBERS, activities=ACTIVITIES)
    assert [each.message for each in verdicts(check, directory, backend=backend)] == [message]


@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_a_workflow_that_waits_on_in_a_new_run_is_sound(
    bundle: BundleFactory, backend: str
) -> None:
    directory = bundle(
        top="from temporalio import workflow",
        run="""
        try:
            await self.await_signal_with_action(
                predicate=lambda: bool(self.uploads),
                action=asks_for("document_submitted", runbook.info().workflow_id),
                timeout=MINUTE,
            )
        except TimeoutError:
            workflow.continue_as_new()
        """,
        members=MEMBERS,
    )
    assert verdicts(timeouts.CHECK, directory, backend=backend) == []
