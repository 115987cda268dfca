"""Words for generated code: the same seed gives the same words."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

_NOUNS = (
    "invoice rent levy fee dividend coupon accrual premium reserve ledger journal balance "
    "position holding price rate valuation report receipt claim payment transfer deposit "
    "mandate tenant lease unit budget forecast adjustment deduction allowance penalty refund "
    "subscription redemption commission royalty grant credit charge statement settlement"
)

_QUALITIES = (
    "open late gross net monthly yearly first final partial disputed approved foreign domestic "
    "prepaid recurring manual corrected pending settled expected unpaid opening closing weighted"
)

_VERBS = (
    "sum check match split group rank round spread carry convert collect describe compare "
    "list reduce allocate reconcile classify"
)

NOUNS = tuple(_NOUNS.split())
QUALITIES = tuple(_QUALITIES.split())
VERBS = tuple(_VERBS.split())


class Words:
    """Draws words and numbers; names it gave before are not given again."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self._names = self._endless()

    def name(self) -> str:
        """Return a new noun with a quality: `late_invoice`."""
        return next(self._names)

    def verb(self) -> str:
        """Return a verb."""
        return self.random.choice(VERBS)

    def number(self, least: int, most: int) -> int:
        """Return a number between two, both included."""
        return self.random.randint(least, most)

    def _endless(self) -> Iterator[str]:
        found = [f"{quality}_{noun}" for quality in QUALITIES for noun in NOUNS]
        self.random.shuffle(found)
        yield from found
        for number in itertools.count(2):
            yield from (f"{name}_{number}" for name in found)


def title(name: str) -> str:
    """Return a name as that of a class: `late_invoice` -> `LateInvoice`."""
    return "".join(part.capitalize() for part in name.split("_"))


def plain(name: str) -> str:
    """Return a name as words: `late_invoice` -> `late invoice`."""
    return name.replace("_", " ")
