"""A timeline as a drawing: names on the left, the lanes in a box that scrolls by itself."""

from __future__ import annotations

from collections.abc import Iterator

from ntro_testkit.report.html.element import Element, element
from ntro_testkit.report.html.layout import HEAD, ROW, Bar, LaneBox, Layout, TrackBox, layout
from ntro_testkit.report.html.text import brief, counted, duration
from ntro_testkit.report.html.timeline import Timeline, Tone

NAMES = 132
"""Pixels for the names of lanes."""

MARKS: dict[Tone, str] = {"good": "✓", "bad": "✗", "info": "●", "quiet": "○", "open": "…"}
"""What is drawn before a label, so that nothing is said by colour alone."""

_NAME = 18
_INDENT = 8


def chart(timeline: Timeline, name: str) -> Element:
    """Return the drawing of a timeline; a table says the same for those who cannot see it."""
    placed = layout(timeline)
    things = counted(sum(len(track.items) for track in timeline.tracks), "thing")
    said = f"Timeline of {name}: {things} at {counted(len(timeline.moments), 'moment')}"
    return element(
        "div",
        _names(placed),
        element(
            "div",
            _lanes(placed, said),
            class_="lanes",
            tabindex=0,
            role="region",
            aria_label=f"{said}; scrolls sideways; the table below says the same",
        ),
        class_="chart",
    )


def _names(placed: Layout) -> Element:
    return element(
        "svg",
        element("text", "clock", x=0, y=19, class_="lane-name"),
        *(each for box in placed.boxes for each in _track_names(box)),
        width=NAMES,
        height=placed.height,
        class_="names",
        aria_hidden="true",
    )


def _track_names(box: TrackBox) -> Iterator[Element]:
    indent = _INDENT * box.track.depth
    nested = "↳ " if box.track.depth else ""
    yield element(
        "text",
        element("title", box.track.slug),
        brief(nested + box.track.slug, _NAME),
        x=indent,
        y=box.y + 16,
        class_="track-name",
    )
    for lane in box.lanes:
        yield element("text", lane.kind, x=indent, y=lane.y + 17, class_="lane-name")


def _lanes(placed: Layout, said: str) -> Element:
    return element(
        "svg",
        *(_stripe(lane) for box in placed.boxes for lane in box.lanes[::2]),
        *(_head(box) for box in placed.boxes),
        *(each for tick in placed.ticks for each in _tick(*tick, placed.height)),
        *(_bar(bar) for box in placed.boxes for lane in box.lanes for bar in lane.bars),
        width=round(placed.width),
        height=placed.height,
        role="img",
        aria_label=said,
    )


def _stripe(lane: LaneBox) -> Element:
    return element("rect", x=0, y=lane.y, width="100%", height=lane.height, class_="stripe")


def _head(box: TrackBox) -> Element:
    y = box.y + HEAD - 2
    return element("line", x1=0, x2="100%", y1=y, y2=y, class_="track-line")


def _tick(x: float, seconds: float, height: float) -> Iterator[Element]:
    yield element("line", x1=x, x2=x, y1=24, y2=height, class_="tick")
    yield element("text", duration(seconds), x=x, y=18, class_="time")


def _bar(bar: Bar) -> Element:
    item = bar.item
    return element(
        "g",
        element("title", f"{item.label}: {item.outcome}\n{item.detail}"),
        element(
            "rect", x=bar.x, y=bar.y + 3, width=round(bar.width), height=ROW - 6, rx=4, class_="bar"
        ),
        element("text", MARKS[item.tone], x=bar.x + 8, y=bar.y + 17, class_="mark"),
        element("text", bar.label, x=bar.label_x, y=bar.y + 17, class_="label"),
        class_=f"item {item.tone}",
    )
