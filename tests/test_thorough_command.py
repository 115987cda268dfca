"""`ntro-testkit test` beyond its scenarios: verdicts, guard, twin, crashes, exploring, the page."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bundles import ANSWERS_AT_REVIEWS, ROOT
from tests.command_line import Done, assert_refused, command
from tests.conftest import BundleFactory

PETTY_CASH = ROOT / "fixtures/runbooks/petty-cash"
DEAF = {"members": ANSWERS_AT_REVIEWS, "run": "return bool(await self.wait_for_action())"}
BY_CLOCK = {"run": "import time\nreturn time.time()  # now"}
COUNTS = {
    "top": "SEEN = []\n",
    "activities": "@activity.defn\nasync def number(count: int) -> str: ...\n",
    "run": "SEEN.append(1)\nreturn await do(number, len(SEEN))",
}
RACE = {
    "members": """
    def __init__(self):
        super().__init__()
        self.papers = None

    @runbook.signal
    def paper(self, event: dict[str, Any]) -> None:
        self.papers.append(event)

    @runbook.step(name="collect", title="Collect")
    async def _collect(self):
        self.papers = []
        await self.await_signal_with_action(
            predicate=lambda: bool(self.papers),
            action=asks_for("paper", runbook.info().workflow_id),
        )
    """,
    "activities": "@activity.defn\nasync def prepare() -> str: ...\n",
    "run": "await do(prepare)\nawait self._collect()\nreturn self.papers[0]['document_ref']",
}
"""A paper that comes while the activity is still running finds no list."""

Test = Callable[..., Done]


@pytest.fixture
def test(capsys: pytest.CaptureFixture[str]) -> Test:
    return lambda *arguments: command(capsys, "test", *arguments)


def codes(done: Done) -> dict[str, list[str]]:
    rows = json.loads(done.out)
    return {row["scenario"]: [verdict["code"] for verdict in row["verdicts"]] for row in rows}


def test_a_verdict_fails_its_scenario_and_is_counted(test: Test, bundle: BundleFactory) -> None:
    done = test(bundle(**DEAF))
    assert done.code == 1
    assert "✓  happy" in done.out
    assert "✗  reject_all" in done.out
    assert "error[NTR701] decision-without-effect" in done.out
    assert done.out.splitlines()[-1] == "summary: 1 passed, 1 failed (of 2); 1 verdict"


def test_codes_are_selected_and_ignored(test: Test, bundle: BundleFactory) -> None:
    directory = bundle(**DEAF)
    assert test(directory, "--ignore", "NTR701").code == 0
    assert test(directory, "--select", "stale-approval,NTR703").code == 0
    assert codes(test(directory, "--json")) == {"happy": [], "reject_all": ["NTR701"]}
    assert_refused(test(directory, "--select", "NTR7O1"), "--select", "NTR701")


def test_the_guard_reports_by_default_stops_a_run_or_keeps_out(
    test: Test, bundle: BundleFactory
) -> None:
    directory = bundle(**BY_CLOCK)
    only = ("--json", "--select", "NTR1")
    assert codes(test(directory, *only)) == {"happy": ["NTR101"], "reject_all": []}
    assert codes(test(directory, *only, "--guard", "off")) == {"happy": [], "reject_all": []}
    raised = json.loads(test(directory, *only, "--guard", "raise").out)[0]
    assert raised["status"] == "task-failed"
    assert "NTR101" in raised["error"]
    assert_refused(test(directory, "--guard", "loud"), "--guard", "report, raise, off")


def test_the_guard_speaks_on_temporalios_engine_too(test: Test, bundle: BundleFactory) -> None:
    pytest.importorskip("temporalio", reason="the backend `sdk` is its engine")
    done = test(bundle(**BY_CLOCK), "--json", "--select", "NTR1", "--backend", "sdk")
    assert codes(done)["happy"] == ["NTR101"]


def test_the_twin_is_asked_when_it_is_wanted(test: Test, bundle: BundleFactory) -> None:
    directory = bundle(**BY_CLOCK)
    assert codes(test(directory, "--json", "--select", "NTR709"))["happy"] == []
    assert codes(test(directory, "--json", "--select", "NTR709", "--twin"))["happy"] == ["NTR709"]


def test_what_the_twin_tells_of_a_line_a_second_run_does_not_tell_again(
    test: Test, bundle: BundleFactory
) -> None:
    directory = bundle(
        activities="@activity.defn\nasync def stamp(at: str) -> str: ...\n",
        run="import uuid\nreturn await do(stamp, str(uuid.uuid4()))",
    )
    only = ("--json", "--select", "NTR709,NTR710")
    assert codes(test(directory, *only))["happy"] == ["NTR710"]
    assert codes(test(directory, *only, "--twin"))["happy"] == ["NTR709"]


def test_crashes_are_tried_when_they_are_wanted(test: Test, bundle: BundleFactory) -> None:
    pytest.importorskip("temporalio", reason="crashes are tried on its engine")
    directory = bundle(**COUNTS)
    only = ("--json", "--select", "NTR711")
    assert codes(test(directory, *only))["happy"] == []
    assert codes(test(directory, *only, "--crash"))["happy"] == ["NTR711"]


def test_exploring_finds_a_race_and_says_how_far_it_went(test: Test, bundle: BundleFactory) -> None:
    directory = bundle(**RACE)
    only = ("-s", "happy", "--json", "--select", "NTR712")
    assert codes(test(directory, *only)) == {"happy": []}
    done = test(directory, *only, "--explore", "--explore-seed", "3")
    assert codes(done) == {"happy": ["NTR712"]}
    assert "note: explored happy: all " in done.err


def test_a_sound_bundle_passes_however_thoroughly_it_is_tested(test: Test, tmp_path: Path) -> None:
    pytest.importorskip("temporalio", reason="crashes are tried on its engine")
    page = tmp_path / "page.html"
    done = test(PETTY_CASH, "--twin", "--crash", "--explore", "--html", page)
    assert done.code == 0, done
    assert "petty-cash" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--twin", "--crash", "--explore"])
def test_what_makes_many_runs_does_not_go_with_a_server(
    test: Test, bundle: BundleFactory, option: str
) -> None:
    assert_refused(test(bundle(), option, "--backend", "server"), option, "--backend server")


def test_an_interrupted_exploration_ends_and_leaves_no_process(
    bundle: BundleFactory, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    many = "await asyncio.gather(*(do(prepare) for _ in range(9)))\nreturn 1"
    directory = bundle(
        **{**RACE, "run": many, "models": f"import pathlib\npathlib.Path({str(begun)!r}).touch()\n"}
    )
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "ntro_testkit", "test", str(directory)),
            *("--twin", "--explore", "--explore-seconds", "60"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        wait_for(begun)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 130, errors
        assert errors.splitlines()[-1] == "interrupted"
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    finally:
        process.kill()
        process.wait()


def wait_for(file: Path) -> None:
    """Wait until the bundle has been imported, and a moment longer."""
    for _ in range(300):
        if file.exists():
            time.sleep(0.7)
            return
        time.sleep(0.1)
    raise AssertionError(f"{file} never appeared")
