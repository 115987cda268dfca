"""The lines of a manifest as its readers split it, with their places in the file.

`str.splitlines`, which the validator splits with, ends lines at form feeds and Unicode separators
too; editors and other tools do not.
"""

from __future__ import annotations

from functools import cached_property

from lint_rules.files.source_text import Position
from lint_rules.files.text_file import TextFile


class Lines:
    """Lines, counted from 0, of a text file."""

    def __init__(self, file: TextFile) -> None:
        self._file = file
        self.texts = (file.text or "").splitlines()

    def position(self, number: int, column: int) -> Position:
        """Return where a column of a line, both from 0, is in the file; its end for one beyond."""
        if not self.texts:
            return 1, 1
        if number >= len(self.texts):
            number, column = len(self.texts) - 1, len(self.texts[-1])
        column = min(column, len(self.texts[number]))
        if self.are_plain:
            return number + 1, column + 1
        return self._file.source.position(self._starts[number] + column)

    @cached_property
    def are_plain(self) -> bool:
        """Whether these are the lines that an editor shows."""
        return len(self.texts) == self._file.source.line_count

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for piece in (self._file.text or "").splitlines(keepends=True):
            starts.append(starts[-1] + len(piece))
        return starts
