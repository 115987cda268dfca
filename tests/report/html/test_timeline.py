"""Timelines: the order of a run, what ended how, and where everything is drawn."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntro_testkit import HAPPY, REJECT_ALL, Scenario
from ntro_testkit.report.html.layout import COLUMN, Bar, layout
from ntro_testkit.report.html.text import brief, duration
from ntro_testkit.report.html.timeline import LIMIT, Item, LaneKind, Timeline, timeline
from ntro_testkit.trace import ActivityCall, RunResult, Trace
from tests.bundles import run
from tests.conftest import BundleFactory
from tests.test_fixtures import RUNBOOKS

REVIEW = {
    "run": "await self._review()\nreturn await do(activities.post, 'x')",
    "members": """
    @runbook.step(name="review", title="Review")
    async def _review(self):
        await do(activities.prepare, "x")
        return await self.wait_for_action(payload={})
    """,
    "activities": """
    @activity.defn(name="demo.prepare")
    async def prepare(text: str) -> str: ...

    @activity.defn(name="demo.post")
    async def post(text: str) -> str: ...
    """,
}

UPLOAD = {
    "run": "return await self._upload()",
    "members": """
    @runbook.signal
    def sent(self, event: dict) -> None: ...

    @runbook.step(name="upload", title="Upload")
    async def _upload(self):
        await self.await_signal_with_action(
            predicate=lambda: False,
            action=asks_for("sent", runbook.info().workflow_id),
            timeout=timedelta(hours=24),
        )
    """,
}
NOBODY_COMES = Scenario("nobody_comes", timeouts=["upload"])


def named(drawn: Timeline, lane: LaneKind) -> dict[str, Item]:
    return {item.label: item for _, item in drawn.items() if item.lane == lane}


@pytest.mark.parametrize("backend", ["local", "sdk"])
def test_things_at_one_virtual_time_stand_in_the_order_they_happened(backend: str) -> None:
    if backend == "sdk":
        pytest.importorskip("temporalio", reason="this backend is its workflow instance")
    drawn = timeline(run(RUNBOOKS / "petty-cash", backend=backend))
    order = [(item.lane, item.label) for _, item in drawn.items()]
    assert {item.start.at_s for _, item in drawn.items()} == {0}
    upload, review = ("gates", "upload"), ("gates", "review")
    posted = next(pair for pair in order if pair[1].endswith(".post_slip"))
    assert order.index(upload) < order.index(review) < order.index(posted)
    gates, signals = named(drawn, "gates"), named(drawn, "signals")
    assert gates["review"].end == signals["user_action"].start
    assert gates["upload"].end == signals["document_submitted"].start


@pytest.mark.parametrize(
    "scenario, outcome, tone",
    [(HAPPY, "approved", "good"), (REJECT_ALL, "rejected", "bad")],
    ids=["approved", "rejected"],
)
def test_a_gate_says_how_it_was_closed(
    bundle: BundleFactory, scenario: Scenario, outcome: str, tone: str
) -> None:
    drawn = timeline(run(bundle(**REVIEW), scenario))
    gate, calls = named(drawn, "gates")["review"], named(drawn, "activities")
    assert (gate.outcome, gate.tone) == (outcome, tone)
    assert calls["demo.prepare"].end == gate.start
    assert gate.end == calls["demo.post"].start


def test_a_gate_that_timed_out_says_so(bundle: BundleFactory) -> None:
    drawn = timeline(run(bundle(**UPLOAD), NOBODY_COMES))
    gate, timer = named(drawn, "gates")["upload"], named(drawn, "timers")["1 d"]
    assert (gate.outcome, gate.tone) == ("timed out", "quiet")
    assert (timer.outcome, timer.end) == ("fired", gate.end)


def test_a_day_takes_no_more_room_than_an_instant(bundle: BundleFactory) -> None:
    placed = layout(timeline(run(bundle(**UPLOAD), NOBODY_COMES)))
    [(start, _), (end, seconds)] = placed.ticks
    assert seconds == 24 * 60 * 60
    assert end - start == COLUMN


def test_what_had_not_ended_with_the_run_is_open(bundle: BundleFactory) -> None:
    never = "from ntro.workflow import activity\n@activity.defn\nasync def never() -> None: ...\n"
    directory = bundle(
        top="from . import hidden",
        run="await do(hidden.never)",
        files={"templates/hidden.py": never},
    )
    stuck = run(directory)
    assert stuck.status == "stuck"
    [call] = named(timeline(stuck), "activities").values()
    assert (call.outcome, call.tone, call.end) == ("no answer (unregistered)", "open", None)


def test_children_are_tracks_of_their_own_below_their_parent() -> None:
    pytest.importorskip("temporalio", reason="nav-monthly's checks import it")
    children = [RUNBOOKS / "document-collect", RUNBOOKS / "nav-monthly-journals"]
    drawn = timeline(run(RUNBOOKS / "nav-monthly", children=children))
    assert [(track.slug, track.depth) for track in drawn.tracks] == [
        ("nav-monthly", 0),
        ("document-collect", 1),
        ("document-collect", 1),
        ("nav-monthly-journals", 1),
    ]
    for track in drawn.tracks[1:]:
        child = named(drawn, "children")[track.slug]
        assert child.tone == "good"
        assert all(child.start <= item.start for item in track.items)


def test_ten_thousand_events_are_cut_with_their_number() -> None:
    calls = [ActivityCall(f"a{n}", [], "w", None, n, None) for n in range(10_000)]
    drawn = timeline(RunResult("s", "w", "completed", trace=Trace(activities=calls)))
    assert len(drawn.items()) == LIMIT
    assert drawn.left_out == 10_000 - LIMIT
    assert [item.label for _, item in drawn.items()][:2] == ["a0", "a1"]


SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 9) | st.none(), st.text("ab", max_size=40)),
    max_size=30,
)


@given(SPANS)
def test_no_two_bars_of_a_lane_cover_each_other(spans: list[tuple[int, int | None, str]]) -> None:
    calls = [
        ActivityCall(name, [], "w", None, at, None, closed_s=None if spent is None else at + spent)
        for at, spent, name in spans
    ]
    placed = layout(timeline(RunResult("s", "w", "completed", trace=Trace(activities=calls))))
    bars = [bar for box in placed.boxes for lane in box.lanes for bar in lane.bars]
    assert len(bars) == len(spans)
    for one, other in itertools.combinations(bars, 2):
        assert one.y != other.y or apart(one, other)
    assert all(bar.reach <= placed.width and bar.y < placed.height for bar in bars)


def apart(one: Bar, other: Bar) -> bool:
    return one.reach <= other.x or other.reach <= one.x


def test_a_label_stands_in_its_bar_if_there_is_room_else_behind_it() -> None:
    spans = {"brief": 1, "a_name_longer_than_a_column": 1, "later": 2}
    calls = [
        ActivityCall(name, [], "w", None, 0, None, closed_s=end) for name, end in spans.items()
    ]
    placed = layout(timeline(RunResult("s", "w", "completed", trace=Trace(activities=calls))))
    inside, behind, _ = placed.boxes[0].lanes[0].bars
    assert inside.label_x < inside.x + inside.width < behind.label_x


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.001, "1 ms"),
        (0.25, "250 ms"),
        (1.5, "1.5 s"),
        (59.999, "60 s"),
        (90, "1 min 30 s"),
        (3600, "1 h"),
        (86_400, "1 d"),
        (187_200, "2 d 4 h"),
        (30 * 86_400, "30 d"),
    ],
)
def test_times_are_written_from_milliseconds_to_days(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@given(st.text(st.characters()), st.integers(2, 40))
def test_a_brief_text_is_one_line_of_its_length(text: str, limit: int) -> None:
    short = brief(text, limit)
    assert len(short) <= limit
    assert "\n" not in short
