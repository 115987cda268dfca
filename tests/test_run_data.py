"""A run as plain data, and back: reports say the same of it in another process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ntro_testkit import HAPPY, REJECT_ALL, RunResult, Scenario, report
from ntro_testkit.report.html import html
from ntro_testkit.run_data import as_data, plain, run_of
from tests.bundles import run
from tests.conftest import BundleFactory
from tests.test_fixtures import BUNDLES, children, skip_without_temporalio


def travelled(result: RunResult) -> RunResult:
    back = run_of(json.loads(json.dumps(plain(as_data(result)), allow_nan=False)))
    back.may_fail = result.may_fail
    return back


@pytest.mark.parametrize("directory", BUNDLES, ids=lambda path: path.name)
@pytest.mark.parametrize("scenario", [HAPPY, REJECT_ALL], ids=lambda one: one.name)
def test_reports_of_a_travelled_run_are_those_of_the_run(
    directory: Path, scenario: Scenario
) -> None:
    skip_without_temporalio(directory)
    result = run(directory, scenario, children=children(directory))
    back = travelled(result)
    assert report.json([back]) == report.json([result])
    assert _without_result(report.human([back])) == _without_result(report.human([result]))
    assert report.junit([back]) == report.junit([result])
    assert html([back]) == html([result])
    assert back.coverage == result.coverage


def _without_result(text: str) -> list[str]:
    """Leave out the line of the result, which was a model of the bundle and is a dict now."""
    return [line for line in text.splitlines() if not line.startswith("    result: ")]


def test_a_run_that_went_wrong_keeps_its_line_and_who_waits(bundle: BundleFactory) -> None:
    stuck = run(bundle(run="await runbook.wait_condition(lambda: False)"))
    failed = run(bundle("other", run="return [float('nan'), b'\\xff', {1}][7]"))
    for result in (stuck, failed):
        back = travelled(result)
        assert (back.status, back.line, back.blocked) == (
            result.status,
            result.line,
            result.blocked,
        )
        assert report.human([back]) == report.human([result])


def test_what_has_no_json_form_at_all_is_shown_as_python_shows_it() -> None:
    endless: list[object] = [1]
    endless.append(endless)
    assert plain(endless) == "[1, [...]]"
    assert plain({"\ud800": 1}) == "{'\\ud800': 1}"


SHOWS_A_LONE_SURROGATE = """
await self.await_signal_with_action(
    predicate=lambda: False,
    action={"kind": "submit_file", "payload": {chr(0xD800): 1}},
    timeout=MINUTE,
)
"""


def test_a_gate_that_shows_what_has_no_json_form_can_be_reported(bundle: BundleFactory) -> None:
    result = run(bundle(run=SHOWS_A_LONE_SURROGATE))
    [gate] = json.loads(report.json([result]))[0]["gates"]
    assert gate["payload"] == "{'\\ud800': 1}"
    assert "ud800" in html([result])
