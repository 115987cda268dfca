"""A file that is no Python: `runbook.md`, `requirements.txt`, or one that ought to be there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lint_rules.facts.records import Span
from lint_rules.files.source_text import SourceText


@dataclass(frozen=True)
class TextFile:
    """A text with its absolute path; `text` is None when the file is missing or no UTF-8.

    A byte order mark is not part of the text, as `has_mark` tells.
    """

    path: str
    text: str | None = None
    has_mark: bool = False

    @cached_property
    def source(self) -> SourceText:
        """The text by line and column."""
        return SourceText(self.text or "")

    def span(self, start: int, end: int) -> Span:
        """Return the range between two offsets of the text."""
        return Span(*self.source.position(start), *self.source.position(end))

    def line_span(self, number: int) -> Span:
        """Return the range of a line without what ends it."""
        line = self.source.line(number).rstrip("\r\n")
        return Span(number, 1, number, len(line) + 1)


START = Span(1, 1, 1, 1)
"""Where a fault of a whole file is shown."""
