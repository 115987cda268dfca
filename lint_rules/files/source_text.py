"""A module's text by line and column, as `ast` counts them: characters from 1.

A byte order mark belongs to no line; it is taken off and put back by who applies edits.
"""

from __future__ import annotations

import bisect
import re

Position = tuple[int, int]

MARK = "\ufeff"

# Not `str.splitlines`: form feeds and Unicode separators end no line for Python.
_LINE_END = re.compile(r"\r\n?|\n")


class SourceText:
    """A text that can be asked for offsets, positions and lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    @property
    def newline(self) -> str:
        """What ends the first line."""
        first = _LINE_END.search(self.text)
        return first.group() if first else "\n"

    @property
    def line_count(self) -> int:
        """How many lines there are; a line break at the end begins no other."""
        return len(self._starts) - (self._starts[-1] == len(self.text))

    def offset(self, position: Position) -> int:
        """Return where a position is in the text; the line after the last is its end."""
        line, column = position
        if line > len(self._starts):
            return len(self.text)
        return self._starts[line - 1] + column - 1

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def between(self, start: Position, end: Position) -> str:
        """Return the text of a range."""
        return self.text[self.offset(start) : self.offset(end)]

    def line(self, number: int) -> str:
        """Return a line with what ends it."""
        return self.between((number, 1), (number + 1, 1))


def split_mark(source: str) -> tuple[str, str]:
    """Return the byte order mark, if any, and the text after it."""
    return (MARK, source[1:]) if source.startswith(MARK) else ("", source)
