"""Versions as Semantic Versioning writes them."""

from __future__ import annotations

import re

_NUMBER = r"(?:0|[1-9][0-9]*)"
_PLAIN = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")
_MORE = re.compile(
    r"(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?"
)


def is_semantic(text: str) -> bool:
    """Tell whether a text is a version as Semantic Versioning writes it."""
    plain = _PLAIN.match(text)
    return plain is not None and _MORE.fullmatch(text, plain.end()) is not None
