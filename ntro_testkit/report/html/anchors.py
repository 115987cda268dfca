"""Names of places on a page, for links: readable, safe, and never given twice."""

from __future__ import annotations

import itertools
import re

_OTHER = re.compile(r"[^a-z0-9_-]+")
_LONGEST = 60


class Anchors:
    """Gives each place of one page a name of its own: `scenario-happy`, `scenario-happy-2`."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def named(self, kind: str, name: str) -> str:
        """Return the name of the next place of a kind; the first of a name has no number."""
        plain = f"{kind}-{_OTHER.sub('-', name.lower())[:_LONGEST].strip('-')}".rstrip("-")
        numbered = (f"{plain}-{number}" for number in itertools.count(2))
        anchor = next(
            each for each in itertools.chain([plain], numbered) if each not in self._given
        )
        self._given.add(anchor)
        return anchor
