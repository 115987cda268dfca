"""Edits of one text: what they are, how several go together, how they are applied."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lint_rules.files.source_text import Position, SourceText, split_mark
from lint_rules.finding import Edit


class OverlappingEditsError(ValueError):
    """Two edits want to change the same text."""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Text that takes the place of a range; an empty range is an insertion."""

    start: Position
    end: Position
    text: str

    def at(self, path: str) -> Edit:
        """Return the edit of a file."""
        return Edit(path, self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class Combined:
    """Edits that go together, and the numbers of the groups that did not fit in."""

    edits: tuple[TextEdit, ...]
    skipped: tuple[int, ...]


def combine(*groups: Sequence[TextEdit]) -> Combined:
    """Take groups of edits in order, each as a whole or, where it overlaps, not at all."""
    taken: list[TextEdit] = []
    skipped: list[int] = []
    for number, group in enumerate(groups):
        if any(_clashes(edit, taken) for edit in group):
            skipped.append(number)
            continue
        for edit in group:
            bisect.insort(taken, edit, key=_place)
    return Combined(tuple(taken), tuple(skipped))


def _clashes(edit: TextEdit, taken: list[TextEdit]) -> bool:
    """Tell whether an edit overlaps one of those taken, which do not overlap each other."""
    at = bisect.bisect_left(taken, _place(edit), key=_place)
    return any(_overlap(edit, near) for near in taken[max(at - 1, 0) : at + 1])


def _overlap(one: TextEdit, other: TextEdit) -> bool:
    """Tell whether two edits clash; insertions at one point do, their order would be a guess."""
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return one.start < other.end and other.start < one.end


def in_order(edits: Iterable[TextEdit]) -> tuple[TextEdit, ...]:
    """Sort edits by place; an insertion goes before the replacement of what follows it."""
    return tuple(sorted(edits, key=_place))


def _place(edit: TextEdit) -> tuple[Position, Position]:
    return edit.start, edit.end


def apply_edits(source: str, edits: Iterable[TextEdit]) -> str:
    """Return the text with the edits made; raises `OverlappingEditsError`."""
    mark, body = split_mark(source)
    text = SourceText(body)
    pieces = [mark]
    done = 0
    for edit in in_order(edits):
        start, end = text.offset(edit.start), text.offset(edit.end)
        if start < done:
            raise OverlappingEditsError(f"two edits of {edit.start[0]}:{edit.start[1]}")
        pieces += (body[done:start], edit.text)
        done = end
    pieces.append(body[done:])
    return "".join(pieces)
