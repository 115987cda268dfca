"""One line of source as a terminal shows it, and the marks that go below a part of it."""

from __future__ import annotations

from collections.abc import Iterable

from lint_rules.report.cells import width
from lint_rules.report.printable import printable

TAB = 4
CUT = "..."
LONGEST = 120
"""Cells of source that are shown at most; longer lines are cut around what is marked."""


def underline(line: str, start: int, end: int) -> tuple[str, str]:
    """Return the line as shown, and marks below the characters from `start` up to `end`.

    Offsets count characters from 0. There is always at least one mark, also where the range is
    empty, behind the line, or takes no cell. No tab or control character is left in the text.
    """
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    first, last = _window(line, start, end)
    end = min(end, last)
    lead = CUT if first else ""
    before = lead + _shown(line[first:start], width(lead))
    marked = _shown(line[start:end], width(before))
    after = _shown(line[end:last], width(before) + width(marked))
    rest = CUT if last < len(line) else ""
    return before + marked + after + rest, " " * width(before) + "^" * max(width(marked), 1)


def _shown(text: str, column: int) -> str:
    """Return text without tabs and control characters, for a place `column` cells into the line."""
    pieces = text.split("\t")
    shown = printable(pieces[0])
    for piece in pieces[1:]:
        blanks = TAB - (column + width(shown)) % TAB
        shown += " " * blanks + printable(piece)
    return shown


def _window(line: str, start: int, end: int) -> tuple[int, int]:
    """Return which characters to show: all, or the marked ones and what fits around them.

    Looks at no more of the line than can be shown, since a line can be a whole file.
    """
    if len(line) <= LONGEST and width(_shown(line, 0)) <= LONGEST:
        return 0, len(line)
    marked, room = _fitting(line[start : min(end, start + LONGEST)], LONGEST)
    before = line[max(start - LONGEST, 0) : start][::-1]
    after = line[start + marked : start + marked + LONGEST]
    half = room // 2
    left, over = _fitting(before, half)
    right, spare = _fitting(after, room - half + over)
    left, _ = _fitting(before, half - over + spare)
    return start - left, start + marked + right


def _fitting(characters: Iterable[str], room: int) -> tuple[int, int]:
    """Return how many characters fit into some cells, and the cells that are left."""
    count = 0
    for character in characters:
        cells = TAB if character == "\t" else width(printable(character))
        if cells > room:
            break
        room -= cells
        count += 1
    return count, room
