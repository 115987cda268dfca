"""A timeline as a table, for those who cannot see a drawing or want every detail."""

from __future__ import annotations

from ntro_testkit.report.html.element import Element, element
from ntro_testkit.report.html.text import brief, counted, duration
from ntro_testkit.report.html.timeline import Item, LaneKind, Timeline, Track
from ntro_testkit.report.paths import shown_path

_KINDS: dict[LaneKind, str] = {
    "gates": "gate",
    "signals": "signal",
    "activities": "activity",
    "timers": "timer",
    "children": "child",
}

_OUTCOME = 160


def events(timeline: Timeline) -> Element:
    """Return a timeline as a table that opens on demand."""
    items = timeline.items()
    heads = ("from", "to", "runbook", "what", "name", "outcome", "detail", "line")
    return element(
        "details",
        element("summary", f"{counted(len(items), 'event')} as a table"),
        element(
            "div",
            element(
                "table",
                element(
                    "thead",
                    element("tr", *(element("th", head, scope="col") for head in heads)),
                ),
                element("tbody", *(_row(track, item) for track, item in items)),
                class_="events",
            ),
            class_="scroll",
            tabindex=0,
            role="region",
            aria_label="Events as a table",
        ),
    )


def _row(track: Track, item: Item) -> Element:
    end = "" if item.end is None else duration(item.end.at_s)
    line = f"{shown_path(item.line.path)}:{item.line.line}" if item.line else ""
    return element(
        "tr",
        element("td", duration(item.start.at_s), class_="number"),
        element("td", end, class_="number"),
        element("td", track.slug),
        element("td", _KINDS[item.lane]),
        element("td", element("code", item.label)),
        element("td", brief(item.outcome, _OUTCOME), class_=item.tone),
        element("td", item.detail, class_="detail"),
        element("td", element("code", line)),
    )
