"""What a page shows beside its runs: sections of cards, as plain data.

Whoever has something to say, such as a replay check or a second process, says it in a `Section`;
how it looks is decided in one place.
"""

from __future__ import annotations

from dataclasses import dataclass

from lint_rules.finding import Severity
from ntro_testkit.verdict import Comparison


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled remark: `help`, `had`, `chain`; each line is shown as one."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of source around the one that matters.

    `place` is what a person would type to get there, `first` the number of the first of `lines`,
    `marked` that of the line that matters.
    """

    place: str
    lines: tuple[str, ...] = ()
    first: int = 1
    marked: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that was found.

    Attributes:
        message: what is wrong, in one line.
        code: of its rule, if it has one.
        name: of its rule.
        severity: how bad it is.
        scenario: the scenario it is charged to, if any; the page filters by it.
        about: what it is about: the runbook, the history.
        facts: what else there is to say, in order.
        excerpts: source to look at.
        comparison: two runs side by side, only where they differ.
        reproduce: source to be pasted; the page has a button that copies it.
    """

    message: str
    code: str = ""
    name: str = ""
    severity: Severity = "error"
    scenario: str = ""
    about: str = ""
    facts: tuple[Fact, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    comparison: Comparison | None = None
    reproduce: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the page with its cards; `nothing` is shown where there are none."""

    title: str
    cards: tuple[Card, ...] = ()
    introduction: str = ""
    nothing: str = "Nothing found."
