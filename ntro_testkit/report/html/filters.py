"""What a reader filters a page by; hidden until the page's script is there to do it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ntro_testkit.report.html.element import Element, element
from ntro_testkit.report.html.section import Section
from ntro_testkit.trace import RunResult


def filters(results: Sequence[RunResult], sections: Sequence[Section]) -> Element:
    """Return the form: text, scenario, status, code."""
    cards = [card for section in sections for card in section.cards]
    names = [*(run.scenario for run in results), *(card.scenario for card in cards)]
    statuses = [
        *("passed" if run.passed else "failed" for run in results),
        *(card.severity for card in cards),
    ]
    return element(
        "form",
        element(
            "label",
            "Search",
            element("input", type="search", name="text", autocomplete="off", spellcheck="false"),
        ),
        _choice("scenario", names),
        _choice("status", statuses),
        _choice("code", sorted(card.code for card in cards)),
        element("button", "Clear", type="reset"),
        element("output", aria_live="polite"),
        id="filters",
        role="search",
        hidden=True,
    )


def _choice(name: str, values: Iterable[str]) -> Element | None:
    """Return a list to choose from, or nothing where there is no choice."""
    known = [value for value in dict.fromkeys(values) if value]
    if not known:
        return None
    return element(
        "label",
        name.capitalize(),
        element(
            "select",
            element("option", "all", value=""),
            *(element("option", value, value=value) for value in known),
            name=name,
        ),
    )
