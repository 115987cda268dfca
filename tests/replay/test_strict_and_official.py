"""The strict check beside Temporal's own Replayer: it misses nothing that Temporal refuses."""

from __future__ import annotations

from pathlib import Path

from ntro_testkit.loading import load_bundle
from ntro_testkit.replay.official.replayer import OfficialReplayer, check_officially
from ntro_testkit.replay.strict.check import check_strict
from ntro_testkit.replay.verdict import ReplayVerdict
from tests.replay.petty_cash import KEEPING_ANSWERS, edited, petty_cash

POST = "        posted = await self._post(ctx, slip)\n"
REVIEWED = "        slip, answer = await self._review(ctx, document_ref)\n"
ANSWER = "        answer = await self.wait_for_action(\n            payload=slip,"
FIRST_IMPORT = "from datetime import timedelta\n"

EDITS: dict[str, tuple[tuple[tuple[str, str], ...], str | None]] = {
    "nothing": ((), None),
    "activity added": (((POST, POST + POST),), "NTR801"),
    "activity dropped": (
        ((POST, '        return PettyCashResult(status="posted", entry_id="")\n'),),
        "NTR801",
    ),
    "activities swapped": (
        (
            (
                "            read_slip,\n            ReadSlip",
                "            post_slip,\n            ReadSlip",
            ),
        ),
        "NTR801",
    ),
    "commit before the review": (
        (
            KEEPING_ANSWERS,
            (ANSWER, f"        self._posted = await self._post(ctx, slip)\n{ANSWER}"),
            (POST, "        posted = self._posted\n"),
        ),
        "NTR803",
    ),
    "timer removed": ((("            timeout=UPLOAD_TIMEOUT,\n", ""),), "NTR801"),
    "timer added": (
        (
            (FIRST_IMPORT, f"import asyncio\n{FIRST_IMPORT}"),
            (POST, f"        await asyncio.sleep(5)\n{POST}"),
        ),
        "NTR801",
    ),
    "timer added and met at once": (
        (
            (FIRST_IMPORT, f"import asyncio\n{FIRST_IMPORT}"),
            (
                "        document_ref = await self._upload(ctx)\n",
                "        early = asyncio.ensure_future(asyncio.sleep(9))\n"
                "        await asyncio.sleep(0)\n"
                "        early.cancel()\n"
                "        document_ref = await self._upload(ctx)\n",
            ),
        ),
        None,
    ),
    "timeout changed": (
        (("ATTEMPT = timedelta(minutes=2)", "ATTEMPT = timedelta(minutes=3)"),),
        "NTR805",
    ),
    "workflow fails": (
        (
            ("import NtroWorkflow, runbook", "import NtroWorkflow, WorkflowError, runbook"),
            (POST, '        raise WorkflowError("no")\n'),
        ),
        "NTR801",
    ),
    "exception": (((POST, f"        nowhere.begin()\n{POST}"),), "NTR802"),
    "signal renamed": (
        (("    def document_submitted(self", "    def slip_uploaded(self"),),
        "NTR801",
    ),
    "patched": (
        (
            (FIRST_IMPORT, f"{FIRST_IMPORT}from temporalio import workflow\n"),
            (REVIEWED, f'{REVIEWED}        if workflow.patched("twice"):\n    {POST}'),
        ),
        None,
    ),
}
"""Edit -> (text, its replacement) pairs, and the worst code the strict check gives."""


def worst(verdict: ReplayVerdict) -> str | None:
    return min((difference.code for difference in verdict.differences), default=None)


def test_every_edit_that_the_replayer_refuses_is_breaking_and_no_other(tmp_path: Path) -> None:
    history = petty_cash()
    bundles = {name: edited(tmp_path / name, *edits) for name, (edits, _) in EDITS.items()}
    strict = {
        name: check_strict(history, [load_bundle(bundle).workflow_class])
        for name, bundle in bundles.items()
    }
    assert {name: worst(verdict) for name, verdict in strict.items()} == {
        name: code for name, (_, code) in EDITS.items()
    }
    with OfficialReplayer([bundles["nothing"]]) as official:
        for name, bundle in bundles.items():
            official.load([bundle])
            answer = official.judge(history)
            assert strict[name].breaking is not answer.accepted, (name, answer)
            if worst(strict[name]) == "NTR801":
                assert answer.kind == "nondeterminism", name


def test_the_history_written_by_hand_is_one_that_the_replayer_takes(tmp_path: Path) -> None:
    stages = [petty_cash(until=stage) for stage in ("upload", "review", "posting", "posted")]
    verdicts = list(check_officially([edited(tmp_path)], stages))
    assert [verdict.kind for verdict in verdicts] == [None] * len(stages)
