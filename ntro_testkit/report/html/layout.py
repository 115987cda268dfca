"""Where everything of a timeline is drawn: columns for moments, rows for what happens together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lint_rules.report.cells import width
from ntro_testkit.report.html.text import brief
from ntro_testkit.report.html.timeline import LANES, Item, LaneKind, Moment, Timeline, Track

COLUMN = 60
"""Pixels from one moment to the next."""

ROW = 26
"""Pixels of a row of bars."""

HEAD = 24
"""Pixels of the line with a workflow's name."""

AXIS = 30
"""Pixels of the clock at the top."""

MARGIN = 14

MARK = 16
"""Pixels of a bar that takes no time; its mark has room there."""

_CELL = 6.95
"""Pixels of a character as the page's style draws labels."""

_GAP = 5
"""Pixels between a mark or a bar and the label after it."""

_LABEL = 34
"""Characters of a label that are drawn; the whole is in its title and in the table."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An item with its place, in pixels; its label is after the bar where it has no room in it."""

    item: Item
    label: str
    x: float
    y: float
    width: float
    label_x: float

    @property
    def reach(self) -> float:
        """Where it ends, with its label."""
        return max(self.x + self.width, self.label_x + width(self.label) * _CELL) + _GAP


@dataclass(frozen=True, slots=True)
class LaneBox:
    """One lane: its bars, where it begins, and how high it is."""

    kind: LaneKind
    y: float
    height: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TrackBox:
    """One workflow: its name's place and its lanes."""

    track: Track
    y: float
    lanes: tuple[LaneBox, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole timeline in pixels; `ticks` are the places where the virtual time changes."""

    width: float
    height: float
    ticks: tuple[tuple[float, float], ...]
    """(x, virtual seconds)"""
    boxes: tuple[TrackBox, ...]


def layout(timeline: Timeline) -> Layout:
    """Return the places of everything on a timeline."""
    columns = {moment: MARGIN + index * COLUMN for index, moment in enumerate(timeline.moments)}
    end = MARGIN + len(columns) * COLUMN
    y: float = AXIS
    boxes = []
    for track in timeline.tracks:
        box, y = _track(track, y, columns, end)
        boxes.append(box)
    reach = [bar.reach for box in boxes for lane in box.lanes for bar in lane.bars]
    return Layout(max([end, *reach]) + MARGIN, y + 4, tuple(_ticks(columns)), tuple(boxes))


def _track(
    track: Track, y: float, columns: Mapping[Moment, float], end: float
) -> tuple[TrackBox, float]:
    lanes = []
    top, y = y, y + HEAD
    for kind in LANES:
        items = track.lane(kind)
        if items:
            lane = _lane(kind, items, y, columns, end)
            lanes.append(lane)
            y += lane.height
    return TrackBox(track, top, tuple(lanes)), y


def _lane(
    kind: LaneKind, items: Iterable[Item], y: float, columns: Mapping[Moment, float], end: float
) -> LaneBox:
    """Put items into rows, each into the first in which it covers no other."""
    taken: list[float] = []
    bars = []
    for item in items:
        x = columns[item.start]
        row = next((row for row, free in enumerate(taken) if free <= x), len(taken))
        bar = _bar(item, x, end if item.end is None else columns[item.end], y + row * ROW)
        taken[row : row + 1] = [bar.reach]
        bars.append(bar)
    return LaneBox(kind, y, len(taken) * ROW, tuple(bars))


def _bar(item: Item, x: float, end_x: float, y: float) -> Bar:
    label = brief(label_of(item), _LABEL)
    spent = max(end_x - x, MARK)
    fits = MARK + _GAP + width(label) * _CELL < spent
    return Bar(item, label, x, y, spent, x + (MARK if fits else spent) + _GAP)


def label_of(item: Item) -> str:
    """Return what is written on an item: its name, and what became of it where that is short."""
    if item.lane == "gates":
        return f"{item.label}: {item.outcome}"
    if item.lane == "timers":
        return f"{item.label} {item.outcome}"
    if item.lane == "activities":
        return item.label.rpartition(".")[2] or item.label
    return item.label


def _ticks(columns: Mapping[Moment, float]) -> list[tuple[float, float]]:
    ticks: list[tuple[float, float]] = []
    for moment, x in columns.items():
        if not ticks or ticks[-1][1] != moment.at_s:
            ticks.append((x, moment.at_s))
    return ticks
