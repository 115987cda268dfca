"""NTR702: approvals that come early, late, or twice, and the gates that take them all the same."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from lint_rules.rules.verdicts.stale_approval import RULE
from ntro_testkit import HAPPY, Scenario, StandIn
from ntro_testkit.checks.decisions import decision_effect
from ntro_testkit.checks.decisions.stale_approval import CHECK, MAX_MOMENTS
from ntro_testkit.schedule import AgentAnswers, SignalArrives
from ntro_testkit.verdict import Verdict
from tests.bundles import line_of, run
from tests.checks.examination import BUILT_IN, experiment, rerun, verdicts
from tests.conftest import BundleFactory
from tests.test_fixtures import children
from tests.test_gates import CHECKS_NEED, checks_spec

APPROVAL = SignalArrives("user_action", {"type": "approved"})

ACTIVITIES = """
@activity.defn(name="demo.read")
async def read(number: int) -> int: ...

@activity.defn(name="demo.post")
async def post(number: int) -> str: ...
"""

GATE = """
@runbook.step(name="{step}", title="Check")
async def _{step}(self) -> Any:
    return await self.wait_for_action(payload={{"amount": 7}})
"""

UPLOAD = """
def __init__(self) -> None:
    super().__init__()
    self._uploads = []

@runbook.signal
def document_submitted(self, event: dict[str, Any]) -> None:
    self._uploads.append(event)

@runbook.step(name="upload", title="Upload")
async def _upload(self) -> None:
    await self.await_signal_with_action(
        predicate=lambda: bool(self._uploads),
        action=asks_for("document_submitted", runbook.info().workflow_id),
    )
"""

ONLY_AT_A_REVIEW = """
@runbook.signal
def user_action(self, action: dict[str, Any]) -> None:
    gate = self.current_pending_action()
    if gate is not None and gate["kind"] == "interactive_review":
        super().user_action(action)
"""

ONLY_AT_A_GATE = """
@runbook.signal
def user_action(self, action: dict[str, Any]) -> None:
    if self._pending_action is not None:
        super().user_action(action)
"""

ONCE_PER_REVIEW = dedent(
    "".join(
        line
        for line in RULE.explanation.partition("Good:\n")[2].splitlines(keepends=True)
        if line.startswith(" ") or not line.strip()
    )
)
"""What the rule tells authors to write."""

READ_THEN_REVIEW = """
await do(read, 1)
await self._review()
return await do(post, 1)
"""

TWO_REVIEWS = """
await self._first()
await do(read, 1)
await self._second()
return await do(post, 1)
"""


def reviewed(bundle: BundleFactory, run: str, members: str, **parts: str) -> Path:
    return bundle(run=run, members=members, activities=ACTIVITIES, **parts)


def gates(*steps: str) -> str:
    return "".join(GATE.format(step=step) for step in steps)


def the(found: list[Verdict]) -> Verdict:
    [verdict] = found
    assert verdict.code == "NTR702"
    return verdict


def test_an_approval_from_before_a_gate_that_counts_is_a_verdict(bundle: BundleFactory) -> None:
    """D42."""
    directory = reviewed(bundle, READ_THEN_REVIEW, gates("review"))
    verdict = the(verdicts(CHECK, directory))
    assert verdict.message == (
        "review gate `review` takes an approval that was sent before anybody could see it"
    )
    assert verdict.scenario == "happy"
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "wait_for_action")
    assert verdict.evidence[0] == "an approval sent at the very start is taken for its answer"
    assert verdict.evidence[1].startswith("then ran, seen by nobody: schedule_activity demo.post")
    assert verdict.comparison is not None
    [waits, posts] = map(str, verdict.comparison.rows[0])
    assert waits.startswith("stuck demo in step `review` waits")
    assert posts.startswith("schedule_activity demo.post")


def test_the_printed_scenario_shows_it_again(bundle: BundleFactory) -> None:
    directory = reviewed(bundle, READ_THEN_REVIEW, gates("review"))
    again = rerun(the(verdicts(CHECK, directory)), directory)
    assert [gate.decision for gate in again.gates] == [None]
    assert again.called("demo.post")
    assert not again.trace.warnings


def test_a_second_click_approves_the_gate_after_the_next_activity(bundle: BundleFactory) -> None:
    directory = reviewed(bundle, TWO_REVIEWS, gates("first", "second"))
    verdict = the(verdicts(CHECK, directory))
    assert verdict.message.startswith("review gate `second` takes an approval")
    assert verdict.evidence[0] == (
        "an approval sent right after the gate of `first` had closed is taken for its answer"
    )
    again = rerun(verdict, directory)
    assert [gate.verdict for gate in again.gates] == ["approved", None]


def test_a_gate_that_is_open_when_the_second_click_comes_has_been_seen(
    bundle: BundleFactory,
) -> None:
    run = "await self._first()\nawait self._second()\nreturn await do(post, 1)"
    assert verdicts(CHECK, reviewed(bundle, run, gates("first", "second"))) == []


CLEARED = """
@runbook.step(name="review", title="Check")
async def _review(self) -> Any:
    {early}
    await do(read, 2)
    {late}
    return await self.wait_for_action(payload={{"amount": 7}})
"""
CLEAR = "self._received_user_action = None"


@pytest.mark.parametrize(
    "members",
    [
        pytest.param(gates("review") + ONCE_PER_REVIEW, id="as the rule shows"),
        pytest.param(gates("review") + ONLY_AT_A_REVIEW, id="taken only at a review"),
        pytest.param(gates("review") + ONLY_AT_A_GATE, id="taken only at a gate"),
        pytest.param(CLEARED.format(early="", late=CLEAR), id="cleared as the gate opens"),
    ],
)
def test_a_workflow_that_drops_what_comes_early_is_no_verdict(
    bundle: BundleFactory, members: str
) -> None:
    assert verdicts(CHECK, reviewed(bundle, READ_THEN_REVIEW, members)) == []


def test_clearing_before_the_last_activity_is_too_early(bundle: BundleFactory) -> None:
    members = CLEARED.format(early=CLEAR, late="")
    verdict = the(verdicts(CHECK, reviewed(bundle, READ_THEN_REVIEW, members)))
    assert verdict.evidence[0] == (
        "an approval sent after activity `demo.read` had completed is taken for its answer"
    )


UPLOAD_THEN_REVIEW = "await self._upload()\nawait self._review()\nreturn await do(post, 1)"


def test_an_upload_gate_is_no_review(bundle: BundleFactory) -> None:
    """That an action is pending is not enough: it may be an upload."""
    kept = reviewed(bundle, UPLOAD_THEN_REVIEW, UPLOAD + gates("review") + ONLY_AT_A_GATE)
    verdict = the(verdicts(CHECK, kept))
    assert verdict.evidence[0] == (
        "an approval sent at the very start, while the gate of `upload` was open is taken for its "
        "answer"
    )


def test_an_upload_gate_before_a_review_is_no_verdict(bundle: BundleFactory) -> None:
    members = UPLOAD + gates("review") + ONLY_AT_A_REVIEW
    assert verdicts(CHECK, reviewed(bundle, UPLOAD_THEN_REVIEW, members)) == []


CHECKED = """
@runbook.step(name="first", title="Check")
async def _first(self) -> Any:
    return await self.wait_for_action(payload={{"amount": 7}}, checks_spec={spec!r})
"""


def with_checks(bundle: BundleFactory, defence: str) -> Path:
    pytest.importorskip("temporalio", reason=CHECKS_NEED)
    return bundle(
        run="await self._first()\nawait self._second()\nreturn await do(post, 1)",
        members=CHECKED.format(spec=checks_spec("a", "b")) + gates("second") + defence,
        activities="from ntro.capabilities.checks import run_quality_check\n" + ACTIVITIES,
    )


def test_a_gate_with_its_answer_may_stay_open_until_its_checks_end(bundle: BundleFactory) -> None:
    directory = with_checks(bundle, ONLY_AT_A_REVIEW)
    verdict = the(verdicts(CHECK, directory))
    assert verdict.message.startswith("review gate `second` takes an approval")
    assert verdict.evidence[0] == (
        "an approval sent right after the answer to the gate of `first`, as a double click, "
        "is taken for its answer"
    )
    again = rerun(verdict, directory)
    assert [(gate.verdict, gate.seen) for gate in again.gates] == [
        ("approved", True),
        (None, False),
    ]


def test_a_gate_that_takes_one_answer_only_is_no_verdict(bundle: BundleFactory) -> None:
    directory = with_checks(bundle, ONCE_PER_REVIEW)
    assert verdicts(CHECK, directory) == []
    twice = Scenario("twice", schedule=[AgentAnswers(), APPROVAL])
    assert [gate.verdict for gate in run(directory, twice).gates] == ["approved", "approved"]


RACE = """
async def review():
    return await self.wait_for_action(payload={{}})

await self._first()
await do(read, 1)
tasks = [asyncio.create_task(review()), asyncio.create_task(asyncio.sleep({seconds}))]
done, waits = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
for task in waits:
    task.cancel()
return await do(post, 1)
"""


def test_a_gate_that_is_given_up_was_opened_by_nobody(bundle: BundleFactory) -> None:
    members = gates("first") + ONLY_AT_A_REVIEW
    assert verdicts(CHECK, reviewed(bundle, RACE.format(seconds=0), members)) == []
    assert verdicts(CHECK, reviewed(bundle, RACE.format(seconds=9), members, slug="later")) == []


LOOP = "for row in range(3):\n    await do(read, row)\n    await self._review()\nreturn 1"


def test_a_gate_that_opens_again_and_again_has_one_verdict(bundle: BundleFactory) -> None:
    verdict = the(verdicts(CHECK, reviewed(bundle, LOOP, gates("review"))))
    assert [line.partition(" is taken")[0] for line in verdict.evidence] == [
        "an approval sent at the very start",
        "an approval sent right after the gate of `review` had closed",
        "an approval sent right after the gate of `review` had closed",
    ]
    assert verdict.comparison is None


@pytest.mark.parametrize("defence", [ONLY_AT_A_REVIEW, ONCE_PER_REVIEW])
def test_a_defence_holds_in_a_loop(bundle: BundleFactory, defence: str) -> None:
    assert verdicts(CHECK, reviewed(bundle, LOOP, gates("review") + defence)) == []


def test_the_time_a_child_runs_lies_between_two_gates(bundle: BundleFactory) -> None:
    run = """
    await self._first()
    await self.run_child_workflow(slug="child", input={}, step_id="call")
    await self._second()
    return 1
    """
    parent = reviewed(bundle, run, gates("first", "second"))
    verdict = the(verdicts(CHECK, parent, child_workflows=[StandIn("child", happy=1)]))
    assert verdict.message.startswith("review gate `second` takes an approval")
    again = rerun(verdict, parent, children=[StandIn("child", happy=1)])
    assert [gate.verdict for gate in again.gates] == ["approved", None]


def test_as_many_moments_are_tried_as_are_enough(bundle: BundleFactory) -> None:
    run = "for row in range(60):\n    await do(read, row)\nawait self._review()\nreturn 1"
    verdict = the(verdicts(CHECK, reviewed(bundle, run, gates("review")), HAPPY))
    assert f"the same at {MAX_MOMENTS - 3} other moments" in verdict.evidence


def test_the_moments_tried_reach_to_the_gate_itself(bundle: BundleFactory) -> None:
    run = f"""
    for row in range(60):
        await do(read, row)
        if row < 59:
            {CLEAR}
    await self._review()
    return 1
    """
    verdict = the(verdicts(CHECK, reviewed(bundle, run, gates("review")), HAPPY))
    assert verdict.evidence[0].startswith("an approval sent after activity `demo.read`")


def test_the_author_may_say_that_an_early_answer_is_welcome(bundle: BundleFactory) -> None:
    run = "await do(read, 1)\nawait self.wait_for_action(payload={{}})  # noqa: {}\nreturn 1"
    silent = reviewed(bundle, run.format("NTR702 -- approvals may come ahead"), "", slug="silent")
    loud = reviewed(bundle, run.format("NTR701 -- nothing to decide"), "", slug="loud")
    assert verdicts(CHECK, silent) == []
    assert the(verdicts(CHECK, loud)).message.startswith("review gate outside any step takes")


def test_a_workflow_without_reviews_has_nothing_to_take(bundle: BundleFactory) -> None:
    assert verdicts(CHECK, reviewed(bundle, "return await do(read, 1)", "")) == []


def test_a_sample_bundle_has_no_verdict_on_its_decisions(sample: Path) -> None:
    made = experiment(sample, *BUILT_IN, child_workflows=children(sample))
    with made.harness:
        for check in (decision_effect.CHECK, CHECK):
            assert list(check.run(made)) == []
