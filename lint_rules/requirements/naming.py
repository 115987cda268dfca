"""The names of distributions."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[-_.]+")


def normalised(name: str) -> str:
    """Return the one spelling that all spellings of a distribution's name are compared by."""
    return _SEPARATORS.sub("-", name).lower()
