"""Two runs side by side: what is the same is folded away, what differs is marked."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntro_testkit.report.html.element import Element, Node, element
from ntro_testkit.report.html.text import brief, clipped, counted
from ntro_testkit.verdict import Comparison

MOST = 200
"""Rows that are shown."""

WIDTH = 600
"""Characters of one row that are shown."""

_EQUAL = 160
"""Characters of a row that is the same on both sides."""

AROUND = 2
"""Equal rows kept before and after a difference."""


@dataclass(frozen=True, slots=True)
class Row:
    """What each side did there, None where one did nothing; or rows folded away."""

    left: str | None = None
    right: str | None = None
    folded: int = 0

    @property
    def differs(self) -> bool:
        """Whether the two sides are not the same."""
        return self.left != self.right


def rows_of(comparison: Comparison) -> list[Row]:
    """Return the rows of a comparison, which are all different."""
    return [Row(left, right) for left, right in comparison.rows]


def aligned(left: Sequence[str], right: Sequence[str]) -> list[Row]:
    """Return two runs line by line, with long stretches of equal lines folded away."""
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    rows = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        pairs = itertools.zip_longest(left[start:end], right[other_start:other_end])
        stretch = [Row(*pair) for pair in pairs]
        rows += _folded(stretch) if kind == "equal" else stretch
    return rows


def _folded(equal: list[Row]) -> list[Row]:
    hidden = len(equal) - 2 * AROUND
    if hidden < 2:
        return equal
    return [*equal[:AROUND], Row(folded=hidden), *equal[-AROUND:]]


def side_by_side(left: str, right: str, rows: Sequence[Row]) -> Element:
    """Return a table of two columns under their titles."""
    left_out = len(rows) - MOST
    return element(
        "div",
        element(
            "table",
            element("thead", element("tr", *(_title(title) for title in (left, right)))),
            element("tbody", *map(_row, rows[:MOST])),
        ),
        element("p", f"{counted(left_out, 'more row')}.", class_="note") if left_out > 0 else None,
        class_="beside scroll",
        tabindex=0,
        role="region",
        aria_label=f"{left} beside {right}",
    )


def _title(title: str) -> Element:
    return element("th", title, scope="col")


def _row(row: Row) -> Element:
    if row.folded:
        more = element("td", f"{counted(row.folded, 'more equal line')}", colspan=2)
        return element("tr", more, class_="equal folded")
    if not row.differs:
        same = element("td", brief(row.left or "", _EQUAL), colspan=2)
        return element("tr", same, class_="equal")
    marked = _marked(row.left, row.right)
    return element("tr", *(_side(*side) for side in marked), class_="differs")


def _side(*parts: Node) -> Element:
    return element("td", *parts, class_=None if parts else "absent")


def _marked(left: str | None, right: str | None) -> Iterator[tuple[Node, ...]]:
    """Yield both sides with what is not common to them marked."""
    if left is None or right is None:
        for side in (left, right):
            yield () if side is None else (element("mark", clipped(side, WIDTH)),)
        return
    left, right = clipped(left, WIDTH), clipped(right, WIDTH)
    start = _common(left, right)
    rest = left[start:], right[start:]
    # Two that begin differently are two things, whatever bracket both end with.
    end = _common(*(side[::-1] for side in rest)) if start else 0
    for side in (left, right):
        middle = side[start : len(side) - end]
        yield tuple(
            part
            for part in (
                side[:start],
                element("mark", middle) if middle else "",
                side[len(side) - end :],
            )
            if part
        )


def _common(left: str, right: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
