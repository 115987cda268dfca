"""The cells that a review gate lets people edit, and how an edit of one is spelt on the wire."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from ntro_testkit.run_data import plain
from ntro_testkit.trace import Gate

RowDialect = Literal["flat", "nested"]
"""flat: the Tenant API's body. nested: what a bundle may read instead. Source: contract 3.3."""

ROW_KEYS = ("row_id", "rowId", "line_item_id", "line_id", "line_index", "id")
"""Keys a row may be known by, the likeliest first (contract 3.3)."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One editable cell of the first row of a table; `row_ids` are what the row may be known by."""

    row: Mapping[str, Any]
    row_ids: tuple[str | int, ...]
    field: str
    value: Any
    new_value: Any


def editable_cells(gate: Gate) -> list[Cell]:
    """Return a cell for each column that a gate says is editable and has a row for."""
    shown = plain(gate.payload)
    return [cell for table in tables_of(gate) for cell in _cells(table, shown)]


def tables_of(gate: Gate) -> list[Mapping[str, Any]]:
    """Return how a gate describes its tables: its `datasets`, or its whole config."""
    config = (gate.display_hint or {}).get("config")
    if not isinstance(config, Mapping):
        return []
    datasets = config.get("datasets")
    tables = datasets if isinstance(datasets, list) else [config]
    return [table for table in tables if isinstance(table, Mapping)]


def edit_of(cell: Cell, row_id: str | int, dialect: RowDialect) -> dict[str, Any]:
    """Return the row action that edits a cell."""
    change = {"field": cell.field, "value": cell.new_value}
    return _row_action("edit_cell", row_id, dialect, change)


def rejection_of(_cell: Cell, row_id: str | int, dialect: RowDialect) -> dict[str, Any]:
    """Return the row action that throws the row of a cell out."""
    return _row_action("reject_row", row_id, dialect, {})


def is_edited(shown: Any, cell: Cell) -> bool:
    """Tell whether a row of what is shown has the cell's new value in its place."""
    return any(
        cell.field in row and str(row[cell.field]) == str(cell.new_value)
        for row in _possible_rows(shown)
    )


def is_rejected(shown: Any, cell: Cell) -> bool:
    """Tell whether the row of a cell is not shown as it was: marked, or gone."""
    return all(_scalars(row) != _scalars(cell.row) for row in _possible_rows(shown))


def _possible_rows(shown: Any) -> Iterator[dict[str, Any]]:
    """Yield everything shown that could be a row, at any depth."""
    if isinstance(shown, dict):
        yield shown
    inner = shown.values() if isinstance(shown, dict) else shown
    for item in inner if isinstance(shown, dict | list) else ():
        yield from _possible_rows(item)


def _scalars(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if not isinstance(value, dict | list)}


def _row_action(
    action: str, row_id: str | int, dialect: RowDialect, change: Mapping[str, Any]
) -> dict[str, Any]:
    if dialect == "flat":
        return {"ledger": "expenses", "action": action, "rowId": row_id, **change}
    return {"payload": {"action": action, "row_id": row_id, **change}}


def _cells(table: Mapping[str, Any], shown: Any) -> Iterator[Cell]:
    rows = _rows(shown, table.get("data_key") or table.get("key"))
    columns = table.get("columns")
    if not rows or not isinstance(columns, list):
        return
    row_ids = tuple(_row_ids(rows[0]))
    for column in columns:
        if not (isinstance(column, Mapping) and column.get("editable") is True and row_ids):
            continue
        field = str(column.get("key"))
        if field in rows[0] and not isinstance(rows[0][field], dict | list):
            value = rows[0][field]
            yield Cell(rows[0], row_ids, field, value, _other(value, str(column.get("type"))))


def _rows(shown: Any, key: Any) -> list[dict[str, Any]]:
    """Return the rows a table shows, where they are known to be rows."""
    for part in str(key).split(".") if key else ():
        shown = shown.get(part) if isinstance(shown, dict) else shown
    rows = shown if isinstance(shown, list) else []
    return rows if all(isinstance(row, dict) for row in rows) else []


def _row_ids(row: Mapping[str, Any]) -> Iterator[str | int]:
    """Yield what a row may be known by, without repetition: its ids, or else any of its values."""
    named = [key for key in row if key in ROW_KEYS or key.lower().endswith("id")]
    if not named:
        return
    keys = sorted(row, key=lambda key: (_rank(key), key not in named))
    values = [row[key] for key in keys if isinstance(row[key], str | int)]
    yield from dict.fromkeys(value for value in values if not isinstance(value, bool))


def _rank(key: str) -> int:
    return ROW_KEYS.index(key) if key in ROW_KEYS else len(ROW_KEYS)


def _other(value: Any, kind: str) -> Any:
    """Return a value of the same kind that differs; for none at all, one of the column's kind."""
    if value is None:
        return {"currency": "1.00", "number": 1, "boolean": True, "date": "2026-01-02"}.get(
            kind, "edited"
        )
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if _NUMBER.fullmatch(value):
        return str(Decimal(value) + 1)
    if _DATE.fullmatch(value):
        return _day_after(value)
    return f"{value} edited".strip()


def _day_after(value: str) -> str:
    try:
        return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return f"{value} edited"
