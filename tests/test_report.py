"""The reports: for people the documented shape, for machines always valid JSON and XML."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, Scenario, StandIn, report
from tests.bundles import line_of, run
from tests.conftest import BundleFactory

REVIEW = {
    "run": "return (await self._review())['type']",
    "members": "@runbook.step(name='review', title='R')\nasync def _review(self):\n"
    "    await asyncio.sleep(2)\n    return await self.wait_for_action(payload={})\n",
}


def test_the_human_report_has_the_documented_shape(bundle: BundleFactory) -> None:
    directory = bundle(**REVIEW)
    text = report.human([run(directory, HAPPY), run(directory, REJECT_ALL)])
    lines = text.splitlines()
    assert re.match(r"✓  happy  \(\d+\.\d\ds", lines[0])
    assert re.search(r"^    \[ *2\.00s\] review +\S+.*review.*approved", text, re.MULTILINE)
    assert re.search(r"^    \[ *2\.00s\] done ", text, re.MULTILINE)
    assert "✓  reject_all" in text
    assert lines[-1] == "summary: 2 passed, 0 failed (of 2)"


def test_the_human_report_of_a_failure_shows_cause_and_source_line(bundle: BundleFactory) -> None:
    directory = bundle(run="await asyncio.sleep(1)\nledger['2026']  # nothing there")
    text = report.human([run(directory)])
    assert text.startswith("✗  happy")
    assert "NameError" in text
    assert f"workflow.py:{line_of(directory, '# nothing there')}" in text
    assert "ledger['2026']  # nothing there" in text
    assert text.endswith("summary: 0 passed, 1 failed (of 1)")


def test_the_human_report_of_a_stuck_run_says_who_waits(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await asyncio.sleep(7200)\nawait runbook.wait_condition(lambda: False)  # here"
    )
    text = report.human([run(directory)])
    assert "stuck" in text
    assert "demo waits for" in text
    assert "2h 00m" in text
    assert f":{line_of(directory, '# here')}" in text


def test_the_human_report_has_no_colour_unless_asked(bundle: BundleFactory) -> None:
    result = run(bundle(**REVIEW))
    assert "\x1b" not in report.human([result])
    assert "\x1b" in report.human([result], colour=True)


def test_the_human_report_of_nothing_counts_nothing() -> None:
    assert report.human([]).endswith("summary: 0 passed, 0 failed (of 0)")


def test_the_human_report_keeps_control_characters_out(bundle: BundleFactory) -> None:
    text = report.human([run(bundle(run="raise WorkflowError('a\\x1b[31mb\\x00c\\nd')"))])
    assert "\x1b" not in text
    assert "\x00" not in text


OLD_KEYS = ["scenario", "workflow_id", "status", "error", "duration_s", "events"]


def test_the_json_report_has_the_old_keys_first_and_new_ones(bundle: BundleFactory) -> None:
    [row] = json.loads(report.json([run(bundle(**REVIEW))]))
    assert list(row)[:6] == OLD_KEYS
    assert [set(event) for event in row["events"]] == [
        {"kind", "workflow_id", "detail", "timestamp_s"}
    ] * 2
    assert set(row) >= {
        "result",
        "gates",
        "activities",
        "signals",
        "children",
        "timers",
        "coverage",
        "steps_entered",
        "steps_completed",
        "virtual_duration_s",
    }


WEIRD = {
    "nan": "float('nan')",
    "infinity": "[float('inf'), float('-inf')]",
    "bytes": "b'\\xff\\x00'",
    "bytes inside": "{'x': b'abc'}",
    "surrogate": "'\\ud800'",
    "keys that are no strings": "{1: 'a', (1, 2): 'b', None: 'c'}",
    "a set": "{1, 2}",
    "null character": "'\\x00'",
    "decimal": "__import__('decimal').Decimal('1.10')",
    "huge integer": "10 ** 400",
    "deep": "__import__('functools').reduce(lambda x, _: [x], range(150), 1)",
}


def strict(text: str) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("value", WEIRD.values(), ids=WEIRD)
@pytest.mark.parametrize(
    "place",
    [
        "return {value}",
        "await do(keep, {value})",
        "await self.wait_for_action(payload={value})",
        "raise WorkflowError(str({value}))",
        "await self.run_child_workflow(slug='child', input={value})",
    ],
    ids=["result", "argument", "payload", "error", "child"],
)
def test_the_json_report_is_valid_whatever_the_values(
    bundle: BundleFactory, place: str, value: str
) -> None:
    directory = bundle(
        activities="@activity.defn\nasync def keep(value: Any) -> Any: ...\n",
        run=place.format(value=value),
    )
    result = run(directory, children=[StandIn("child", happy=1)], mocks={"keep": lambda v: v})
    text = report.json([result])
    assert len(strict(text)) == 1
    text.encode("utf-8")
    ElementTree.fromstring(report.junit([result]))
    report.human([result]).encode("utf-8")


def test_the_json_report_is_valid_after_an_endless_sleep(bundle: BundleFactory) -> None:
    strict(report.json([run(bundle(run="await asyncio.sleep(float('inf'))"))]))


def test_the_json_report_survives_weird_scenarios(bundle: BundleFactory) -> None:
    scenario = Scenario(
        "wéird \x00", decisions={"review": [{"type": "approved", "x": object(), 1: {2}}]}
    )
    strict(report.json([run(bundle(**REVIEW), scenario)]))


def test_the_junit_report_counts_and_explains(bundle: BundleFactory) -> None:
    results = [
        run(bundle("good", **REVIEW)),
        run(bundle("bad", run="raise WorkflowError('no <ledger>')")),
        run(bundle("broken", run="1 / 0")),
    ]
    root = ElementTree.fromstring(report.junit(results))
    suites = {suite.get("name"): suite for suite in root.iter("testsuite")}
    assert set(suites) == {"good", "bad", "broken"}
    assert suites["bad"].get("failures") == "1"
    assert suites["broken"].get("errors") == "1"
    failure = root.find(".//failure")
    assert failure is not None
    assert "no <ledger>" in (failure.get("message") or "")


def test_a_provoked_failure_is_no_failure_in_any_report(bundle: BundleFactory) -> None:
    directory = bundle(
        run="await self.wait_for_action(payload={})\nraise WorkflowError('rejected')"
    )
    result = run(directory, REJECT_ALL)
    assert result.passed
    assert report.human([result]).startswith("✓")
    [suite] = ElementTree.fromstring(report.junit([result])).iter("testsuite")
    assert (suite.get("failures"), suite.get("errors")) == ("0", "0")
    assert suite.find(".//failure") is None
