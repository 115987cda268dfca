"""Sections and their cards: what was found, with its source, and two runs side by side."""

from __future__ import annotations

from ntro_testkit.report.html.anchors import Anchors
from ntro_testkit.report.html.element import Element, element
from ntro_testkit.report.html.section import Card, Excerpt, Fact, Section
from ntro_testkit.report.html.side_by_side import rows_of, side_by_side
from ntro_testkit.report.html.text import brief

MOST = 500
"""Cards of one section that are shown."""


def section(shown: Section, anchors: Anchors) -> Element:
    """Return a heading with its cards."""
    cards = shown.cards[:MOST]
    left_out = len(shown.cards) - len(cards)
    return element(
        "section",
        element("h2", shown.title, " ", element("span", f"{len(shown.cards):,}", class_="count")),
        element("p", shown.introduction, class_="introduction") if shown.introduction else None,
        element("p", shown.nothing, class_="nothing") if not cards else None,
        *(_card(card, anchors) for card in cards),
        element("p", f"{left_out:,} more are not shown.", class_="note") if left_out else None,
        id=anchors.named("section", shown.title),
    )


def _card(card: Card, anchors: Anchors) -> Element:
    return element(
        "article",
        _head(card),
        element("p", card.message, class_="message"),
        *(excerpt_figure(excerpt) for excerpt in card.excerpts),
        element("dl", *(each for fact in card.facts for each in _fact(fact))),
        side_by_side(card.comparison.left, card.comparison.right, rows_of(card.comparison))
        if card.comparison
        else None,
        _reproduce(card.reproduce) if card.reproduce else None,
        class_=f"card {card.severity}",
        id=anchors.named("finding", card.code or card.name),
        data_filtered=True,
        data_code=card.code,
        data_scenario=card.scenario,
        data_status=card.severity,
    )


def _head(card: Card) -> Element:
    return element(
        "h3",
        element("span", card.severity, class_=f"badge {card.severity}"),
        " ",
        element("code", card.code) if card.code else None,
        " ",
        card.name,
        element("span", brief(" · ".join(filter(None, (card.about, card.scenario))), 200)),
    )


def _fact(fact: Fact) -> tuple[Element, Element]:
    return (
        element("dt", fact.label),
        element("dd", *(element("div", line) for line in fact.lines)),
    )


def excerpt_figure(excerpt: Excerpt) -> Element:
    """Return lines of source under their place, the one that matters marked."""
    lines = [
        element(
            "span",
            element("span", f"{number:>4}", class_="line-number"),
            f"  {line}",
            class_="line marked" if number == excerpt.marked else "line",
        )
        for number, line in enumerate(excerpt.lines, start=excerpt.first)
    ]
    return element(
        "figure",
        element("figcaption", element("code", excerpt.place)),
        element("pre", *lines, tabindex=0, aria_label=excerpt.place) if lines else None,
    )


def _reproduce(source: str) -> Element:
    return element(
        "figure",
        element(
            "figcaption",
            "A scenario that shows it again, for ",
            element("code", "tests/scenarios.py"),
            element("button", "Copy", type="button", data_copies=True, hidden=True),
        ),
        element("pre", source, tabindex=0, aria_label="Scenario to paste"),
    )
