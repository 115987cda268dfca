"""Every field of a scenario does what it says, gate by gate."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit import BUILT_IN_SCENARIOS, HAPPY, REJECT_ALL, RunResult, Scenario
from tests.bundles import run
from tests.conftest import BundleFactory

REVIEW = """
@runbook.step(name="{name}", title="Review")
async def _{name}(self):
    return await self.wait_for_action(payload={{"rows": [1]}})
"""


@pytest.fixture
def reviews(bundle: BundleFactory) -> Path:
    """Two review gates; the result is the two answers."""
    return bundle(
        run="return [await self._first(), await self._second()]",
        members=REVIEW.format(name="first") + REVIEW.format(name="second"),
    )


def answers(result: RunResult) -> list[dict[str, Any]]:
    assert result.status == "completed", result.error
    found: list[dict[str, Any]] = result.result
    return found


APPROVED = {"kind": "approve", "type": "approved", "action": "approved"}
REJECTED = {"kind": "reject", "type": "rejected", "action": "rejected"}


def test_happy_approves_every_review_in_all_dialects_together(reviews: Path) -> None:
    assert answers(run(reviews, HAPPY)) == [APPROVED, APPROVED]


def test_reject_all_rejects_every_review_in_all_dialects_together(reviews: Path) -> None:
    assert answers(run(reviews, REJECT_ALL)) == [REJECTED, REJECTED]


@pytest.mark.parametrize(
    "dialect, approved, rejected",
    [
        ("tenant", {"type": "approved"}, {"type": "rejected"}),
        ("page", {"action": "approved"}, {"action": "rejected"}),
        ("agent", {"action": "approve"}, {"action": "reject"}),
        ("button", {"kind": "approve"}, {"kind": "reject"}),
    ],
)
def test_a_dialect_sends_exactly_its_own_spelling(
    reviews: Path, dialect: Any, approved: dict[str, str], rejected: dict[str, str]
) -> None:
    scenario = Scenario("spelt", review_overrides={"second": "rejected"}, dialect=dialect)
    assert answers(run(reviews, scenario)) == [approved, rejected]


def test_an_unknown_dialect_is_an_error_that_names_the_known(reviews: Path) -> None:
    with pytest.raises(ValueError, match="tenant"):
        run(reviews, Scenario("x", dialect="english"))  # type: ignore[arg-type]


def test_an_override_rejects_one_step(reviews: Path) -> None:
    """D9."""
    scenario = Scenario("one_no", review_overrides={"second": "rejected"})
    assert answers(run(reviews, scenario)) == [APPROVED, REJECTED]


def test_an_override_approves_one_step_of_a_rejecting_scenario(reviews: Path) -> None:
    scenario = Scenario("one_yes", approve_reviews=False, review_overrides={"first": "approved"})
    assert answers(run(reviews, scenario)) == [APPROVED, REJECTED]


def test_corrections_go_with_the_decision_of_their_step(reviews: Path) -> None:
    """D9."""
    rows = [{"line_index": 1, "field": "amount", "new_value": "2"}]
    first, second = answers(run(reviews, Scenario("fixed", corrections={"first": rows})))
    assert first["corrections"] == rows
    assert "corrections" not in second


def test_decisions_are_used_one_per_opening_then_the_default(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        seen = []
        while True:
            answer = await self._review()
            seen.append(answer["type"])
            if answer["type"] == "approved":
                return seen
        """,
        members=REVIEW.format(name="review"),
    )
    scenario = Scenario("twice_no", decisions={"review": ["rejected", "rejected"]})
    assert run(directory, scenario).result == ["rejected", "rejected", "approved"]


def test_a_decision_may_be_a_whole_payload(reviews: Path) -> None:
    payload = {"action": "reject", "reason": "wrong month", "actedBy": "ines"}
    scenario = Scenario("said", decisions={"first": [payload]})
    assert answers(run(reviews, scenario)) == [payload, APPROVED]


def test_a_word_that_is_no_decision_is_an_error(reviews: Path) -> None:
    with pytest.raises(ValueError, match="maybe"):
        run(reviews, Scenario("x", review_overrides={"first": "maybe"}))


def test_row_actions_are_sent_before_the_decision(bundle: BundleFactory) -> None:
    directory = bundle(
        run="return [await self._review(), self.rows]",
        members="def __init__(self):\n    super().__init__()\n    self.rows = []\n"
        "def on_row_action(self, action):\n    self.rows.append(action)\n"
        + REVIEW.format(name="review"),
    )
    rows = [{"row_id": "1", "action": "reject_row"}, {"row_id": "2", "action": "edit_cell"}]
    result = run(directory, Scenario("rows", row_actions={"review": rows}))
    answer, seen = result.result
    assert answer == APPROVED
    assert seen == [{"kind": "row_action", **row} for row in rows]
    assert [event.kind for event in result.events] == ["row_action", "row_action", "review", "done"]


def test_an_activity_failure_names_an_activity(bundle: BundleFactory) -> None:
    directory = bundle(
        activities="@activity.defn(name='demo.one')\nasync def one() -> int: ...\n",
        run="return await do(one)",
    )
    result = run(directory, Scenario("down", activity_failures={"demo.one": OSError}))
    assert result.status == "failed"
    assert result.passed, "the scenario provoked it"


SIGNALS = {
    "members": """
    def __init__(self):
        super().__init__()
        self.seen = []

    @runbook.signal(name="data_submitted")
    def on_data(self, event: dict) -> None:
        self.seen.append(event)

    @runbook.step(name="inbox", title="Inbox")
    async def _inbox(self):
        await self.wait_for_action(payload={})
    """
}


def test_signals_at_start_reach_the_instance_by_their_wire_name(bundle: BundleFactory) -> None:
    """D41."""
    directory = bundle(
        run="await runbook.wait_condition(lambda: len(self.seen) == 2)\nreturn self.seen", **SIGNALS
    )
    scenario = Scenario(
        "posted", signals={"start": [("data_submitted", {"n": 1}), ("data_submitted", {"n": 2})]}
    )
    result = run(directory, scenario)
    assert result.result == [{"n": 1}, {"n": 2}]
    assert [sent.name for sent in result.signals] == ["data_submitted"] * 2


def test_signals_at_a_gate_arrive_while_it_is_open(bundle: BundleFactory) -> None:
    directory = bundle(run="await self._inbox()\nreturn self.seen", **SIGNALS)
    result = run(directory, Scenario("x", signals={"inbox": [("data_submitted", {"n": 1})]}))
    assert result.result == [{"n": 1}]
    assert [sent.name for sent in result.signals] == ["data_submitted", "user_action"]


def test_a_signal_nobody_handles_is_said(bundle: BundleFactory) -> None:
    result = run(bundle(run="return 1"), Scenario("x", signals={"start": [("nope", {})]}))
    waiting = run(
        bundle("waiting", run="await asyncio.sleep(1)"),
        Scenario("x", signals={"start": [("nope", {})]}),
    )
    assert result.status == "completed"
    assert "nope" in (waiting.signals[0].problem or "")
    assert "nope" in waiting.summary()


def test_a_gate_in_the_timeouts_is_left_to_its_timeout(bundle: BundleFactory) -> None:
    directory = bundle(
        run="""
        try:
            await self._wait()
        except asyncio.TimeoutError:
            return "timed out"
        """,
        members="""
        @runbook.signal
        def document_submitted(self, event: dict) -> None:
            self.arrived = True
        @runbook.step(name="upload", title="Upload")
        async def _wait(self):
            await self.await_signal_with_action(
                predicate=lambda: getattr(self, "arrived", False),
                action=asks_for("document_submitted", runbook.info().workflow_id),
                timeout=timedelta(hours=24),
            )
        """,
    )
    assert run(directory).result is None
    for timeouts in (["upload"], {"upload"}, ("document_submitted",)):
        result = run(directory, Scenario("late", timeouts=timeouts))
        assert (result.result, result.virtual_duration_s) == ("timed out", 86_400)
        assert [gate.verdict for gate in result.gates] == ["timeout"]


def test_a_stale_approval_opens_the_next_gate_as_on_temporal(reviews: Path) -> None:
    """D42."""
    scenario = Scenario("double", signals={"first": [("user_action", {"type": "approved"})] * 2})
    result = run(reviews, scenario)
    assert {"type": "approved"} in answers(result)


# -- code written for ntro.testing 0.1.2 -------------------------------------------------


def test_a_scenario_is_built_positionally_as_in_ntro_testing() -> None:
    scenario = Scenario("old", False, {"a": "approved"}, {"a": [{"x": 1}]}, {"signal": {"y": 2}})
    assert scenario.approve_reviews is False
    assert scenario.review_overrides == {"a": "approved"}
    assert scenario.corrections == {"a": [{"x": 1}]}
    assert scenario.extra_signal_payloads == {"signal": {"y": 2}}
    assert scenario.start_time == datetime(2026, 1, 1, tzinfo=UTC)


def test_two_scenarios_do_not_share_their_defaults() -> None:
    first, second = Scenario("a"), Scenario("b")
    first.review_overrides["x"] = "rejected"  # type: ignore[index]
    assert second.review_overrides == {}


def test_the_old_method_of_a_scenario_is_there() -> None:
    scenario = Scenario("old", review_overrides={"a": "rejected"})
    assert scenario.response_for_review("a") == "rejected"
    assert scenario.response_for_review(None) == "approved"


def test_a_subclass_that_decides_itself_is_asked(reviews: Path) -> None:
    class Alternating(Scenario):
        def response_for_review(self, step_id: str | None) -> str:
            return "rejected" if step_id == "first" else "approved"

    assert answers(run(reviews, Alternating("mine"))) == [REJECTED, APPROVED]


def test_the_built_in_scenarios_are_found_by_name() -> None:
    assert dict(BUILT_IN_SCENARIOS) == {"happy": HAPPY, "reject_all": REJECT_ALL}
