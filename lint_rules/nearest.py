"""What somebody may have meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable

_ALIKE = 0.5
_LONGEST = 60


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice spelled most like a word, None when none is much like it."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=word[:_LONGEST].casefold(), autojunk=False)
    best, found = _ALIKE, None
    for choice in choices:
        matcher.set_seq1(choice.casefold())
        likeness = matcher.ratio()
        if likeness > best or (found is None and likeness == best):
            best, found = likeness, choice
    return found
