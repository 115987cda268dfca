"""Verdicts in the reports: a block each, counted at the end, and a run that has one fails."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from ntro_testkit import RunResult, report
from ntro_testkit.report.verdict_text import verdict_lines
from ntro_testkit.run_data import as_data, run_of
from ntro_testkit.trace import SourceLine
from ntro_testkit.verdict import Comparison, Verdict

LINE = SourceLine(str(Path(__file__)), 1, "run")
UNHEARD = Verdict(
    code="NTR701",
    message="a rejection at gate `review` changes nothing",
    scenario="reject_all",
    line=LINE,
    help="read the key `type`",
    evidence=("tenant: ignored", "button: honoured"),
    comparison=Comparison(
        "approve", "reject", (("complete_workflow posted", "complete_workflow rejected"),)
    ),
    reproduce='Scenario(\n    name="unheard",\n)\n',
)


def examined(*verdicts: Verdict) -> RunResult:
    run = RunResult("reject_all", "w", "completed", slug="demo")
    run.verdicts += verdicts
    return run


def test_a_run_with_a_verdict_does_not_pass_though_it_ended_well() -> None:
    assert examined().passed
    assert not examined(UNHEARD).passed
    assert examined(UNHEARD).ended_well


def test_a_verdict_is_told_with_place_evidence_both_runs_and_what_to_do() -> None:
    text = report.human([examined(UNHEARD)])
    assert text.splitlines()[0].startswith("✗  reject_all")
    told = text.split("    error[NTR701] ", 1)[1]
    parts = [
        "decision-without-effect: a rejection at gate `review` changes nothing",
        "tests/test_report_of_verdicts.py:1, in run",
        "| tenant: ignored",
        "complete_workflow posted",
        "| complete_workflow rejected",
        "= do: read the key `type`",
        'name="unheard",',
    ]
    places = [told.index(part) for part in parts]
    assert places == sorted(places)
    assert text.splitlines()[-1] == "summary: 0 passed, 1 failed (of 1); 1 verdict"


def test_runs_without_verdicts_are_summed_up_as_ever() -> None:
    assert report.human([examined()]).splitlines()[-1] == "summary: 1 passed, 0 failed (of 1)"


def test_two_columns_fit_the_terminal_and_show_where_long_lines_differ() -> None:
    long = "schedule_activity post " + "x" * 300
    comparison = Comparison("approve", "reject", ((long + " first", long + " other"),))
    verdict = Verdict("NTR701", "m", "happy", comparison=comparison)
    lines = verdict_lines(verdict, width=80)
    assert all(len(line) <= 80 for line in lines)
    assert "first" in lines[-1]
    assert "other" in lines[-1]


def test_what_only_one_run_did_stands_beside_a_dash() -> None:
    comparison = Comparison("approve", "reject", (("start_timer 1", None), (None, "end")))
    rows = verdict_lines(Verdict("NTR701", "m", "happy", comparison=comparison), width=60)[-2:]
    assert [row.split("|")[1].strip() for row in rows] == ["start_timer 1", "-"]
    assert [row.split("|")[2].strip() for row in rows] == ["-", "end"]


def test_the_end_of_many_rows_is_counted() -> None:
    rows = tuple((str(number), None) for number in range(40))
    verdict = Verdict("NTR701", "m", "happy", comparison=Comparison("a", "b", rows))
    assert "and 28 more" in verdict_lines(verdict)[-1]


def test_json_has_verdicts_with_their_names_and_travels() -> None:
    row = json.loads(report.json([examined(UNHEARD)]))[0]
    [told] = row["verdicts"]
    assert (told["code"], told["name"]) == ("NTR701", "decision-without-effect")
    assert told["comparison"]["rows"] == [
        ["complete_workflow posted", "complete_workflow rejected"]
    ]
    assert run_of(json.loads(json.dumps(as_data(examined(UNHEARD))))).verdicts == [UNHEARD]


def test_junit_counts_a_verdict_as_a_failure_with_its_text() -> None:
    suite = ElementTree.fromstring(report.junit([examined(UNHEARD), examined()]))[0]
    assert (suite.get("failures"), suite.get("errors")) == ("1", "0")
    failure = suite[0][0]
    assert failure.tag == "failure"
    assert "NTR701 decision-without-effect" in (failure.get("message") or "")
    assert "read the key `type`" in (failure.text or "")


def test_a_hostile_message_stays_on_its_line_and_moves_no_cursor() -> None:
    verdict = Verdict("NTR701", "a\x1b[2J", "happy", evidence=("b\x07",))
    assert "\x1b" not in report.human([examined(verdict)])
    assert "\x07" not in report.human([examined(verdict)])
