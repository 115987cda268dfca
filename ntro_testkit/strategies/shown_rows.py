"""The rows that a review shows, as far as somebody who only sees its payload can tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ntro_testkit.run_data import plain
from ntro_testkit.trace import Gate

_IDENTITIES = ("row_id", "rowId", "line_item_id", "line_id", "line_index", "id")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: the key that tells it from others, its value there, and the names of its cells."""

    key: str
    id: Any
    fields: tuple[str, ...]


def shown_rows(gate: Gate) -> tuple[ShownRow, ...]:
    """Return the rows in a gate's payload, wherever in it there is a list of mappings."""
    return tuple(_rows(plain(gate.payload)))


def _rows(shown: Any) -> Iterator[ShownRow]:
    if isinstance(shown, dict):
        for inner in shown.values():
            yield from _rows(inner)
    if not isinstance(shown, list):
        return
    for index, row in enumerate(shown):
        if isinstance(row, dict):
            key = next((name for name in _IDENTITIES if row.get(name) is not None), None)
            fields = tuple(name for name in _cells(row) if name != key)
            yield ShownRow(key or "line_index", row[key] if key else index, fields)


def _cells(row: dict[str, Any]) -> Iterator[str]:
    """Yield the names of what a table would show in columns, one level down too."""
    for name, value in row.items():
        if isinstance(value, dict):
            yield from (str(inner) for inner in value)
        elif not isinstance(value, list):
            yield str(name)
