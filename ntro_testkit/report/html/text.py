"""How much of a bundle's text is shown, and how times and counts are written."""

from __future__ import annotations

import json
from typing import Any

from ntro_testkit.report.printable import printable
from ntro_testkit.run_data import plain

LIMIT = 20_000
"""Characters of one text that a page shows; what is longer is no use to a reader."""

_MINUTE, _HOUR, _DAY = 60, 60 * 60, 24 * 60 * 60


def clipped(text: str, limit: int = LIMIT) -> str:
    """Return text with at most `limit` characters, and how many are left out."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}... {len(text) - limit:,} more characters"


def brief(text: str, limit: int) -> str:
    """Return text on one line of at most `limit` characters, an ellipsis for the rest."""
    line = " ".join(printable(text[: 8 * limit]).split())
    shortened = len(text) > 8 * limit or len(line) > limit
    return f"{line[: limit - 1]}…" if shortened else line


def value_text(value: Any) -> str:
    """Return a value of a run as JSON."""
    return json.dumps(plain(value), ensure_ascii=False)


def duration(seconds: float) -> str:
    """Write virtual seconds from milliseconds to days: `250 ms`, `1.5 s`, `1 min 30 s`, `2 d`."""
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms" if seconds else "0 s"
    if seconds < _MINUTE:
        return f"{seconds:.3g} s"
    whole = round(seconds)
    units = ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min"), (1, "s"))
    parts = []
    for size, name in units:
        count, whole = divmod(whole, size)
        parts.append((count, name))
    first = next(index for index, (count, _) in enumerate(parts) if count)
    return " ".join(f"{count} {name}" for count, name in parts[first : first + 2] if count)


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a number with the word for it."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
