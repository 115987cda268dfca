"""Edits of the sample bundle `invoice-batch`, as authors make them while runs are in flight.

The bundle: an activity, a gate for uploads with a timer, an activity for each invoice, a gate for
a person, two activities. `EDITS` has each edit by its name.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import libcst as cst

from tests.replay.editing import (
    Change,
    after,
    before,
    imported,
    in_turn,
    method_added,
    method_dropped,
    replaced,
    respelt,
)

WORKFLOW = "templates/workflow.py"


@dataclass(frozen=True)
class Edit:
    """One edit: what an author would say they did, and how it is done."""

    name: str
    told: str
    change: Change


def edited_copy(bundle: Path, edit: Edit, destination: Path) -> Path:
    """Copy a bundle and make an edit in it; return the copy, which keeps answers as the SDK does.

    The sample drops an answer that comes before its gate. A gate that work was moved in front of
    then waits for ever on replay, and even the official Replayer notices.
    """
    copy = destination / edit.name / bundle.name
    shutil.copytree(bundle, copy, ignore=shutil.ignore_patterns("tests", "__pycache__"))
    file = copy / WORKFLOW
    module = _KEEPING_ANSWERS(cst.parse_module(file.read_text(encoding="utf-8")))
    changed = edit.change(module)
    assert changed.code != module.code, f"{edit.name} changes nothing"
    file.write_text(changed.code, encoding="utf-8")
    return copy


_KEEPING_ANSWERS = method_dropped("user_action")

BASELINE = "baseline = await self._baseline"
RECEIVE = "received = await self._inbox"
EXTRACT = "rows = await self._extract"
REVIEW = "answer = await self._review"
APPLY = "batch = await self._apply_edits"
COMMIT = "committed = await self._commit"

CLOCK = "from datetime import UTC, datetime\n"
EXTRA_ACTIVITY = "await self._baseline(ctx)\n"
APPLY_EARLY = "batch = await self._apply_edits(rows, [])\n"
COMMIT_EARLY = "committed = await self._commit(ctx, batch)\n"

_ALL = (
    # -- harmless ------------------------------------------------------------------------------
    Edit(
        "log-added",
        "writes a comment and a line of log",
        before("run", REVIEW, "# a person decides\nrunbook.logger.info('asking')\n"),
    ),
    Edit(
        "refactored",
        "keeps the coroutine in a variable before awaiting it",
        replaced("run", COMMIT, "storing = self._commit(ctx, batch)\ncommitted = await storing\n"),
    ),
    Edit(
        "step-retitled",
        "changes the title of a step",
        respelt('title="Apply edits"', 'title="Apply the edits"'),
    ),
    Edit(
        "signal-added",
        "adds a signal handler",
        method_added(
            "inbox_closed",
            "@runbook.signal\ndef inbox_opened(self, event: InboxClosed) -> None:\n"
            "    self._closed = False\n",
        ),
    ),
    Edit(
        "activity-added-behind-patch",
        "adds an activity behind `workflow.patched`",
        imported(
            "from temporalio import workflow\n",
            before("run", COMMIT, f"if workflow.patched('look-twice'):\n    {EXTRA_ACTIVITY}"),
        ),
    ),
    # -- activities ----------------------------------------------------------------------------
    Edit(
        "activity-added-first",
        "adds an activity at the start",
        before("run", BASELINE, EXTRA_ACTIVITY),
    ),
    Edit(
        "activity-added-before-review",
        "adds an activity before the review",
        before("run", REVIEW, EXTRA_ACTIVITY),
    ),
    Edit(
        "activity-added-last", "adds an activity at the end", after("run", COMMIT, EXTRA_ACTIVITY)
    ),
    Edit(
        "activity-dropped-first",
        "drops the first activity",
        replaced("run", BASELINE, "baseline = {}\n"),
    ),
    Edit(
        "activity-dropped",
        "drops an activity after the review",
        replaced("run", APPLY, "batch = ReviewedBatch(rows=rows, gross=1, tax=1)\n"),
    ),
    Edit(
        "activity-dropped-last",
        "drops the last activity",
        replaced("run", COMMIT, "committed = CommittedBatch(path='-', row_count=1, gross=1)\n"),
    ),
    Edit(
        "activities-swapped",
        "swaps two activities",
        in_turn(
            replaced("run", APPLY, "pass\n"),
            before("run", EXTRACT, "batch = await self._apply_edits([], [])\n"),
        ),
    ),
    Edit(
        "activity-replaced",
        "calls another activity",
        respelt("apply_edits", "extract"),
    ),
    Edit(
        "activities-gathered",
        "reads all invoices at once instead of one by one",
        imported(
            "import asyncio\n",
            replaced(
                "run",
                EXTRACT,
                "halves = await asyncio.gather(*(self._extract(ctx, [r]) for r in received))\n"
                "rows = [row for half in halves for row in half]\n"
                "for number, row in enumerate(rows, start=1):\n"
                "    row.row_id = f'row-{number:03d}'\n",
            ),
        ),
    ),
    # -- across the gate -----------------------------------------------------------------------
    Edit(
        "work-moved-before-review",
        "applies edits before the person has decided",
        in_turn(replaced("run", APPLY, "pass\n"), before("run", REVIEW, APPLY_EARLY)),
    ),
    Edit(
        "commit-moved-before-review",
        "commits before the person has decided",
        in_turn(
            replaced("run", APPLY, "pass\n"),
            replaced("run", COMMIT, "pass\n"),
            before("run", REVIEW, APPLY_EARLY + COMMIT_EARLY),
        ),
    ),
    Edit(
        "review-dropped",
        "no longer asks the person",
        replaced("run", REVIEW, "answer = {'type': 'approved'}\n"),
    ),
    Edit(
        "review-added",
        "asks a second time",
        before("run", COMMIT, "await self._review(ctx, rows, baseline)\n"),
    ),
    Edit(
        "extract-moved-before-uploads",
        "reads before anything was uploaded",
        before(
            "run", RECEIVE, "await self._extract(ctx, [InvoiceReceived(document_ref='inv-a')])\n"
        ),
    ),
    # -- timers --------------------------------------------------------------------------------
    Edit(
        "timer-added",
        "sleeps before the commit",
        imported("import asyncio\n", before("run", COMMIT, "await asyncio.sleep(5)\n")),
    ),
    Edit(
        "timer-removed",
        "takes the deadline off the inbox",
        respelt("timeout=INBOX_TIMEOUT", "timeout=None"),
    ),
    Edit(
        "timer-changed",
        "doubles the deadline of the inbox",
        respelt("timedelta(hours=8)", "timedelta(hours=16)"),
    ),
    # -- contents ------------------------------------------------------------------------------
    Edit(
        "timeout-changed",
        "gives attempts more time",
        respelt("timedelta(minutes=5)", "timedelta(minutes=7)"),
    ),
    Edit(
        "argument-changed",
        "sends another currency",
        respelt("currency=ctx.currency", "currency='USD'"),
    ),
    Edit(
        "arguments-reordered",
        "reads the invoices in another order",
        respelt("enumerate(received, start=1)", "enumerate(reversed(received), start=1)"),
    ),
    Edit(
        "result-changed",
        "returns another path",
        respelt("path=committed.path", "path=str(committed.path) + '.csv'"),
    ),
    # -- children and signals --------------------------------------------------------------------
    Edit(
        "child-added",
        "starts a child before the commit",
        before(
            "run",
            COMMIT,
            "await self.run_child_workflow(\n"
            "    slug='document-collect', input={}, step_id='commit'\n"
            ")\n",
        ),
    ),
    Edit(
        "signal-renamed",
        "renames a signal",
        respelt("inbox_closed", "inbox_shut"),
    ),
    # -- what differs on replay ------------------------------------------------------------------
    Edit(
        "clock-branch",
        "branches on the clock of the machine, the other way than the run went",
        imported(
            CLOCK, before("run", COMMIT, f"if datetime.now(UTC).year > 2000:\n    {EXTRA_ACTIVITY}")
        ),
    ),
    Edit(
        "clock-branch-same-way",
        "branches on the clock of the machine, the way the run went",
        imported(
            CLOCK, before("run", COMMIT, f"if datetime.now(UTC).year < 2000:\n    {EXTRA_ACTIVITY}")
        ),
    ),
    Edit(
        "random-unused",
        "draws a random number and does nothing with it",
        imported("import random\n", before("run", COMMIT, "random.random()\n")),
    ),
    Edit(
        "uuid-in-argument",
        "sends a random id",
        imported(
            "import uuid\n",
            respelt("task_id=runbook.info().workflow_id", "task_id=str(uuid.uuid4())"),
        ),
    ),
    Edit(
        "name-error",
        "misspells a name",
        replaced("run", COMMIT, "committed = await self._comit(ctx, batsch)\n"),
    ),
    Edit(
        "failure-added",
        "fails before the commit",
        imported(
            "from ntro.workflow import WorkflowError\n",
            before("run", COMMIT, "if rows:\n    raise WorkflowError('no more')\n"),
        ),
    ),
    Edit(
        "input-field-read",
        "reads a field that the input of runs in flight does not have",
        before("run", BASELINE, "approver = ctx.approver\n"),
    ),
    Edit(
        "endless-loop", "waits by looping", before("run", COMMIT, "while batch.rows:\n    pass\n")
    ),
)

EDITS: Mapping[str, Edit] = {edit.name: edit for edit in _ALL}
