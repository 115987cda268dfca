"""NTR703: good and bad ways to take signals and documents, side by side."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from ntro_testkit import Scenario
from ntro_testkit.author_scenarios import load_author_scenarios
from ntro_testkit.checks.inputs.lost_input import CHECK
from ntro_testkit.schedule import SignalArrives
from ntro_testkit.verdict import Verdict
from tests.bundles import edited_copy, line_of
from tests.checks.examination import BUILT_IN, rerun, verdicts
from tests.conftest import BundleFactory
from tests.test_fixtures import RUNBOOKS, children, skip_without_temporalio

ACTIVITIES = """
@activity.defn(name="demo.read")
async def read(document_ref: str) -> str: ...

@activity.defn(name="demo.read_all")
async def read_all(document_refs: list) -> str: ...

@activity.defn(name="demo.list_uploads")
async def list_uploads(task_id: str) -> int: ...
"""

MODELS = """
class DocumentSubmitted(BaseModel):
    document_ref: str
    filename: str = ""

class Closed(BaseModel):
    closed_by: str = ""
"""

INBOX = """
def __init__(self):
    super().__init__()
    self.documents = []
    self.last = None
    self.count = 0
    self.closed = False
    self.notes = []

@runbook.signal
def document_submitted(self, event: DocumentSubmitted) -> None:
    self.count += 1
    self.last = event.document_ref
    {takes}

@runbook.signal
def inbox_closed(self, event: Closed) -> None:
    self.closed = True

async def _gate(self, predicate, **config):
    await self.await_signal_with_action(
        predicate=predicate,
        action=asks_for("document_submitted", runbook.info().workflow_id, source="invoice"),
        display_hint={{"component": "FILE_UPLOAD", "config": config}},
    )

@runbook.step(name="inbox", title="Inbox")
async def _inbox(self):
{inbox}
"""
"""A workflow with an inbox; `takes` is what the handler does besides, `inbox` the step's body."""

APPEND = "self.documents.append(event.document_ref)"
UNTIL_CLOSED = "await self._gate(lambda: self.closed, multiple=True)\n"
FIRST_OPENS = "await self._gate(lambda: bool(self.documents), {})\n"
TWO_OPEN = "await self._gate(lambda: self.count >= 2)\n"
ONE_AT_A_TIME = """
for _ in range(3):
    await self._gate(lambda: bool(self.documents), multiple=True)
    {}
"""


def inbox(
    bundle: BundleFactory,
    steps: str,
    takes: str = APPEND,
    run: str = "return await self._inbox()",
) -> Path:
    return bundle(
        activities=ACTIVITIES,
        models=MODELS,
        members=INBOX.format(
            takes=takes, inbox="".join(f"    {line}\n" for line in dedent(steps).splitlines())
        ),
        run=run,
    )


def lost(bundle: Path) -> list[Verdict]:
    return verdicts(CHECK, bundle)


SOUND = {
    "all of them, once the inbox is closed": (UNTIL_CLOSED + "return self.documents", APPEND),
    "an activity for each": (
        UNTIL_CLOSED + "return [await do(read, each) for each in self.documents]",
        APPEND,
    ),
    "a document counts once, however often it is sent": (
        UNTIL_CLOSED + "return list(dict.fromkeys(self.documents))",
        APPEND,
    ),
    "only their number": (UNTIL_CLOSED + "return self.count", "pass"),
    "an activity finds them by the task": (
        "await self._gate(lambda: self.count >= 2)\n"
        "return await do(list_uploads, runbook.info().workflow_id)",
        "pass",
    ),
    "one is read, the others are counted": (
        UNTIL_CLOSED + "return [self.documents[0], len(self.documents)]",
        APPEND,
    ),
    "a batch that two fill": (
        "await self._gate(lambda: len(self.documents) >= 2 or self.closed, multiple=True)\n"
        "return self.documents[:2]",
        APPEND,
    ),
    "a batch of one": (
        FIRST_OPENS.format("multiple=True") + "return self.documents[0]",
        APPEND,
    ),
    "one is wanted, the first counts": (
        FIRST_OPENS.format("multiple=False") + "return self.documents[0]",
        APPEND,
    ),
    "one is wanted, the last counts": (
        "await self._gate(lambda: self.count > 0, multiple=False)\nreturn self.last",
        "pass",
    ),
    "one is wanted, and may be replaced until the inbox is closed": (
        "await self._gate(lambda: self.closed and self.count > 0)\nreturn self.last",
        "pass",
    ),
    "two are needed": (TWO_OPEN + "return self.documents", APPEND),
    "one after the other, each in its turn": (
        ONE_AT_A_TIME.format("await do(read, self.documents.pop(0))"),
        APPEND,
    ),
    "as many as there are in a turn": (
        ONE_AT_A_TIME.format(
            "batch, self.documents = self.documents, []\n    await do(read_all, batch)"
        ),
        APPEND,
    ),
    "a single document is asked for anew, and earlier ones are forgotten": (
        ONE_AT_A_TIME.format(
            "await do(read, self.documents[0])\n    self.documents.clear()"
        ).replace("multiple=True", "multiple=False"),
        APPEND,
    ),
    "a document that is too many is refused in words": (
        UNTIL_CLOSED + "return self.documents",
        "if self.documents:\n"
        "        full = {'full': self.count}\n"
        "        self.set_user_feedback(kind='inbox', level='warning', payload=full)\n"
        "    else:\n        self.documents.append(event.document_ref)",
    ),
}


@pytest.mark.parametrize(("steps", "takes"), SOUND.values(), ids=SOUND)
def test_nothing_is_said_of_a_sound_inbox(bundle: BundleFactory, steps: str, takes: str) -> None:
    assert lost(inbox(bundle, steps, takes)) == []


FAULTY = {
    "the handler keeps the last": (
        UNTIL_CLOSED + "return self.last",
        "pass",
        "3 `document_submitted` that arrive one by one it loses documents 1, 2, 3",
    ),
    "the step reads the first": (
        UNTIL_CLOSED + "return await do(read, self.documents[0])",
        APPEND,
        "3 `document_submitted` that arrive one by one it loses documents 2, 3",
    ),
    "two are needed, the handler keeps the last": (
        TWO_OPEN + "return self.last",
        "pass",
        "2 `document_submitted` that arrive one by one it loses document 1",
    ),
    "the first opens, the second overwrites it": (
        "await self._gate(lambda: self.count > 0, multiple=True)\nreturn self.last",
        "pass",
        "2 `document_submitted` that arrive together it loses document 1",
    ),
    "the step empties the list it has not read to its end": (
        ONE_AT_A_TIME.format("first = self.documents[0]\n    self.documents.clear()\n")
        + "    await do(read, first)",
        APPEND,
        "3 `document_submitted` that arrive together it loses documents 2, 3",
    ),
    "the step forgets what came while it worked": (
        ONE_AT_A_TIME.format(
            "await do(read_all, list(self.documents))\n    self.documents.clear()"
        ),
        APPEND,
        "3 `document_submitted` that arrive one after the other, without waiting for the run "
        "it loses documents 2, 3",
    ),
}


@pytest.mark.parametrize(("steps", "takes", "told"), FAULTY.values(), ids=FAULTY)
def test_documents_that_get_lost_are_told(
    bundle: BundleFactory, steps: str, takes: str, told: str
) -> None:
    directory = inbox(bundle, steps, takes)
    [verdict] = lost(directory)
    assert verdict.message == f"gate `inbox` takes several documents, and of {told}"
    assert verdict.scenario == "happy"
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "await self.await_signal_with_action(")


def test_the_evidence_tells_which_documents_are_read(bundle: BundleFactory) -> None:
    [verdict] = lost(inbox(bundle, UNTIL_CLOSED + "return self.documents[0]"))
    effects = [line.rpartition("in its place ")[2] for line in verdict.evidence]
    assert effects == ["changes the run", "changes nothing", "changes nothing"]


def test_the_scenario_to_paste_sends_the_documents_again(bundle: BundleFactory) -> None:
    steps = "while not self.closed:\n    await self._gate(lambda: self.closed, multiple=True)\n"
    directory = inbox(bundle, steps + "return self.last", "pass")
    [verdict] = lost(directory)
    again = rerun(verdict, directory)
    sent = [each.payload for each in again.signals if each.name == "document_submitted"]
    assert len({payload["document_ref"] for payload in sent}) == len(sent) >= 3
    assert again.result == sent[-1]["document_ref"]


def test_a_verdict_is_silenced_where_the_gate_waits(bundle: BundleFactory) -> None:
    directory = inbox(bundle, UNTIL_CLOSED + "return self.last", "pass")
    file = directory / "templates/workflow.py"
    text = file.read_text(encoding="utf-8")
    reason = "  # noqa: NTR703 -- the last version counts"
    call = "await self.await_signal_with_action("
    file.write_text(text.replace(call, call + reason), encoding="utf-8")
    assert lost(directory) == []


NOTES = """
@runbook.signal
def note_added(self, event: dict) -> None:
    {does}
"""
AFTER_NOTES = "await self._inbox()\nawait self._review()\nreturn {}"
REVIEW = """
@runbook.step(name="review", title="Review")
async def _review(self):
    await self.wait_for_action(payload={"documents": self.documents})
"""
A_NOTE = Scenario("noted", signals={"review": [("note_added", {"text": "urgent"})]})
AN_EARLY_NOTE = Scenario("early", schedule=[SignalArrives("note_added", {"text": "urgent"})])


def noting(bundle: BundleFactory, does: str, result: str = "self.documents") -> Path:
    wanted = FIRST_OPENS.format("multiple=False") + "return self.documents"
    members = INBOX.format(
        takes=APPEND, inbox="".join(f"    {line}\n" for line in wanted.splitlines())
    )
    return bundle(
        activities=ACTIVITIES,
        models=MODELS,
        members=members + NOTES.format(does=does) + REVIEW,
        run=AFTER_NOTES.format(result),
    )


@pytest.mark.parametrize("scenario", [A_NOTE, AN_EARLY_NOTE], ids=lambda each: each.name)
def test_a_signal_that_is_never_used_is_told(bundle: BundleFactory, scenario: Scenario) -> None:
    directory = noting(bundle, "self.notes.append(event)")
    [verdict] = verdicts(CHECK, directory, *BUILT_IN, scenario)
    assert verdict.message == "signal `note_added` is accepted, and the run is the same without it"
    assert verdict.scenario == scenario.name
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "def note_added")


@pytest.mark.parametrize(
    ("does", "result"),
    [
        ("self.notes.append(event)", "[self.documents, self.notes]"),
        ("self.notes.append(event)", "len(self.notes)"),
        ("self.set_user_feedback(kind='note', payload=event)", "self.documents"),
        ("self.notes.append(event)", "self.documents if 'x-1' not in str(self.notes) else 1"),
    ],
    ids=["in the result", "counted", "shown", "with other content"],
)
def test_a_signal_that_is_used_in_any_way_is_not_told(
    bundle: BundleFactory, does: str, result: str
) -> None:
    scenario = Scenario("noted", signals={"review": [("note_added", {"text": "x"})]})
    directory = noting(bundle, does, result)
    assert verdicts(CHECK, directory, *BUILT_IN, scenario) == []


def test_a_signal_nobody_asked_for_or_sent_is_left_alone(bundle: BundleFactory) -> None:
    assert verdicts(CHECK, noting(bundle, "self.notes.append(event)")) == []


def test_a_signal_that_only_matters_before_another_one_is_not_told(bundle: BundleFactory) -> None:
    """Held and released is as never held; held alone is not."""
    directory = bundle(
        members="""
        def __init__(self):
            super().__init__()
            self.held = False

        @runbook.signal
        def hold_changed(self, event: dict) -> None:
            self.held = bool(event["held"])

        @runbook.step(name="review", title="Review")
        async def _review(self):
            await self.wait_for_action(payload={})
        """,
        run="""
        await self._review()
        try:
            await runbook.wait_condition(lambda: not self.held, timeout=MINUTE)
        except TimeoutError:
            return "held"
        return "done"
        """,
    )
    changes = [("hold_changed", {"held": True}), ("hold_changed", {"held": False})]
    scenario = Scenario("held_and_released", signals={"review": changes})
    assert verdicts(CHECK, directory, *BUILT_IN, scenario) == []


def test_a_deadline_that_is_moved_matters_only_when_a_gate_times_out(bundle: BundleFactory) -> None:
    directory = bundle(
        models=MODELS,
        members="""
        def __init__(self):
            super().__init__()
            self.documents, self.patient = [], False

        @runbook.signal
        def document_submitted(self, event: DocumentSubmitted) -> None:
            self.documents.append(event.document_ref)

        @runbook.signal
        def patience_asked(self, event: dict) -> None:
            self.patient = True

        @runbook.step(name="upload", title="Upload")
        async def _upload(self):
            await self.await_signal_with_action(
                predicate=lambda: bool(self.documents),
                action=asks_for("document_submitted", runbook.info().workflow_id),
                timeout=MINUTE,
            )
        """,
        run="""
        try:
            await self._upload()
        except TimeoutError:
            return "patient" if self.patient else "late"
        return self.documents[0]
        """,
    )
    scenario = Scenario("asked", signals={"upload": [("patience_asked", {})]})
    assert verdicts(CHECK, directory, *BUILT_IN, scenario) == []


def test_nothing_is_said_of_the_sample_bundles(sample: Path) -> None:
    scenarios = [*BUILT_IN, *load_author_scenarios(sample).values()]
    assert verdicts(CHECK, sample, *scenarios, child_workflows=children(sample)) == []


INVOICES = RUNBOOKS / "invoice-batch"
EDITS = {
    "keeps the last invoice": (
        "self._invoices.setdefault(event.document_ref, event)",
        'self._invoices["last"] = event',
        "documents 1, 2, 3",
    ),
    "reads all but the first": (
        "list(self._invoices.values())[: ctx.batch_limit]",
        "list(self._invoices.values())[1:]",
        "document 1",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), EDITS.values(), ids=EDITS)
def test_an_invoice_batch_that_loses_invoices_is_told(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    skip_without_temporalio(INVOICES)
    copy = edited_copy(INVOICES, tmp_path, old, new)
    [verdict] = verdicts(CHECK, copy)
    assert verdict.message.endswith(f"it loses {told}")
