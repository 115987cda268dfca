"""A bundle's text made fit for a terminal, a file or XML: nothing invisible or unencodable."""

from __future__ import annotations

import unicodedata
from typing import Any


def printable(text: str) -> str:
    """Return text with control characters and lone surrogates written as escapes.

    What a bundle says must not move a cursor, ring a bell or break an encoding; line breaks stay.
    """
    if text.isprintable():
        return text
    return "".join(
        _escaped(character)
        if character != "\n" and unicodedata.category(character).startswith("C")
        else character
        for character in text
    )


def one_line(value: Any, limit: int = 100) -> str:
    """Return a value on one line, cut to `limit` characters."""
    text = printable(" ".join(str(value).split()))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", errors="surrogatepass").decode("ascii")
