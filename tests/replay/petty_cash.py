"""A history of the fixture bundle `petty-cash`, and the bundle with an edit."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from ntro_testkit.history.history import History
from ntro_testkit.history.payloads import Payload, json_payload
from ntro_testkit.history.writer import HistoryWriter
from tests.bundles import ROOT

BUNDLE = ROOT / "fixtures" / "runbooks" / "petty-cash"
WORKFLOW = "templates/workflow.py"

TIMEOUTS = {"startToCloseTimeout": "120s", "scheduleToCloseTimeout": "600s"}
CONTEXT = {
    "tenant_id": "00000000-0000-4000-8000-00000000000a",
    "tenant_slug": "acme",
    "entity_id": "00000000-0000-4000-8000-00000000000b",
    "entity_slug": "acme-uk",
    "period": "2026-03",
    "limit": "100",
}
UPLOAD = {
    "document_ref": "doc-1",
    "tenant_slug": "acme",
    "entity_slug": "acme-uk",
    "source": "petty-cash",
    "filename": "slip.pdf",
    "content_type": "application/pdf",
}
SLIP = {"payee": "Mara", "amount": "12.50"}
APPROVAL = {"kind": "approve", "type": "approved"}

KEEPING_ANSWERS = (
    '        if gate is not None and gate["kind"] == "interactive_review":\n',
    "        if True:\n",
)
"""Take answers at any time, as the SDK does by itself.

The sample drops those that come before their gate: with work moved in front of it, a replay would
wait there for ever."""


def value(given: Any) -> Payload:
    """Return a value as a payload."""
    return json_payload(None if given is None else to_json(given))


class Recording:
    """A history that a test writes event by event; a minute passes with each workflow task."""

    def __init__(self, workflow_type: str, *arguments: Any, workflow_id: str = "run") -> None:
        self._now = datetime(2026, 3, 31, 8, tzinfo=UTC)
        self.write = HistoryWriter(lambda: self._now)
        self.write.started(
            workflow_type,
            [value(argument) for argument in arguments],
            workflow_id=workflow_id,
            run_id="00000000-0000-4000-8000-000000000001",
        )

    def task(self) -> None:
        """Write a workflow task."""
        self._now += timedelta(minutes=1)
        self.write.task()

    def activity(self, number: int, name: str, *arguments: Any, **options: Any) -> None:
        """Write that an activity is asked for."""
        payloads = [value(argument) for argument in arguments]
        self.write.activity_scheduled(number, str(number), name, payloads, options or TIMEOUTS)

    @property
    def history(self) -> History:
        """What has been written so far."""
        return self.write.history()


def petty_cash(*, until: str = "posted") -> History:
    """Return a run in which a slip is uploaded, approved and posted.

    `until` ends it earlier: at the `upload` gate, at the `review` gate, or once it is `posting`.
    """
    run = Recording("PettyCashWorkflow", CONTEXT, workflow_id="petty-cash-1")
    run.task()
    run.write.timer_started(1, "1", 2 * 86_400)
    if until == "upload":
        return run.history
    run.write.signaled("document_submitted", [value(UPLOAD)])
    run.task()
    run.write.timer_cancelled(1, "1")
    document = {"tenant_slug": "acme", "document_ref": "doc-1"}
    run.activity(1, "petty_cash.read_slip", document)
    run.write.activity_completed(1, value(SLIP))
    run.task()
    if until == "review":
        return run.history
    run.write.signaled("user_action", [value(APPROVAL)])
    run.task()
    posting = {"tenant_slug": "acme", "entity_slug": "acme-uk", "period": "2026-03", "slip": SLIP}
    run.activity(2, "petty_cash.post_slip", posting)
    if until == "posting":
        return run.history
    run.write.activity_completed(2, value({"entry_id": "je-1", "amount": "12.50"}))
    run.task()
    run.write.completed(value({"status": "posted", "entry_id": "je-1"}))
    return run.history


def edited(tmp_path: Path, *edits: tuple[str, str]) -> Path:
    """Return a copy of the bundle whose workflow has each text replaced by another."""
    bundle = tmp_path / "petty-cash"
    shutil.copytree(BUNDLE, bundle, ignore=shutil.ignore_patterns("histories"))
    file = bundle / WORKFLOW
    text = file.read_text("utf-8")
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    file.write_text(text, "utf-8")
    return bundle
