"""Tells which modules have been imported since the last time it was asked."""

from __future__ import annotations

import sys


class Imports:
    """Remembers what it has told of; asking again costs nothing while nothing is imported."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._state: tuple[int, str] | None = None

    def new(self) -> set[str]:
        """Return the names of modules it has not told of yet."""
        # A module that is imported is put last, so this also changes when another one has left.
        state = (len(sys.modules), next(reversed(sys.modules)))
        if state == self._state:
            return set()
        self._state = state
        names = set(sys.modules)
        new = names - self._told
        self._told = names
        return new
