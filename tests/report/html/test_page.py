"""The page: what is on it, that it loads nothing, and that whatever it shows stays text."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_rules.finding import Report, Summary
from ntro_testkit import HAPPY, REJECT_ALL, RunResult
from ntro_testkit.report.html import Card, Excerpt, Section, html
from ntro_testkit.report.html.anchors import Anchors
from ntro_testkit.report.html.cards import MOST
from ntro_testkit.report.html.decisions import MOST_COMPARED
from ntro_testkit.report.html.side_by_side import Row, aligned
from ntro_testkit.report.html.timeline import LIMIT
from ntro_testkit.report.printable import printable
from ntro_testkit.trace import ActivityCall, Command, SourceLine, Trace
from ntro_testkit.verdict import Verdict
from tests.bundles import line_of, run
from tests.report.html.pages import HOSTILE, lint_report_of, page_of, parsed, verdict_of
from tests.test_fixtures import RUNBOOKS

PETTY_CASH = RUNBOOKS / "petty-cash"
WORKFLOW = PETTY_CASH / "templates/workflow.py"


def both() -> list[RunResult]:
    return [run(PETTY_CASH, HAPPY), run(PETTY_CASH, REJECT_ALL)]


def text_of(page: str) -> str:
    return "".join(parsed(page).texts)


# -- what is on it -----------------------------------------------------------------------------


def test_it_counts_what_passed_and_failed_and_what_was_found() -> None:
    runs = both()
    runs[1].verdicts.append(verdict_of("stale", scenario="reject_all"))
    text = text_of(html(runs, lint_report=Report((), Summary())))
    assert "1 passed" in text
    assert "1 failed" in text
    assert "1 verdicts" in text
    assert "0 lint findings" in text


def test_each_scenario_can_be_linked_to() -> None:
    found = parsed(html(both()))
    assert {"scenario-happy", "scenario-reject_all", "scenarios"} <= set(found.values("id"))
    assert "#scenario-happy" in found.values("href")


def test_every_link_leads_to_a_place_that_is_there_once() -> None:
    found = parsed(html(both() + both(), sections=[Section("Verdicts"), Section("Scenarios")]))
    anchors = found.values("id")
    assert len(set(anchors)) == len(anchors)
    assert {f"#{anchor}" for anchor in anchors} >= set(found.values("href"))


def test_happy_stands_beside_reject_all_with_what_differs_marked() -> None:
    page = html(both())
    [section] = re.findall(r'<section id="decisions">.*?</section>', page)
    assert "post_slip" in section
    assert "<mark>" in section
    assert "differ, ids apart" in section


def test_a_decision_without_effect_is_said_where_the_runs_stand_side_by_side() -> None:
    happy, other = run(PETTY_CASH, HAPPY), run(PETTY_CASH, HAPPY)
    other.scenario = REJECT_ALL.name
    assert "what is decided has no effect" in text_of(html([happy, other]))


def test_coverage_is_merged_over_the_runs_of_a_bundle() -> None:
    found = parsed(html(both()))
    happy, rejected = (each.coverage for each in both())
    merged = happy.merged(rejected)
    assert found.values("max") == [str(len(merged.items))]
    assert [
        value for tag, name, value in found.attributes if (tag, name) == ("meter", "value")
    ] == [str(len(merged.reached()))]
    assert len(merged.reached()) > len(happy.reached())


def test_a_verdict_is_shown_with_its_source_line_and_what_reproduces_it() -> None:
    happy = run(PETTY_CASH)
    number = line_of(PETTY_CASH, "await self.wait_for_action(")
    happy.verdicts.append(
        Verdict(
            code="NTR701",
            message="gate `review`: rejecting changes nothing",
            scenario="happy",
            line=SourceLine(str(WORKFLOW), number, "_review"),
            help="read the decision",
            evidence=("approved: 3 commands", "rejected: the same"),
            reproduce='Scenario(name="x")',
        )
    )
    text = text_of(html([happy]))
    for shown in (
        "NTR701",
        "decision-without-effect",
        "gate `review`: rejecting changes nothing",
        f"petty-cash/templates/workflow.py:{number}, in _review",
        "await self.wait_for_action(",
        "read the decision",
        "rejected: the same",
        'Scenario(name="x")',
    ):
        assert shown in text


def test_findings_of_the_lint_are_shown_when_given() -> None:
    page = html([], lint_report=lint_report_of("time.time() differs"))
    text = text_of(page)
    assert "time.time() differs" in text
    assert "on replay the workflow can issue other commands" in text
    assert "2 suppressed" in text
    assert "Lint findings" not in text_of(html([]))


def test_other_sections_need_nothing_but_data() -> None:
    card = Card("the timer is gone", "NTR601", excerpts=(Excerpt("w.py:1", ("a", "b"), 1, 2),))
    page = html([], sections=[Section("Replay", (card,)), Section("Twin", nothing="All alike.")])
    text = text_of(page)
    assert "the timer is gone" in text
    assert "All alike." in text
    assert "section-replay" in parsed(page).values("id")


def test_a_run_that_is_stuck_says_who_waits() -> None:
    stuck = RunResult("s", "w", "stuck", error="demo waits for `x`", slug="demo")
    assert "demo waits for `x`" in text_of(html([stuck]))


# -- one file, the same for the same runs ------------------------------------------------------


def test_the_same_runs_make_the_same_page() -> None:
    assert html(both()) == html(both())


def test_it_allows_itself_nothing_but_its_own_style_and_script() -> None:
    page = html([])
    found = parsed(page)
    [policy] = [value for value in found.values("content") if value and "default-src" in value]
    for tag in ("style", "script"):
        [text] = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_it_names_no_address_at_all() -> None:
    assert not re.search(r"(?i)https?:|url\(|@import|//[a-z]", html(both()))


def test_a_page_of_two_scenarios_with_children_is_small() -> None:
    pytest.importorskip("temporalio", reason="nav-monthly's checks import it")
    children = [RUNBOOKS / "document-collect", RUNBOOKS / "nav-monthly-journals"]
    runs = [run(RUNBOOKS / "nav-monthly", each, children=children) for each in (HAPPY, REJECT_ALL)]
    assert len(html(runs).encode()) < 300_000


# -- hostile strings, large runs ---------------------------------------------------------------

TEXTS = st.text(st.characters(), min_size=1, max_size=20) | st.sampled_from(HOSTILE)


@lru_cache(maxsize=1)
def harmless() -> tuple[set[str], set[str], int]:
    found = parsed(page_of("x"))
    return set(found.tags), {name for _, name, _ in found.attributes}, found.tags.count("script")


@settings(max_examples=40)
@given(TEXTS, TEXTS)
def test_no_text_makes_an_element_or_an_attribute(text: str, other: str) -> None:
    found = parsed(page_of(text, other))
    tags, attributes, scripts = harmless()
    assert set(found.tags) <= tags
    assert {name for _, name, _ in found.attributes} <= attributes
    assert found.tags.count("script") == scripts
    assert all(value and value.startswith("#") for value in found.values("href"))
    assert printable(text) in found.texts
    assert printable(other) in found.values("data-scenario")


@settings(max_examples=40)
@given(TEXTS)
def test_a_page_can_be_written_as_utf_8_and_turns_no_reading_direction(text: str) -> None:
    page = page_of(text)
    page.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_a_megabyte_of_payload_is_cut() -> None:
    large = "x" * 1_000_000
    calls = [ActivityCall("a", [large], "w", None, 0, None, large, large) for _ in range(3)]
    commands = [Command("w", 1, "k", "n", 0, None, None, {"args": large})]
    runs = [
        RunResult(name, "w", "completed", result=large, error=large, trace=trace, slug="s")
        for name, trace in (
            ("happy", Trace(activities=calls, commands=commands, warnings=[large])),
            ("reject_all", Trace(commands=commands * 2)),
        )
    ]
    page = html(runs)
    assert len(page) < 150_000
    assert "more characters" in page


def test_ten_thousand_events_and_findings_leave_the_page_usable() -> None:
    calls = [ActivityCall("a", [n], "w", None, n, None, closed_s=n) for n in range(10_000)]
    commands = [Command("w", n, "k", "n", n, None, None, {"n": n}) for n in range(10_000)]
    trace = Trace(activities=calls, commands=commands)
    runs = [RunResult(name, "w", "completed", trace=trace) for name in ("happy", "reject_all")]
    runs[0].verdicts += [verdict_of(str(n), "happy") for n in range(2000)]
    page = html(runs)
    text = text_of(page)
    assert f"{10_000 - LIMIT:,} later events are not shown" in text
    assert f"{10_000 - MOST_COMPARED:,} later commands are not compared" in text
    assert f"{2000 - MOST:,} more are not shown" in text
    assert len(page) < 3_000_000


# -- its parts ---------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["a", "A", "a-2", "a 2", "", "é", "<a>"]), max_size=12))
def test_no_anchor_is_given_twice(names: list[str]) -> None:
    anchors = Anchors()
    given_out = [anchors.named("x", name) for name in names]
    assert len(set(given_out)) == len(names)
    assert all(re.fullmatch(r"x(-[a-z0-9_-]+)?", anchor) for anchor in given_out)


LINES = st.lists(st.sampled_from("abcd"), max_size=25)


@given(LINES, LINES)
def test_two_runs_side_by_side_lose_no_line_of_either(left: list[str], right: list[str]) -> None:
    rows = aligned(left, right)
    for side, lines in (("left", left), ("right", right)):
        shown = [row for row in rows if getattr(row, side) is not None]
        assert len(shown) + sum(row.folded for row in rows) == len(lines)
    assert all(row.left == row.right for row in rows if not row.differs)
    assert any(row.differs for row in rows) == (left != right)


def test_a_long_stretch_of_equal_lines_is_folded() -> None:
    same = list("abcdefgh")
    assert aligned([*same, "x"], [*same, "y"]) == [
        *(Row(each, each) for each in "ab"),
        Row(folded=4),
        *(Row(each, each) for each in "gh"),
        Row("x", "y"),
    ]
