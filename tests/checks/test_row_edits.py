"""NTR704: good and bad ways to take row actions, side by side."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from ntro_testkit.author_scenarios import load_author_scenarios
from ntro_testkit.checks.inputs.row_edits import CHECK
from ntro_testkit.verdict import Verdict
from tests.bundles import edited_copy, line_of
from tests.checks.examination import BUILT_IN, rerun, verdicts
from tests.conftest import BundleFactory
from tests.test_fixtures import RUNBOOKS, children, skip_without_temporalio

ACTIVITIES = """
@activity.defn(name="demo.load")
async def load() -> Table: ...

@activity.defn(name="demo.store")
async def store(rows: list, rejected: list) -> str: ...
"""

MODELS = """
class Row(BaseModel):
    {key}: str = "row-1"
    supplier: str = "Lift Ltd"
    gross: str = "12.50"
    paid: bool = False

class Table(BaseModel):
    rows: list[Row]
"""

MEMBERS = """
def __init__(self):
    super().__init__()
    self.rows = []
    self.edits = []
    self.rejected = []

def _row(self, rows, row_id):
    return next((row for row in rows if row["{key}"] == row_id), None)

{hook}
@runbook.step(name="review", title="Review")
async def _review(self):
    columns = [{{"key": key, "editable": {editable}}} for key in ("supplier", "gross", "paid")]
    table = {{"key": "invoices", "data_key": "rows", "columns": columns}}
    await self.wait_for_action(
        payload={payload},
        display_hint={{"component": "DATA_TABLE", "config": {{"datasets": [table]}}}},
    )
"""

RUN = """
table = await do(load)
self.rows = [dict(row) for row in table.rows]
self.stored = [dict(row) for row in table.rows]
await self._review()
for row_id, field, value in self.edits:
    self._row(self.stored, row_id)[field] = value
return await do(store, self.stored, self.rejected)
"""
"""`self.rows` is what is shown, `self.edits` what is applied once the gate is approved."""

HOOK = """
def on_row_action(self, action):
    {reads}
    row = self._row(self.rows, row_id)
    if row is None or action.get("action") != "edit_cell":
        return
    field, value = action.get("field"), action.get("value")
"""
FLAT = HOOK.format(reads='row_id = action.get("rowId")')
NESTED = HOOK.format(reads='action = action.get("payload", {})\n    row_id = action.get("row_id")')
BOTH = HOOK.format(
    reads='action = action.get("payload", action)\n'
    '    row_id = action.get("row_id", action.get("rowId"))'
)
SHOW = "    row[field] = value\n"
APPLY = "    self.edits.append((row_id, field, value))\n"


def table(
    bundle: BundleFactory,
    hook: str,
    *,
    key: str = "row_id",
    editable: bool = True,
    payload: str = '{"rows": self.rows}',
    result: str = RUN,
    models: str = MODELS,
) -> Path:
    return bundle(
        activities=ACTIVITIES,
        models=models.format(key=key),
        members=MEMBERS.format(hook=dedent(hook), key=key, editable=editable, payload=payload),
        run=result,
    )


def told(bundle: Path) -> list[Verdict]:
    return verdicts(CHECK, bundle)


@pytest.mark.parametrize(
    ("hook", "key"),
    [(FLAT, "row_id"), (NESTED, "row_id"), (BOTH, "row_id"), (BOTH, "id"), (FLAT, "invoice_id")],
    ids=["flat", "nested", "both", "by id", "by another id"],
)
def test_an_edit_that_is_shown_and_applied_is_sound(
    bundle: BundleFactory, hook: str, key: str
) -> None:
    assert told(table(bundle, hook + SHOW + APPLY, key=key)) == []


@pytest.mark.parametrize("hook", [FLAT, NESTED, BOTH], ids=["flat", "nested", "both"])
def test_an_edit_that_is_shown_and_not_applied_is_told(bundle: BundleFactory, hook: str) -> None:
    directory = table(bundle, hook + SHOW)
    [verdict] = told(directory)
    assert verdict.message == (
        "gate `review`: an edit of `supplier`, `gross`, `paid` is shown, but after the approval "
        "the run is the same"
    )
    assert verdict.line is not None
    assert verdict.line.line == line_of(directory, "def on_row_action")
    assert len(verdict.evidence) == (6 if hook is BOTH else 3), "a line for each field and dialect"


@pytest.mark.parametrize("hook", [FLAT, NESTED, BOTH], ids=["flat", "nested", "both"])
def test_an_edit_that_is_applied_and_not_shown_is_told(bundle: BundleFactory, hook: str) -> None:
    [verdict] = told(table(bundle, hook + APPLY))
    assert verdict.message == (
        "gate `review`: an edit of `supplier`, `gross`, `paid` is applied, but not shown while the "
        "gate is open"
    )
    assert verdict.comparison is not None
    assert any("Lift Ltd edited" in str(right) for _, right in verdict.comparison.rows)


def test_an_edit_of_a_model_that_was_shown_is_not_shown(bundle: BundleFactory) -> None:
    """D50: the gate shows a copy of a model."""
    directory = table(
        bundle,
        """
        def on_row_action(self, action):
            if action.get("rowId") == self.table.rows[0].row_id:
                setattr(self.table.rows[0], action["field"], action["value"])
        """,
        payload="self.table",
        result="""
        self.table = await do(load)
        await self._review()
        return await do(store, [row.model_dump() for row in self.table.rows], [])
        """,
    )
    [verdict] = told(directory)
    assert "is applied, but not shown" in verdict.message


def test_an_edit_of_the_pending_payload_is_shown(bundle: BundleFactory) -> None:
    """D50: `current_ui_state` shows it, `current_pending_action` does not."""
    hook = FLAT + '    self._row(self._pending_payload["rows"], row_id)[field] = value\n' + APPLY
    assert told(table(bundle, hook, payload='{"rows": [dict(row) for row in self.rows]}')) == []


def test_one_field_that_is_not_applied_is_told(bundle: BundleFactory) -> None:
    hook = FLAT + SHOW + "    if field == 'gross':\n        return\n" + APPLY
    [verdict] = told(table(bundle, hook))
    assert "an edit of `gross` is shown, but after the approval" in verdict.message
    assert len(verdict.evidence) == 1


NOTHING_HAPPENS = {
    "reads other keys": ("def on_row_action(self, action):\n    self.seen = action.get('cell')\n"),
    "looks for another id": (
        'def on_row_action(self, action):\n    self._row(self.rows, action.get("index"))\n'
    ),
}


@pytest.mark.parametrize("hook", NOTHING_HAPPENS.values(), ids=NOTHING_HAPPENS)
def test_editable_columns_without_any_effect_are_told(bundle: BundleFactory, hook: str) -> None:
    [verdict] = told(table(bundle, hook))
    assert verdict.message == (
        "gate `review`: `supplier`, `gross`, `paid` can be edited, but no edit of a row has any "
        "effect"
    )


@pytest.mark.parametrize(
    ("does", "error"),
    [("action['cell']", "KeyError"), ("raise WorkflowError('closed')", "WorkflowError")],
)
def test_edits_that_all_hang_are_told(bundle: BundleFactory, does: str, error: str) -> None:
    """The hook runs inside the gate's condition, where any exception fails the workflow task."""
    [verdict] = told(table(bundle, f"def on_row_action(self, action):\n    {does}\n"))
    assert "but every edit of a row makes the run hang" in verdict.message
    assert error in verdict.evidence[0]


SILENT = {
    "columns nobody may edit": ("def on_row_action(self, action):\n    return\n", False),
    "no row actions at all": ("", True),
    "refused in words": (
        "def on_row_action(self, action):\n"
        "    self.set_user_feedback(kind='row', level='warning', payload={'message': 'closed'})\n",
        True,
    ),
    "one dialect hangs, the other is taken": (
        FLAT.replace('action.get("rowId")', 'action["rowId"]') + SHOW + APPLY,
        True,
    ),
    "one dialect is only noted down": (
        "def on_row_action(self, action):\n"
        "    self.rows[0].setdefault('history', []).append(action)\n"
        "    if 'rowId' in action and 'field' in action:\n"
        "        self.rows[0][action['field']] = action['value']\n"
        "        self.edits.append((action['rowId'], action['field'], action['value']))\n",
        True,
    ),
}


@pytest.mark.parametrize(("hook", "editable"), SILENT.values(), ids=SILENT)
def test_nothing_is_said_where_it_is_not_certain(
    bundle: BundleFactory, hook: str, editable: bool
) -> None:
    assert told(table(bundle, hook, editable=editable)) == []


def test_an_edit_that_fails_the_run_with_a_reason_is_refused(bundle: BundleFactory) -> None:
    hook = "def on_row_action(self, action):\n    self.edits.append(action)\n"
    result = RUN.replace(
        "for row_id",
        "if self.edits:\n    raise WorkflowError('no edits', type='CLOSED')\nfor row_id",
    )
    assert told(table(bundle, hook, result=result)) == []


REJECTS = (
    BOTH.replace('or action.get("action") != "edit_cell"', "")
    + "    if action['action'] == 'reject_row':\n"
    + "        row['status'] = 'REJECTED'\n"
    + "        {}\n"
    + "        return\n"
    + SHOW
    + APPLY
)


def test_a_rejected_row_that_is_shown_and_changes_nothing_is_told(bundle: BundleFactory) -> None:
    [verdict] = told(table(bundle, REJECTS.format("pass")))
    assert "the rejection of a row is shown, but after the approval" in verdict.message


def test_a_rejected_row_that_is_left_out_is_sound(bundle: BundleFactory) -> None:
    assert told(table(bundle, REJECTS.format("self.rejected.append(row_id)"))) == []


BARE_ROWS = """
class Row(BaseModel):
    {key}: str

class Table(BaseModel):
    rows: list[dict[str, Any]]
"""


@pytest.mark.parametrize(("does", "number"), [(SHOW + APPLY, 0), (SHOW, 1)], ids=["good", "bad"])
def test_rows_of_bare_dicts_are_made_from_the_columns(
    bundle: BundleFactory, does: str, number: int
) -> None:
    directory = table(bundle, FLAT + does, models=BARE_ROWS, result=RUN)
    found = told(directory)
    assert len(found) == number
    assert all("`rows` was given one" in verdict.evidence[-1] for verdict in found)


def test_a_workflow_that_cannot_read_such_rows_is_left_alone(bundle: BundleFactory) -> None:
    reads = RUN.replace(
        "await self._review", "self.rows and self.rows[0]['vat']\nawait self._review"
    )
    assert told(table(bundle, FLAT + SHOW, models=BARE_ROWS, result=reads)) == []


def test_the_scenario_to_paste_edits_the_row_again(bundle: BundleFactory) -> None:
    directory = table(bundle, FLAT + SHOW)
    [verdict] = told(directory)
    result = rerun(verdict, directory)
    assert [event.kind for event in result.events][:2] == ["row_action", "review"]
    shown = [snapshot["current_ui_state"]["pending_payload"] for snapshot in result.snapshots]
    assert {"Lift Ltd edited"} <= {
        row["supplier"] for payload in shown if payload for row in payload["rows"]
    }


def test_a_verdict_is_silenced_at_the_hook(bundle: BundleFactory) -> None:
    hook = (FLAT + SHOW).replace(
        "(self, action):", "(self, action):  # noqa: NTR704 -- the ledger reads the table"
    )
    assert told(table(bundle, hook)) == []


def test_nothing_is_said_of_the_sample_bundles(sample: Path) -> None:
    scenarios = [*BUILT_IN, *load_author_scenarios(sample).values()]
    assert verdicts(CHECK, sample, *scenarios, child_workflows=children(sample)) == []


INVOICES = RUNBOOKS / "invoice-batch"
EDITS = {
    "shows without applying": (
        "edits=[*self._edits, *corrections]",
        "edits=corrections",
        "is shown, but after the approval the run is the same",
    ),
    "applies without showing": (
        "self._table[found.row_id][found.field] = found.value",
        "pass",
        "is applied, but not shown while the gate is open",
    ),
    "shows a copy": (
        '"rows": list(self._table.values())',
        '"rows": [dict(row) for row in self._table.values()]',
        "is applied, but not shown while the gate is open",
    ),
}


@pytest.mark.parametrize(("old", "new", "fault"), EDITS.values(), ids=EDITS)
def test_an_invoice_batch_that_loses_edits_is_told(
    tmp_path: Path, old: str, new: str, fault: str
) -> None:
    skip_without_temporalio(INVOICES)
    copy = edited_copy(INVOICES, tmp_path, old, new)
    every = "`supplier`, `invoice_date`, `currency`, `gross`, `tax`, `category`"
    assert f"gate `review_invoices`: an edit of {every} {fault}" in [
        verdict.message for verdict in verdicts(CHECK, copy)
    ]
