"""The logical lines of a requirements file, as pip joins and strips them."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """A line with the lines it goes on in, without the backslashes in between.

    `pieces` are the offsets in `text` at which a new piece of the file begins, `offsets` where
    these lie in the file. `content` and `comment` are ranges of `text`; a line without a comment
    has an empty one at its end.
    """

    text: str
    pieces: tuple[int, ...]
    offsets: tuple[int, ...]
    content: tuple[int, int]
    comment: tuple[int, int]

    def offset(self, at: int) -> int:
        """Return where in the file a place of the text lies."""
        piece = bisect.bisect_right(self.pieces, at) - 1
        return self.offsets[piece] + at - self.pieces[piece]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the file a range of the text lies, with the breaks inside it."""
        if start >= end:
            at = self.offset(start)
            return at, at
        return self.offset(start), self.offset(end - 1) + 1


def logical_lines(text: str) -> Iterator[LogicalLine]:
    """Yield the lines that say something, or only have a comment."""
    pending: list[tuple[str, int]] = []
    offset = 0
    for line, with_end in zip(text.splitlines(), text.splitlines(keepends=True), strict=True):
        is_comment = line.lstrip().startswith("#")
        if line.endswith("\\") and not is_comment:
            kept = line.lstrip("\\")
            pending.append((kept.rstrip("\\"), offset + len(line) - len(kept)))
        else:
            if is_comment and pending:
                # What is a comment by itself stays one; the blank lies on the line break before.
                pending.append((" ", offset - 1))
            pending.append((line, offset))
            yield from _joined(pending)
            pending = []
        offset += len(with_end)
    yield from _joined(pending)


def _joined(parts: list[tuple[str, int]]) -> Iterator[LogicalLine]:
    text = "".join(part for part, _ in parts)
    if not text or text.isspace():
        return
    pieces: list[int] = []
    offsets: list[int] = []
    length = 0
    for part, offset in parts:
        if part:
            pieces.append(length)
            offsets.append(offset)
            length += len(part)
    behind = _comment(text)
    said = text[:behind]
    end = len(said.rstrip())
    start = len(said) - len(said.lstrip()) if end else 0
    yield LogicalLine(text, tuple(pieces), tuple(offsets), (start, end), (behind, len(text)))


def _comment(text: str) -> int:
    """Return where the comment begins: at a `#` that nothing but a blank stands before."""
    at = text.find("#")
    while at > 0 and not text[at - 1].isspace():
        at = text.find("#", at + 1)
    return len(text) if at < 0 else at
