"""The shipped tables: one JSON file for each version of the SDK that is known."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from lint_rules.sdk.surface import Surface

DIRECTORY = Path(__file__).parent / "tables"

NEWEST = "0.1.2"
"""The version that is meant when nothing says which one."""

_KNOWN = ("0.1.0", "0.1.1", NEWEST)


def known_versions() -> tuple[str, ...]:
    """Return the versions that a table is shipped for, the oldest first."""
    return _KNOWN


@cache
def surface(version: str) -> Surface:
    """Return what a version has; raises KeyError for one that no table is shipped for."""
    if version not in _KNOWN:
        raise KeyError(version)
    text = (DIRECTORY / f"{version}.json").read_text("utf-8")
    return Surface(version, json.loads(text))


def first_with(qualified: str, after: str) -> str | None:
    """Return the oldest version later than another that has a name; None when none is known."""
    later = _KNOWN[_KNOWN.index(after) + 1 :] if after in _KNOWN else ()
    return next((version for version in later if surface(version).has(qualified)), None)
