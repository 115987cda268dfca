"""NTR701: which dialects a gate understands, told from what approvals and rejections lead to."""

from __future__ import annotations

from pathlib import Path

import pytest

from ntro_testkit import HAPPY, Scenario, StandIn
from ntro_testkit.checks.decisions.decision_effect import CHECK
from ntro_testkit.checks.examining import charge, examine
from ntro_testkit.verdict import Verdict
from tests.bundles import line_of
from tests.checks.examination import BUILT_IN, experiment, rerun, verdicts
from tests.conftest import BundleFactory

ACTIVITIES = """
@activity.defn(name="demo.post")
async def post(number: int) -> str: ...

@activity.defn(name="demo.record")
async def record(answer: Any) -> None: ...

@activity.defn(name="demo.store_rejection")
async def store_rejection(number: int) -> None: ...

@activity.defn(name="demo.audit")
async def audit(answer: Any) -> str: ...
"""

GATE = """
@runbook.step(name="{step}", title="Check")
async def _{step}(self) -> Any:
    return await self.wait_for_action(payload={{"amount": 7}})
"""

WORDS = """
def decision_of(answer):
    words = [str(answer.get(key, "")).lower() for key in ("kind", "type", "action")]
    if "reject" in words or "rejected" in words:
        return "rejected"
    return "approved" if "approve" in words or "approved" in words else "rejected"
"""

POST_UNLESS_REJECTED = """
answer = await self._review()
if {rejected}:
    return "rejected"
return await do(post, 1)
"""

MODEL = """
class Answer(BaseModel):
    kind: str = ""
    type: str = ""
    action: str = ""
"""


def review(bundle: BundleFactory, run: str, top: str = WORDS, more: str = "") -> Path:
    """Write a bundle with a review gate `review`."""
    return bundle(
        run=run,
        top=top,
        members=GATE.format(step="review") + more,
        activities=ACTIVITIES,
        models=MODEL,
    )


def the(found: list[Verdict]) -> Verdict:
    [verdict] = found
    assert verdict.code == "NTR701"
    assert verdict.line is not None
    return verdict


SOUND = {
    "reads every key": POST_UNLESS_REJECTED.format(rejected='decision_of(answer) == "rejected"'),
    "goes through the values": POST_UNLESS_REJECTED.format(
        rejected='{"reject", "rejected"} & set(answer.values())'
    ),
    "reads it as a model": POST_UNLESS_REJECTED.format(
        rejected='decision_of(Answer.model_validate(answer).model_dump()) == "rejected"'
    ),
    "matches it": """
        match await self._review():
            case {"kind": "reject"} | {"type": "rejected"} | {"action": "reject" | "rejected"}:
                return "rejected"
            case _:
                return await do(post, 1)
        """,
    "asks again after a rejection": """
        while decision_of(await self._review()) == "rejected":
            pass
        return await do(post, 1)
        """,
    "fails on a rejection": """
        if decision_of(await self._review()) == "rejected":
            raise WorkflowError("rejected", type="REJECTED")
        return await do(post, 1)
        """,
    "says it in the result alone": "return decision_of(await self._review())",
    "shows it at the next gate alone": """
        shown = {"first": decision_of(await self._review())}
        await self.wait_for_action(payload=shown)  # noqa: NTR701 -- a notice
        return None
        """,
    "lets an activity decide": "return await do(audit, await self._review())",
    "keeps what was rejected": """
        if decision_of(await self._review()) == "rejected":
            return await do(store_rejection, 1)
        return None
        """,
    "notes the decision": """
        decision = decision_of(await self._review())
        if decision == "rejected":
            await do(record, decision)
        return None
        """,
    "stores and asks again after a rejection": """
        while decision_of(await self._review()) == "rejected":
            await do(post, 1)
        return None
        """,
    "does it under another name": """
        if decision_of(await self._review()) == "approved":
            return await do(audit, 1)
        return await do(post, 0)
        """,
    "leaves the rest to its caller": """
        if decision_of(await self._review()) == "approved":
            return "approved"
        return await do(post, 0)
        """,
    "compensates a rejection": """
        posted = await do(post, 1)
        if decision_of(await self._review()) == "rejected":
            await do(post, -1)
        return posted
        """,
}


@pytest.mark.parametrize("run", [pytest.param(run, id=name) for name, run in SOUND.items()])
def test_a_gate_at_which_rejecting_matters_is_no_verdict(bundle: BundleFactory, run: str) -> None:
    assert verdicts(CHECK, review(bundle, run)) == []


@pytest.mark.parametrize(
    "run, reads",
    [
        ("await self._review()\nreturn await do(post, 1)", "was not seen to read the answer"),
        (
            "answer = await self._review()\nanswer.get('choice') == 'no'\nreturn await do(post, 1)",
            "reads `choice`",
        ),
        ("seen = dict(await self._review())\nreturn 1", "reads the answer as a whole"),
        ("str(await self._review())\nreturn 1", "reads the answer as a whole"),
    ],
)
def test_an_answer_that_changes_nothing_is_a_verdict_with_what_is_read(
    bundle: BundleFactory, run: str, reads: str
) -> None:
    directory = review(bundle, run)
    verdict = the(verdicts(CHECK, directory))
    assert verdict.message == (
        "review gate `review`: approval and rejection make no difference (in all dialects); the "
        f"workflow {reads}"
    )
    assert verdict.scenario == "reject_all"
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "wait_for_action")
    assert verdict.comparison is None


def test_words_of_a_bundles_own_have_no_effect_in_any_dialect(bundle: BundleFactory) -> None:
    """D4: no client sends `choice`."""
    run = POST_UNLESS_REJECTED.format(rejected='answer.get("choice") == "no"')
    verdict = the(verdicts(CHECK, review(bundle, run)))
    assert "make no difference (in all dialects)" in verdict.message
    assert "reads `choice`" in verdict.message


def test_a_rejection_under_one_key_is_an_approval_to_the_other_clients(
    bundle: BundleFactory,
) -> None:
    directory = review(
        bundle, POST_UNLESS_REJECTED.format(rejected='answer.get("kind") == "reject"')
    )
    verdict = the(verdicts(CHECK, directory))
    assert verdict.message == (
        "review gate `review`: from tenant, page and agent the rejection is taken for an approval; "
        "the workflow reads `kind`"
    )
    assert verdict.evidence == (
        'tenant {"type": "approved"} / {"type": "rejected"}: the rejection is taken for an '
        "approval",
        'page {"action": "approved"} / {"action": "rejected"}: the rejection is taken for an '
        "approval",
        'agent {"action": "approve"} / {"action": "reject"}: the rejection is taken for an '
        "approval",
        'button {"kind": "approve"} / {"kind": "reject"}: honoured',
    )
    assert verdict.comparison is not None
    assert verdict.comparison.right == 'rejection {"type": "rejected"}'
    [right] = [right for _, right in verdict.comparison.rows if right and "demo.post" in right]
    assert right.startswith("schedule_activity demo.post")
    again = rerun(verdict, directory)
    assert again.called("demo.post")
    assert again.gates[0].verdict == "rejected"


def test_an_approval_under_one_key_is_a_rejection_to_the_other_clients(
    bundle: BundleFactory,
) -> None:
    run = POST_UNLESS_REJECTED.format(rejected='answer.get("type") != "approved"')
    verdict = the(verdicts(CHECK, review(bundle, run)))
    assert verdict.message == (
        "review gate `review`: from page, agent and button the approval is taken for a rejection; "
        "the workflow reads `type`"
    )


def test_a_dialect_that_is_read_as_its_opposite_is_told_from_the_others(
    bundle: BundleFactory,
) -> None:
    run = POST_UNLESS_REJECTED.format(
        rejected='answer.get("action") == "approve" or answer.get("action") != "reject" '
        'and decision_of(answer) == "rejected"'
    )
    verdict = the(verdicts(CHECK, review(bundle, run)))
    assert verdict.message.startswith(
        "review gate `review`: from agent approval and rejection are taken for each other"
    )
    assert [line for line in verdict.evidence if line.endswith("honoured")] != []


def test_a_dialect_that_the_others_outvote_is_the_one_that_is_read_as_its_opposite(
    bundle: BundleFactory,
) -> None:
    """The payload that carries all dialects is read by the key that is wrong."""
    run = POST_UNLESS_REJECTED.format(
        rejected='(answer["kind"] == "approve") if "kind" in answer '
        'else decision_of(answer) == "rejected"'
    )
    verdict = the(verdicts(CHECK, review(bundle, run), HAPPY))
    assert verdict.message.startswith(
        "review gate `review`: from button approval and rejection are taken for each other"
    )
    assert verdict.scenario == "happy"


def test_a_key_that_is_missing_fails_the_workflow_task(bundle: BundleFactory) -> None:
    run = POST_UNLESS_REJECTED.format(rejected='answer["type"] == "rejected"')
    verdict = the(verdicts(CHECK, review(bundle, run)))
    assert verdict.message.startswith(
        "review gate `review`: from page, agent and button the rejection fails the workflow task "
        "(KeyError: 'type')"
    )


def test_an_answer_that_the_handler_drops_leaves_the_gate_open(bundle: BundleFactory) -> None:
    handler = """
@runbook.signal
def user_action(self, action: dict[str, Any]) -> None:
    if "type" in action:
        super().user_action(action)
"""
    run = POST_UNLESS_REJECTED.format(rejected='answer["type"] == "rejected"')
    verdict = the(verdicts(CHECK, review(bundle, run, more=handler)))
    assert verdict.message.startswith(
        "review gate `review`: from page, agent and button approval and rejection leave the gate "
        "open"
    )


def test_a_dialect_that_is_not_understood_is_asked_for_again(bundle: BundleFactory) -> None:
    run = """
    while True:
        answer = await self._review()
        if answer.get("type") == "rejected":
            return "rejected"
        if answer.get("type") == "approved":
            return await do(post, 1)
    """
    verdict = the(verdicts(CHECK, review(bundle, run)))
    assert "page, agent and button the gate asks again after either answer" in verdict.message


def test_a_run_that_hangs_on_the_rejection_of_one_client_is_a_verdict(
    bundle: BundleFactory,
) -> None:
    run = """
    answer = await self._review()
    if answer.get("kind") == "reject":
        await runbook.wait_condition(lambda: False)
    return decision_of(answer)
    """
    verdict = the(verdicts(CHECK, review(bundle, run), HAPPY))
    assert "from button the run hangs after the rejection" in verdict.message


def test_an_answer_that_is_only_written_down_does_not_count_where_others_decide(
    bundle: BundleFactory,
) -> None:
    run = """
    answer = await self._review()
    await do(audit, answer)
    if answer.get("kind") == "reject":
        return "rejected"
    return await do(post, 1)
    """
    verdict = the(verdicts(CHECK, review(bundle, run)))
    assert "from tenant, page and agent the rejection is taken for an approval" in verdict.message


SWAPPED = """
if decision_of(await self._review()) == "approved":
    return "rejected"
return await do(post, 1)
"""


def test_a_workflow_that_does_what_was_refused_in_every_dialect_is_seen(
    bundle: BundleFactory,
) -> None:
    directory = review(bundle, SWAPPED)
    verdict = the(verdicts(CHECK, directory))
    assert verdict.message.startswith(
        "review gate `review`: approval and rejection are taken for each other (in all dialects)"
    )
    assert verdict.comparison is not None
    assert verdict.comparison.left.startswith("approval ")
    assert any("demo.post" in right for _, right in verdict.comparison.rows if right)
    again = rerun(verdict, directory)
    assert [gate.verdict for gate in again.gates] == ["rejected"]
    assert again.called("demo.post")


def test_what_a_child_does_may_be_what_was_approved(bundle: BundleFactory) -> None:
    run = """
    if decision_of(await self._review()) == "approved":
        return await self.run_child_workflow(slug="posting", input={}, step_id="call")
    return await do(post, 1)
    """
    posting = StandIn("posting", happy=1)
    assert verdicts(CHECK, review(bundle, run), child_workflows=[posting]) == []


def test_each_gate_has_a_verdict_of_its_own(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        await self._first()
        if decision_of(await self._second()) == "rejected":
            return "rejected"
        await self._third()
        return "done"
        """,
        top=WORDS,
        members="".join(GATE.format(step=step) for step in ("first", "second", "third")),
    )
    found = verdicts(CHECK, directory)
    assert [verdict.message.partition(":")[0] for verdict in found] == [
        "review gate `first`",
        "review gate `third`",
    ]


def test_a_gate_that_only_a_rejection_leads_to_is_looked_at_too(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        if decision_of(await self._review()) == "rejected":
            await self._sure()
            return "rejected"
        return await do(post, 1)
        """,
        top=WORDS,
        members=GATE.format(step="review") + GATE.format(step="sure"),
        activities=ACTIVITIES,
    )
    verdict = the(verdicts(CHECK, directory))
    assert verdict.message.startswith("review gate `sure`: approval and rejection make no diff")
    again = rerun(verdict, directory)
    assert [gate.step for gate in again.gates] == ["review", "sure"]


def test_a_gate_that_looks_only_once_is_found_at_its_second_opening(bundle: BundleFactory) -> None:
    run = """
    for row in (1, 2, 3):
        answer = await self._review()
        if row == 1 and decision_of(answer) == "rejected":
            return "rejected"
        await do(post, row)
    return "posted"
    """
    verdict = the(verdicts(CHECK, review(bundle, run)))
    assert verdict.evidence[-1] == "seen at opening 2 of the gate"
    decisions = [gate.verdict for gate in rerun(verdict, review(bundle, run)).gates]
    assert decisions == ["approved", "rejected", "approved"]


def test_a_gate_outside_any_step_has_a_verdict(bundle: BundleFactory) -> None:
    verdict = the(verdicts(CHECK, bundle(run="await self.wait_for_action(payload={})")))
    assert verdict.message.startswith("review gate outside any step: approval and rejection")


@pytest.mark.parametrize("parent_decides", [True, False])
def test_a_childs_gate_of_the_same_name_is_not_mixed_up_with_the_parents(
    bundle: BundleFactory, parent_decides: bool
) -> None:
    decides = POST_UNLESS_REJECTED.format(rejected='decision_of(answer) == "rejected"')
    ignores = "await self._review()\nreturn await do(post, 1)"
    call_child = 'await self.run_child_workflow(slug="child", input={}, step_id="call")\n'
    parts = {"top": WORDS, "members": GATE.format(step="review"), "activities": ACTIVITIES}
    child = bundle("child", run=ignores if parent_decides else decides, takes="given: Any", **parts)
    parent = bundle("parent", run=call_child + (decides if parent_decides else ignores), **parts)
    found = verdicts(CHECK, parent, child_workflows=[child])
    assert [verdict.slug for verdict in found] == ([] if parent_decides else ["parent"])


IGNORED = "await self.wait_for_action(payload={{}})  # noqa: {codes}\nreturn 1"


def test_the_author_may_say_that_there_is_nothing_to_decide(bundle: BundleFactory) -> None:
    silent = bundle("silent", run=IGNORED.format(codes="NTR701 -- a notice, nothing to refuse"))
    loud = bundle("loud", run=IGNORED.format(codes="NTR702 -- about something else"))
    assert verdicts(CHECK, silent) == []
    the(verdicts(CHECK, loud))


def test_reject_all_passes_only_where_a_rejection_changes_something(bundle: BundleFactory) -> None:
    ignoring = bundle("ignoring", run="await self.wait_for_action(payload={})\nreturn 1")
    deciding = bundle("deciding", run="return decision_of(await self.wait_for_action())", top=WORDS)
    assert passed(ignoring) == [True, False]
    assert passed(deciding) == [True, True]


def passed(bundle: Path) -> list[bool]:
    """Tell whether HAPPY and REJECT_ALL pass once the check has spoken."""
    made = experiment(bundle, *BUILT_IN)
    with made.harness:
        charge(made, examine(made, checks=[CHECK]))
        return [examined.result.passed for examined in made.runs]


def test_a_handler_that_takes_a_model_is_judged_without_knowing_what_it_reads(
    bundle: BundleFactory,
) -> None:
    handler = """
@runbook.signal
def user_action(self, action: Answer) -> None:
    super().user_action(action.model_dump())
"""
    run = POST_UNLESS_REJECTED.format(rejected='answer["kind"] == "reject"')
    verdict = the(verdicts(CHECK, review(bundle, run, more=handler)))
    assert verdict.message.endswith("the rejection is taken for an approval")


def test_a_gate_that_only_an_authors_scenario_reaches_is_looked_at_too(
    bundle: BundleFactory,
) -> None:
    directory = bundle(
        run="""
        try:
            await do(read, 1)
        except ActivityError:
            await self._repair()
        return "done"
        """,
        members=GATE.format(step="repair"),
        activities='@activity.defn(name="demo.read")\nasync def read(number: int) -> int: ...\n',
    )
    broken = Scenario("broken", activity_failures={"demo.read": ValueError("no such file")})
    assert verdicts(CHECK, directory, HAPPY) == []
    verdict = the(verdicts(CHECK, directory, HAPPY, broken))
    assert verdict.message.startswith("review gate `repair`: approval and rejection make no")
