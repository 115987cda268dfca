"""The script of answers for one run: what a person decides, uploads, or leaves undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ntro_testkit.decisions import DIALECTS, Dialect
from ntro_testkit.schedule import Happening

START = datetime(2026, 1, 1, tzinfo=UTC)
"""The virtual time at which runs begin unless a scenario says otherwise."""


@dataclass
class Scenario:
    """One run's answers; the first five fields keep the meaning they have in `ntro.testing`.

    Attributes:
        name: shown in reports and used to select the scenario.
        approve_reviews: the decision at every review gate that nothing below decides.
        review_overrides: step id -> `"approved"` or `"rejected"`.
        corrections: step id -> corrections sent with the decision.
        extra_signal_payloads: signal name -> keys laid over the payload the agent would send.
        decisions: step id -> one decision per opening of its gate, each a word or a whole
            `user_action` payload; when they are used up, the fields above decide.
        row_actions: step id -> row actions sent while its gate is open, before the decision.
        timeouts: step ids or signal names whose gates nobody answers, so that they time out.
        activity_failures: activity name -> the exception its calls raise.
        signals: step id or `"start"` -> (signal name, payload) pairs sent when the workflow waits
            there, before the gate is answered.
        start_time: virtual time of the start, aware.
        may_fail: a workflow failure is a legitimate end, which it is anyway after a rejection, a
            timeout, or an activity failure of the scenario.
        dialect: the one spelling decisions are sent in; None sends all documented ones together.
        schedule: what happens first, in this order (see `ntro_testkit.schedule`).
    """

    name: str
    approve_reviews: bool = True
    review_overrides: Mapping[str, str] = field(default_factory=dict)
    corrections: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    extra_signal_payloads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    decisions: Mapping[str, Sequence[str | Mapping[str, Any]]] = field(default_factory=dict)
    row_actions: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    timeouts: Collection[str] = field(default_factory=tuple)
    activity_failures: Mapping[str, BaseException | type[BaseException]] = field(
        default_factory=dict
    )
    signals: Mapping[str, Sequence[tuple[str, Any]]] = field(default_factory=dict)
    start_time: datetime = START
    dialect: Dialect | None = None
    may_fail: bool = False
    schedule: Sequence[Happening] = ()

    def __post_init__(self) -> None:
        if self.dialect is not None and self.dialect not in DIALECTS:
            raise ValueError(
                f"scenario `{self.name}`: no dialect {self.dialect!r}; "
                f"there are {', '.join(DIALECTS)}"
            )
        if self.start_time.tzinfo is None:
            raise ValueError(
                f"scenario `{self.name}`: start_time needs a time zone, for example tzinfo=UTC"
            )

    def response_for_review(self, step_id: str | None) -> str:
        """Return the decision for a step that has no sequence of its own."""
        if step_id and step_id in self.review_overrides:
            return self.review_overrides[step_id]
        return "approved" if self.approve_reviews else "rejected"

    def decision(self, step_id: str | None, opening: int) -> str | Mapping[str, Any]:
        """Return the decision for the `opening`-th gate (from 0) of a step."""
        sequence = self.decisions.get(step_id or "", ())
        return sequence[opening] if opening < len(sequence) else self.response_for_review(step_id)


HAPPY = Scenario(name="happy")
"""Every review is approved, every upload arrives."""

REJECT_ALL = Scenario(name="reject_all", approve_reviews=False)
"""Every review is rejected, every upload arrives."""

BUILT_IN_SCENARIOS: Mapping[str, Scenario] = {HAPPY.name: HAPPY, REJECT_ALL.name: REJECT_ALL}
