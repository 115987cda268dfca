"""How much room text takes on a terminal, counted in cells."""

from __future__ import annotations

import unicodedata

_JOINED_JAMO = range(0x1160, 0x1200)
"""Vowels and finals of Korean, drawn inside the syllable that they end."""


def width(text: str) -> int:
    """Return the cells that printable text takes: two for a wide character, none for a mark."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"} or ord(character) in _JOINED_JAMO:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
