"""What a gate lets people edit is read from its tables, and an edit is another value of a kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntro_testkit.checks.inputs.editable_cells import (
    edit_of,
    editable_cells,
    is_edited,
    is_rejected,
    rejection_of,
)
from ntro_testkit.trace import Gate


def gate(payload: Any, config: Any) -> Gate:
    return Gate(
        workflow_id="w",
        slug="demo",
        step="review",
        kind="interactive_review",
        payload=payload,
        opened_s=0.0,
        display_hint={"component": "DATA_TABLE", "config": config},
    )


def table(*columns: str, **more: Any) -> dict[str, Any]:
    described = [{"key": key, "editable": True} for key in columns]
    return {"datasets": [{"data_key": "rows", "columns": described, **more}]}


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(-1e6, 1e6)
    | st.text(max_size=12)
    | st.decimals(-1000, 1000, places=2).map(str)
    | st.dates().map(str)
)


@settings(max_examples=30)
@given(VALUES)
def test_an_edit_is_another_value_of_the_same_kind(value: Any) -> None:
    [cell] = editable_cells(gate({"rows": [{"id": "r", "x": value}]}, table("x")))
    assert cell.new_value != value
    assert value is None or type(cell.new_value) is type(value)
    assert not is_edited({"rows": [{"x": value}]}, cell)
    assert is_edited({"other": [[{"x": cell.new_value}]]}, cell)


@settings(max_examples=30)
@given(st.decimals(-1000, 1000, places=2))
def test_an_amount_stays_an_amount_with_its_places(amount: Decimal) -> None:
    [cell] = editable_cells(gate({"rows": [{"id": "r", "x": str(amount)}]}, table("x")))
    assert Decimal(cell.new_value) == amount + 1
    assert Decimal(cell.new_value).as_tuple().exponent == -2


def test_the_two_dialects_of_a_row_action() -> None:
    [cell] = editable_cells(gate({"rows": [{"row_id": "r1", "x": "a"}]}, table("x")))
    assert edit_of(cell, "r1", "flat") == {
        "ledger": "expenses",
        "action": "edit_cell",
        "rowId": "r1",
        "field": "x",
        "value": "a edited",
    }
    assert edit_of(cell, "r1", "nested") == {
        "payload": {"action": "edit_cell", "row_id": "r1", "field": "x", "value": "a edited"}
    }
    assert rejection_of(cell, "r1", "nested") == {
        "payload": {"action": "reject_row", "row_id": "r1"}
    }


def test_a_row_is_known_by_its_likeliest_key_first() -> None:
    row = {"x": "a", "document_id": "d", "id": "i", "row_id": "r", "pages": 3, "paid": True}
    [cell] = editable_cells(gate({"rows": [row]}, table("x")))
    assert cell.row_ids == ("r", "i", "d", "a", 3)


@pytest.mark.parametrize(
    ("payload", "config"),
    [
        ({"rows": []}, table("x")),
        ({"rows": ["x"]}, table("x")),
        ({"rows": [{"x": 1}]}, table("x")),
        ({"rows": [{"id": 1, "x": {}}]}, table("x")),
        ({"rows": [{"id": 1}]}, table("x")),
        ({"rows": [{"id": 1, "x": 1}]}, table("x", data_key="lines")),
        ({"rows": [{"id": 1, "x": 1}]}, table()),
        ({"rows": [{"id": 1, "x": 1}]}, {"datasets": "rows"}),
        ({"rows": [{"id": 1, "x": 1}]}, None),
        (None, table("x")),
    ],
    ids=[
        *("no row", "no rows at all", "no id", "a nested value", "no such field"),
        *("another table", "no column", "no datasets", "no config", "no payload"),
    ],
)
def test_a_gate_without_editable_cells(payload: Any, config: Any) -> None:
    assert editable_cells(gate(payload, config)) == []


def test_tables_are_found_under_a_dotted_key_and_without_datasets() -> None:
    row = {"id": 1, "x": 1}
    assert editable_cells(gate({"a": {"rows": [row]}}, table("x", data_key="a.rows")))
    [described] = table("x")["datasets"]
    assert editable_cells(gate({"rows": [row]}, described))
    assert editable_cells(gate([row], {"columns": described["columns"]}))


def test_a_row_is_rejected_when_it_is_marked_or_gone() -> None:
    [cell] = editable_cells(gate({"rows": [{"id": "r", "x": "a"}]}, table("x")))
    assert is_rejected({"rows": []}, cell)
    assert is_rejected({"rows": [{"id": "r", "x": "a", "status": "REJECTED"}]}, cell)
    assert not is_rejected({"rows": [{"id": "r", "x": "a", "history": [{"action": 1}]}]}, cell)
