"""`replay check --against REV`: which runs in flight an edit breaks, and where they stand."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bundles import ROOT, line_of
from tests.command_line import assert_refused, command
from tests.replay.edits import EDITS, edited_copy
from tests.replay.flights import Check, assert_refused_scenario, demo, repository_with, states
from tests.replay.test_revision import git, state

INVOICES = ROOT / "fixtures" / "runbooks" / "invoice-batch"
CASH = ROOT / "fixtures" / "runbooks" / "petty-cash"

Edited = Callable[[str], Path]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository_with(tmp_path_factory.mktemp("against") / "repository", INVOICES, CASH)


@pytest.fixture
def edited(repository: Path, tmp_path: Path) -> Iterator[Edited]:
    """Make an edit of `invoice-batch` in the work tree, where it stays for one test."""
    bundle = repository / INVOICES.name

    def edit(name: str) -> Path:
        workflow = edited_copy(INVOICES, EDITS[name], tmp_path) / "templates" / "workflow.py"
        shutil.copy(workflow, bundle / "templates" / "workflow.py")
        return bundle

    yield edit
    git(repository, "checkout", "--quiet", "--force", "v1", "--", ".")


def test_an_unchanged_bundle_breaks_nothing(check: Check, repository: Path) -> None:
    done = check(repository / CASH.name)
    assert (done.code, done.err) == (0, "")
    assert done.out == "6 scenarios, 17 states of runs in flight: none broken\n"


def shown(codes: Mapping[int, str], last: int = 7) -> dict[int, list[str]]:
    """Return the codes of all states, from those that show any."""
    return {number: codes.get(number, "").split() for number in range(1, last + 1)}


ALL, ALL_BUT_FIRST = range(1, 8), range(2, 8)
"""The states of the happy run: before its baseline, at the inbox (2, 3), while an invoice is read,
at the review, while edits are applied, while the batch is stored."""

BREAKS = {
    # The part of the run that is over does not have it.
    "activity-added-first": shown(dict.fromkeys(ALL_BUT_FIRST, "NTR801")),
    # A run in flight has not come to it: it does it, and ends.
    "activity-added-last": shown({}),
    "activity-dropped-last": shown({7: "NTR801"}),
    # At the review, a person who looks sees no question any more, and nobody wakes the run.
    "commit-moved-before-review": shown({5: "NTR803 NTR806", 6: "NTR803", 7: "NTR803"}),
    "timer-removed": shown(dict.fromkeys(ALL_BUT_FIRST, "NTR801")),
    "timeout-changed": shown(
        {4: "NTR805", 5: "NTR805", 6: "NTR805 NTR805", 7: "NTR805 NTR805 NTR805"}
    ),
    # Runs that have not come to the misspelt line come to it later.
    "name-error": shown(dict.fromkeys(ALL, "NTR802")),
    "failure-added": shown({**dict.fromkeys(ALL, "NTR806"), 7: "NTR801"}),
    "input-field-read": shown(dict.fromkeys(ALL, "NTR802")),
    "signal-renamed": shown(dict.fromkeys(range(4, 8), "NTR801")),
    "child-added": shown({**dict.fromkeys(ALL, "NTR806"), 7: "NTR802"}),
    "activities-gathered": shown({}),
    "activity-added-behind-patch": shown({}),
}


@pytest.mark.parametrize("name", BREAKS)
def test_an_edit_breaks_the_states_it_breaks_and_no_others(
    name: str, check: Check, edited: Edited
) -> None:
    done = check(edited(name), "-s", "happy", "--output-format", "json")
    assert states(done) == BREAKS[name], done.err
    assert done.code == (1 if any(BREAKS[name].values()) else 0)


def test_a_full_report_says_where_runs_stand_and_what_to_do(check: Check, edited: Edited) -> None:
    bundle = edited("name-error")
    done = check(bundle, "-s", "happy", "-s", "reject_all")
    line = line_of(bundle, "self._comit(")
    first, second, last = done.out.split("\n\n")
    assert first.splitlines()[:6] == [
        "NTR802 replay-task-failure: taken over by today's code, the run fails its workflow task: "
        "AttributeError: 'InvoiceBatchWorkflow' object has no attribute '_comit' (workflow "
        "`invoice-batch`): Temporal would retry the workflow task for ever and the run would hang",
        "  runs     scenario happy, states 1 to 6 of 7",
        "           from workflow task 1, waiting for activity `load_previous_task`",
        "           to   workflow task 6, waiting for activity `invoice_batch.apply_edits`",
        f"  today    {bundle}/templates/workflow.py:{line}, step `apply_edits`, workflow task 7",
        "  had      the run completes",
    ]
    assert second.splitlines()[1:3] == [
        "  runs     scenario happy, state 7 of 7",
        "           workflow task 7, waiting for activity `invoice_batch.commit`",
    ]
    assert last == "2 scenarios, 12 states of runs in flight: 7 broken\n"


def test_a_state_is_told_by_the_gate_it_stands_at(check: Check, edited: Edited) -> None:
    done = check(edited("commit-moved-before-review"), "-s", "happy")
    assert "  runs     scenario happy, state 5 of 7\n" in done.out
    assert "workflow task 5, waiting at gate `interactive_review` of step `review_inv" in done.out
    assert done.out.endswith("1 scenario, 7 states of runs in flight: 1 broken, 2 differing\n")


def test_a_concise_report_has_a_line_a_difference(check: Check, edited: Edited) -> None:
    bundle = edited("timer-removed")
    done = check(bundle, "-s", "happy", "--output-format", "concise")
    line, summary = done.out.splitlines()
    assert line == (
        "happy: NTR801 replay-breaks workflow task 2: nothing in place of a timer of 8 h "
        "(scenario happy, states 2 to 7 of 7)"
    )
    assert summary == "1 scenario, 7 states of runs in flight: 6 broken"


def test_a_junit_report_has_a_test_for_each_state(check: Check, edited: Edited) -> None:
    done = check(edited("commit-moved-before-review"), "-s", "happy", "--output-format", "junit")
    cases = list(ElementTree.fromstring(done.out).iter("testcase"))
    assert [case.get("classname") for case in cases] == ["happy"] * 7
    assert cases[1].get("name") == (
        "state 2: workflow task 2, waiting at gate `submit_file` of step `inbox`"
    )
    failures = [failure.get("type") for case in cases for failure in case.findall("failure")]
    assert failures == ["NTR806", "NTR803", "NTR803"]


def test_codes_can_be_chosen(check: Check, edited: Edited) -> None:
    bundle = edited("timeout-changed")
    assert check(bundle, "-s", "happy").code == 1
    assert check(bundle, "-s", "happy", "--ignore", "changed-contents").code == 0


def test_generated_scenarios_have_states_too(check: Check, edited: Edited) -> None:
    done = check(edited("activity-added-last"), "--output-format", "json")
    report = json.loads(done.out)
    names = [scenario["scenario"] for scenario in report["scenarios"]]
    assert {"happy", "edited_rows", "failure-invoice_batch.commit"} < set(names)
    assert report["version"] == 1
    assert report["summary"] == {
        "scenarios": len(names),
        "states": sum(len(scenario["states"]) for scenario in report["scenarios"]),
        "broken": 0,
        "differing": 0,
        "refused": 0,
    }


def test_the_work_tree_stays_as_it_is(check: Check, edited: Edited, repository: Path) -> None:
    bundle = edited("activity-added-first")
    (bundle / "notes.txt").write_text("mine\n")
    before = state(repository)
    try:
        assert check(bundle, "-s", "happy").code == 1
        assert state(repository) == before
    finally:
        (bundle / "notes.txt").unlink()


def test_of_a_new_bundle_no_run_can_be_in_flight(check: Check, repository: Path) -> None:
    bundle = demo(repository)
    try:
        done = check(bundle)
        assert (done.code, done.err) == (0, "")
        assert done.out == f"{bundle} did not exist at `v1`: no run can be in flight\n"
        as_json = check(bundle, "--output-format", "json")
        assert as_json.code == 0
        assert json.loads(as_json.out)["scenarios"] == []
        assert "no run can be in flight" in as_json.err
    finally:
        shutil.rmtree(bundle)


def test_old_code_that_cannot_be_loaded_is_named_with_its_revision(
    check: Check, tmp_path: Path
) -> None:
    broken = demo(tmp_path, top="from .activities import nothing\n")
    repository = repository_with(tmp_path / "repository", broken)
    bundle = demo(repository)
    assert_refused(check(bundle), "at `v1`: ", str(bundle / "templates" / "workflow.py"), "nothing")
    git(repository, "commit", "--quiet", "-a", "-m", "mended")
    assert check(bundle, revision="HEAD").code == 0
    assert_refused(check(bundle, "-s", "hapy", revision="HEAD"), "no scenario `hapy`", "happy")


def test_old_code_that_hangs_has_no_run_to_hand_over(check: Check, tmp_path: Path) -> None:
    repository = repository_with(tmp_path / "repository", demo(tmp_path, run="nowhere.begin()"))
    done = check(demo(repository), "-s", "happy")
    assert_refused_scenario(done, "v1", "task-failed")
    assert str(repository / "demo" / "templates" / "workflow.py") in done.err


def test_what_git_cannot_give_is_wrong_use(check: Check, repository: Path, tmp_path: Path) -> None:
    assert_refused(check(repository / CASH.name, revision="v2"), "no git revision `v2`")
    assert_refused(check(demo(tmp_path)), "in no git repository")
    assert_refused(check(repository / "gone"), "no such directory")


def test_histories_do_not_go_with_a_revision(
    check: Check, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = repository / CASH.name
    assert_refused(check(bundle, bundle / "tests"), "HISTORIES does not go with --against")
    assert_refused(check(bundle, "--official"), "--official does not go with --against")
    done = command(capsys, "replay", "check", bundle, "-s", "happy")
    assert_refused(done, "--scenario is for --against")


def test_ctrl_c_leaves_nothing_behind(edited: Edited, tmp_path: Path) -> None:
    """The endless loop keeps it busy for many seconds."""
    bundle = edited("endless-loop")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "ntro_testkit", "replay", "check", str(bundle), "--against", "v1"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        give_up = time.monotonic() + 20
        while not any(scratch.glob("*/*/invoice-batch/templates/workflow.py")):
            assert time.monotonic() < give_up
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, ""), err
    assert "Traceback" not in err
    assert list(scratch.iterdir()) == []
