"""Strategies for what a person does at a review: decisions, corrections, actions on single rows.

Source of the spellings: contract 3.3. No two sources agree, so all of them are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from ntro_testkit.decisions import DIALECTS, Dialect, user_action
from ntro_testkit.strategies.leaves import TEXTS, Drawn, json_values
from ntro_testkit.strategies.shown_rows import ShownRow

WORDS = ("approved", "rejected", "corrected")
ROW_KEYS = ("row_id", "line_item_id", "line_index", "id")

REMARKS: dict[Dialect, tuple[str, ...]] = {
    "tenant": ("comments",),
    "page": ("payload",),
    "agent": ("reason", "actedBy"),
    "button": (),
}
"""What may come with a decision in a dialect, besides the decision."""

_CELLS = st.none() | st.integers(-1000, 1000) | st.integers(-1000, 1000).map(str) | TEXTS


@st.composite
def decisions(draw: st.DrawFn, rows: Sequence[ShownRow] = ()) -> dict[str, Any]:
    """Draw a `user_action` payload that decides, in some dialect; an approval in all at first.

    `rows` are what its corrections may be about; others are made up.
    """
    word = draw(st.sampled_from(WORDS))
    dialect = draw(st.sampled_from((None, *DIALECTS)))
    corrected = draw(st.lists(corrections(rows), max_size=2))
    remarks = REMARKS[dialect] if dialect else REMARKS["tenant"]
    chosen = draw(st.lists(st.sampled_from(remarks), unique=True)) if remarks else []
    action = user_action(word, dialect, corrected)
    return action | {remark: draw(TEXTS) for remark in chosen}


@st.composite
def corrections(draw: st.DrawFn, rows: Sequence[ShownRow] = ()) -> dict[str, Any]:
    """Draw one correction: a row under some key, a field of it, and its new value."""
    row = draw(_rows(rows))
    correction = {row.key: row.id, "field": draw(_fields(row)), "new_value": draw(_CELLS)}
    return correction | draw(st.fixed_dictionaries({}, optional={"old_value": _CELLS}))


@st.composite
def row_actions(draw: st.DrawFn, rows: Sequence[ShownRow] = ()) -> dict[str, Any]:
    """Draw what is done to one row while its gate is open, flat or nested, without its `kind`."""
    row = draw(_rows(rows))
    action = draw(st.sampled_from(("edit_cell", "reject_row")))
    cell: dict[str, Any] = {}
    if action == "edit_cell":
        cell = {"field": draw(_fields(row)), "value": draw(_CELLS)}
    if draw(st.booleans()):
        return {"payload": {"action": action, "row_id": str(row.id), **cell}}
    ledger = draw(st.fixed_dictionaries({}, optional={"ledger": TEXTS}))
    return {"action": action, "rowId": str(row.id), **cell, **ledger}


def user_actions(rows: Sequence[ShownRow] = (), *, junk: bool = True) -> Drawn:
    """Return a strategy for anything that comes as a `user_action`.

    Junk is what nobody should send, and somebody does: no decision, an unknown word, other keys.
    """
    acted = row_actions(rows).map(lambda action: {"kind": "row_action", **action})
    found = decisions(rows) | acted
    if not junk:
        return found
    words = st.sampled_from(("", "APPROVED", "yes", "ok", "maybe", "approved ")) | TEXTS
    unclear = st.dictionaries(st.sampled_from(("type", "action", "kind")), words, max_size=2)
    return found | unclear | st.dictionaries(TEXTS, json_values(), max_size=3)


def _rows(rows: Sequence[ShownRow]) -> st.SearchStrategy[ShownRow]:
    identities: Drawn = st.integers(0, 20) | st.integers(0, 20).map(lambda n: f"row-{n:03d}")
    made_up = st.builds(
        ShownRow, st.sampled_from(ROW_KEYS), identities, TEXTS.map(lambda name: (name,))
    )
    return st.sampled_from(rows) | made_up if rows else made_up


def _fields(row: ShownRow) -> Drawn:
    return st.sampled_from(row.fields) if row.fields else TEXTS
