"""temporalio's Replayer, asked about real histories with today's code and with edited code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ntro_testkit.history.history import History
from ntro_testkit.import_errors import BundleError
from ntro_testkit.replay.official.replayer import OfficialError, OfficialReplayer, check_officially
from tests.bundles import ROOT, line_of
from tests.replay.recorded import read

BUNDLE = ROOT / "fixtures" / "runbooks" / "petty-cash"
RECORDED = ROOT / "fixtures" / "histories" / "server"
RUN = "    async def run(self, ctx: PettyCashContext) -> PettyCashResult:\n"


def recorded(path: str) -> History:
    return read(RECORDED / path)


def with_first_line(folder: Path, line: str) -> Path:
    """Return a copy of the bundle whose run begins with another line."""
    bundle = folder / "petty-cash"
    shutil.copytree(BUNDLE, bundle)
    file = bundle / "templates" / "workflow.py"
    source = file.read_text("utf-8")
    assert RUN in source
    file.write_text(source.replace(RUN, f"{RUN}        {line}\n"), encoding="utf-8")
    return bundle


def test_todays_code_replays_in_the_sandbox():
    history = recorded("petty-cash/happy.json")

    [verdict] = check_officially([BUNDLE], [history], sandboxed=True)

    assert verdict.accepted, verdict
    assert (verdict.workflow_id, verdict.source) == (history.workflow_id, history.source)


def test_todays_bundles_replay_all_that_a_server_ever_recorded_of_them():
    bundles = [BUNDLE, *(each for each in BUNDLE.parent.iterdir() if each != BUNDLE)]
    histories = [
        read(path) for each in bundles for path in sorted((RECORDED / each.name).glob("*.json"))
    ]

    assert [each for each in check_officially(bundles, histories) if not each.accepted] == []
    assert len(histories) == 42


def test_a_timer_that_is_new_is_nondeterministic(tmp_path):
    bundle = with_first_line(tmp_path, "import asyncio; await asyncio.sleep(5)")

    [verdict] = check_officially([bundle], [recorded("petty-cash/happy.json")])

    assert (verdict.accepted, verdict.kind) == (False, "nondeterminism")
    assert verdict.event_id is not None
    assert "HistoryEvent" in verdict.message
    assert "TMPRL" not in verdict.message


def test_an_exception_is_a_task_failure_with_its_line(tmp_path):
    bundle = with_first_line(tmp_path, "undefined_name")

    [verdict] = check_officially([bundle], [recorded("petty-cash/happy.json")])

    assert verdict.kind == "task-failure"
    assert verdict.message == "NameError: name 'undefined_name' is not defined"
    assert verdict.line is not None
    assert verdict.line.line == line_of(bundle, "undefined_name")


def test_code_that_holds_the_thread_is_a_deadlock_and_does_not_hold_us(tmp_path):
    bundle = with_first_line(tmp_path, "import time\n        while True: time.sleep(0.05)")

    [verdict] = check_officially([bundle], [recorded("petty-cash/happy.json")])

    assert verdict.kind == "deadlock"
    assert verdict.line is not None
    assert verdict.line.line == line_of(bundle, "time.sleep")


def test_what_a_bundle_prints_does_not_disturb_the_answers(tmp_path):
    bundle = with_first_line(tmp_path, 'import os; print("{}"); os.write(1, b"noise\\n")')

    [verdict] = check_officially([bundle], [recorded("petty-cash/happy.json")])

    assert verdict.accepted


def test_a_process_that_dies_is_told_with_the_history_it_died_over(tmp_path):
    bundle = with_first_line(tmp_path, "import os; os._exit(3)")

    with (
        OfficialReplayer([bundle]) as replayer,
        pytest.raises(OfficialError, match=r"happy\.json: .* died over it \(exit code 3"),
    ):
        replayer.judge(recorded("petty-cash/happy.json"))


def test_a_history_of_another_bundle_and_one_that_is_none_are_errors():
    nothing = History("w", "r", "PettyCashWorkflow", ({"eventId": "x"},), "broken.json")

    other, broken = check_officially([BUNDLE], [recorded("facade-old/happy.json"), nothing])

    assert other.kind == broken.kind == "error"
    assert other.message == (
        "a history of `FacadeOldWorkflow`, but the bundle has PettyCashWorkflow"
    )
    assert broken.message.startswith("this is no history: ")


def test_a_bundle_that_cannot_be_loaded_is_said_to_be_so(tmp_path):
    bundle = with_first_line(tmp_path, "return")
    (bundle / "templates" / "workflow.py").write_text("import nowhere_at_all\n", encoding="utf-8")

    with pytest.raises(BundleError, match="nowhere_at_all"):
        OfficialReplayer([bundle])
