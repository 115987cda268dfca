"""Names in the sentences of rules."""

from __future__ import annotations

from collections.abc import Sequence

_MOST = 4


def listed(names: Sequence[str]) -> str:
    """Return names as a list for people: `a`, `b` and `c`; of many only the first."""
    shown = [f"`{name}`" for name in names[:_MOST]]
    if len(names) > _MOST:
        return f"{', '.join(shown)} and {len(names) - _MOST} more"
    *first, last = shown
    return f"{', '.join(first)} and {last}" if first else last
