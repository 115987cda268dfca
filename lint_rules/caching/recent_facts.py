"""The facts of texts met a moment ago: bundles, and their versions, share modules word for word."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from lint_rules.facts import ModuleFacts, ParseProblem

MOST = 100_000
"""Expressions that are kept, over all texts: some 20 MB."""


class _Store(Protocol):
    def get(self, text_digest: str) -> ModuleFacts | ParseProblem | None: ...

    def put(self, text_digest: str, facts: ModuleFacts | ParseProblem) -> None: ...


class RecentFacts:
    """Keeps facts in memory, in front of where they are kept between runs, if anywhere.

    What was not asked for longest goes first.
    """

    def __init__(self, store: _Store | None = None, most: int = MOST) -> None:
        self.store = store
        self._most = most
        self._kept: OrderedDict[str, ModuleFacts | ParseProblem] = OrderedDict()
        self._size = 0

    def get(self, text_digest: str) -> ModuleFacts | ParseProblem | None:
        """Return what is known of a text; None when that is nothing."""
        found = self._kept.get(text_digest)
        if found is not None:
            self._kept.move_to_end(text_digest)
            return found
        found = self.store.get(text_digest) if self.store is not None else None
        if found is not None:
            self._keep(text_digest, found)
        return found

    def put(self, text_digest: str, facts: ModuleFacts | ParseProblem) -> None:
        """Remember the facts of a text."""
        self._keep(text_digest, facts)
        if self.store is not None:
            self.store.put(text_digest, facts)

    def _keep(self, text_digest: str, facts: ModuleFacts | ParseProblem) -> None:
        self._kept[text_digest] = facts
        self._size += _size(facts)
        while self._size > self._most and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= _size(oldest)


def _size(facts: ModuleFacts | ParseProblem) -> int:
    return len(getattr(facts, "expressions", ())) + 1
