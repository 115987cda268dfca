"""Rows of text as an aligned table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lint_rules.report.cells import width
from lint_rules.report.colours import Colours
from lint_rules.report.printable import printable

Row = tuple[str | None, ...]

_NONE = "-"
_WIDEST = 60


def table(title: str, head: Row, rows: Sequence[Row], colours: Colours) -> Iterator[str]:
    """Yield the lines of a table under its title; nothing without rows."""
    if not rows:
        return
    cells = [[_cell(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width(row[n]) for row in cells) for n in range(len(head))]
    yield ""
    yield f"  {colours.paint(title, 'strong')}"
    for number, row in enumerate(cells):
        padded = (cell + " " * (widths[n] - width(cell)) for n, cell in enumerate(row))
        line = "  ".join(padded).rstrip()
        yield f"    {line if number else colours.paint(line, 'label')}"


def listing(title: str, lines: Sequence[str], colours: Colours) -> Iterator[str]:
    """Yield lines under a title; nothing without lines."""
    if lines:
        yield ""
        yield f"  {colours.paint(title, 'strong')}"
        yield from (f"    {printable(line)}" for line in lines)


def _cell(text: str | None) -> str:
    shown = printable(text) if text else _NONE
    return f"{shown[: _WIDEST - 3]}..." if len(shown) > _WIDEST else shown
