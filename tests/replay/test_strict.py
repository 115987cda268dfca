"""The strict check: nothing on unchanged code, every kind of difference on changed code."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

from ntro_testkit.history.history import History
from ntro_testkit.history.problems import HistoryError
from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.strict.check import check_strict, strict_check
from ntro_testkit.replay.verdict import Difference, ReplayVerdict
from tests.bundles import line_of, write_bundle
from tests.replay.petty_cash import BUNDLE, KEEPING_ANSWERS, Recording, edited, petty_cash, value

STAGES = ("upload", "review", "posting", "posted")

POST = "        posted = await self._post(ctx, slip)\n"
ANSWER = "        answer = await self.wait_for_action(\n            payload=slip,"
BEFORE_REVIEW = (
    KEEPING_ANSWERS,
    (ANSWER, f"        self._posted = await self._post(ctx, slip)\n{ANSWER}"),
    (POST, "        posted = self._posted\n"),
)
UPLOADED = "        document_ref = await self._upload(ctx)\n"


def check(bundle: Path, history: History) -> ReplayVerdict:
    return check_strict(history, [load_bundle(bundle).workflow_class])


def only(bundle: Path, history: History) -> Difference:
    """Return the one difference there is."""
    [difference] = check(bundle, history).differences
    return difference


@pytest.mark.parametrize("until", STAGES)
def test_unchanged_code_does_the_same(until: str) -> None:
    verdict = check(BUNDLE, petty_cash(until=until))
    assert verdict.differences == ()
    assert verdict.workflow_id == "petty-cash-1"
    assert verdict.tasks == {"upload": 1, "review": 3, "posting": 4, "posted": 5}[until]


WAITS_WITH_TIMEOUT = pytest.param(
    "upload",
    marks=pytest.mark.skipif(
        sys.version_info >= (3, 12),
        reason="asyncio.timeout keeps the cancellation that unwound it, frames and all",
    ),
)


@pytest.mark.parametrize("until", [WAITS_WITH_TIMEOUT, "review", "posted"])
def test_nothing_of_a_history_waits_for_the_garbage_collector(until: str) -> None:
    replay = strict_check([load_bundle(BUNDLE).workflow_class])
    history = petty_cash(until=until)
    assert not replay(history).differences
    gc.collect()
    gc.disable()
    try:
        replay(history)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_commit_before_the_review_is_reported_with_its_line_and_the_signal(
    tmp_path: Path,
) -> None:
    bundle = edited(tmp_path, *BEFORE_REVIEW)
    found = only(bundle, petty_cash())
    assert found.code == "NTR803"
    assert found.grade == "moved across a gate"
    assert (
        "`petty_cash.post_slip` now comes before signal `user_action` "
        "(gate `interactive_review` of step `review`)"
    ) in found.message
    assert found.step == "post"
    assert found.line is not None
    assert found.line.path == str(bundle / "templates" / "workflow.py")
    assert found.line.line == line_of(bundle, "return await runbook.execute_activity(")
    assert (found.task, found.event_id) == (3, 21)
    assert "wait" not in found.had
    assert "back behind the gate" in found.advice


def test_a_run_in_flight_at_the_review_would_post_at_once(tmp_path: Path) -> None:
    found = only(edited(tmp_path, *BEFORE_REVIEW), petty_cash(until="review"))
    assert found.code == "NTR803"
    assert found.event_id is None
    assert "while the run waits for a signal" in found.message


def test_work_that_no_longer_waits_for_an_activity_is_moved_without_a_gate(
    tmp_path: Path,
) -> None:
    source: dict[str, Any] = {"activities": ONE_AND_TWO, "takes": "name: str"}
    history = _one_then_two()
    in_turn = "await do(one, name)\nawait do(two, name)"
    before = write_bundle(tmp_path / "before", run=in_turn, **source)
    assert check(before, history).differences == ()
    at_once = "await asyncio.gather(do(one, name), do(two, name))"
    found = only(write_bundle(tmp_path / "after", run=at_once + "\nreturn None", **source), history)
    assert found.code == "NTR804"
    assert "in workflow task 1, recorded in 2" in found.message


ONE_AND_TWO = """\
@activity.defn
async def one(name: str) -> None: ...

@activity.defn
async def two(name: str) -> None: ...
"""


def _one_then_two() -> History:
    run = Recording("DemoWorkflow", "mara")
    for number, name in ((1, "one"), (2, "two")):
        run.task()
        run.activity(number, name, "mara", startToCloseTimeout="60s")
        run.write.activity_completed(number, value(None))
    run.task()
    run.write.completed(value(None))
    return run.history


def test_changed_contents_say_what_it_was_and_what_it_is(tmp_path: Path) -> None:
    bundle = edited(
        tmp_path,
        ("UPLOAD_TIMEOUT = timedelta(days=2)", "UPLOAD_TIMEOUT = timedelta(days=3)"),
        ("ATTEMPT = timedelta(minutes=2)", "ATTEMPT = timedelta(minutes=5)"),
        (
            "period=ctx.period,\n                slip",
            'period=f"{ctx.period}-x",\n                slip',
        ),
        ('status="posted", entry', 'status="rejected", entry'),
    )
    differences = check(bundle, petty_cash()).differences
    assert {difference.code for difference in differences} == {"NTR805"}
    assert [difference.now for difference in differences] == [
        "timer: 2 d -> 3 d",
        "start-to-close timeout: 2 min -> 5 min",
        'argument 1: period: "2026-03" -> "2026-03-x"; start-to-close timeout: 2 min -> 5 min',
        'result: status: "posted" -> "rejected"',
    ]


def test_an_exception_names_its_line_and_goes_to_no_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bundle = edited(tmp_path, (UPLOADED, f"{UPLOADED}        nowhere.begin()\n"))
    with caplog.at_level(logging.DEBUG, logger="temporalio"):
        found = only(bundle, petty_cash())
    assert found.code == "NTR802"
    assert "NameError: name 'nowhere' is not defined" in found.message
    assert found.line is not None
    assert found.line.line == line_of(bundle, "nowhere.begin()")
    assert found.task == 2
    assert not caplog.records


def test_a_history_whose_input_no_longer_fits_says_why(tmp_path: Path) -> None:
    bundle = edited(tmp_path)
    models = bundle / "templates" / "models.py"
    text = models.read_text("utf-8")
    models.write_text(
        text.replace("    period: str\n", "    period: str\n    year: int\n", 1), "utf-8"
    )
    found = only(bundle, petty_cash())
    assert found.code == "NTR802"
    assert "year" in found.message


def test_a_loop_that_never_waits_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntro_testkit.replay.strict.check.PATIENCE", 0.2)
    bundle = edited(tmp_path, (UPLOADED, f"{UPLOADED}        while True: pass\n"))
    found = only(bundle, petty_cash())
    assert found.code == "NTR802"
    assert "never gives control back" in found.message
    assert found.line is not None
    assert found.line.line == line_of(bundle, "while True: pass")


def test_a_renamed_signal_is_named_as_the_cause(tmp_path: Path) -> None:
    bundle = edited(
        tmp_path,
        ("    def document_submitted(self", "    def slip_uploaded(self"),
    )
    found = only(bundle, petty_cash())
    assert found.code == "NTR801"
    assert "nothing handles signal `document_submitted` any more" in found.message


def test_a_workflow_type_of_no_bundle_says_which_there_are() -> None:
    with pytest.raises(HistoryError, match=r"`DemoWorkflow`.*`PettyCashWorkflow`.*--child"):
        check(BUNDLE, _one_then_two())


def test_a_fault_in_a_task_that_no_worker_has_completed_yet_counts(tmp_path: Path) -> None:
    run = petty_cash(until="posting")
    open_task = History(
        run.workflow_id, run.run_id, run.workflow_type, run.events[:-2], source="open.json"
    )
    assert open_task.events[-1]["eventType"] == "EVENT_TYPE_WORKFLOW_TASK_STARTED"
    assert check(BUNDLE, open_task).differences == ()
    bundle = edited(tmp_path, (POST, f"        nowhere.begin()\n{POST}"))
    assert only(bundle, open_task).code == "NTR802"
