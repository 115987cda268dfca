"""Columns in characters from the columns in UTF-8 bytes that `ast` counts, and text by place.

Only lines with a character outside ASCII need any translation.
"""

from __future__ import annotations

import re
from array import array
from functools import cached_property

# Not `str.splitlines`: form feeds and Unicode separators end no line for Python.
_LINE_END = re.compile(r"\r\n?|\n")


class Columns:
    """Translates the columns of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._wide = {} if text.isascii() else _wide_lines(text)

    def character(self, line: int, column: int) -> int:
        """Return the column in characters, from 0."""
        wide = self._wide.get(line)
        return column if wide is None else len(wide[:column].decode(errors="replace"))

    def translate(self, spans: array[int]) -> None:
        """Translate a table of line, column, end line, end column in place."""
        if not self._wide:
            return
        for place in range(0, len(spans), 2):
            if spans[place] in self._wide:
                spans[place + 1] = self.character(spans[place], spans[place + 1])

    def match(self, pattern: re.Pattern[str], line: int, character: int) -> re.Match[str] | None:
        """Match a pattern where a line has a character, counted from 0."""
        return pattern.match(self._text, self._line_starts[line - 1] + character)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self._text))]


def _wide_lines(text: str) -> dict[int, bytes]:
    lines = enumerate(_LINE_END.split(text), start=1)
    return {number: line.encode(errors="replace") for number, line in lines if not line.isascii()}
