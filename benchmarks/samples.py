"""The bundles the benchmarks run; they are data beside this file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BUNDLES = Path(__file__).parent / "bundles"

SMALL = BUNDLES / "small"
"""Three activities, two signals (an upload and a decision) and one timeout of 24 hours."""

SMALL_INPUT = SMALL / "input.json"
"""Its input, given to ours and to the peer alike, which cannot make one up (D13)."""

PETTY_CASH = Path(__file__).parents[1] / "fixtures" / "runbooks" / "petty-cash"
"""The smallest of the sample bundles: an upload, a review, two activities."""

HOURLY = BUNDLES / "hourly"
"""Nothing but sleeps of an hour; its input says how many."""


def small_input() -> dict[str, Any]:
    """Return the input of the small bundle."""
    value: dict[str, Any] = json.loads(SMALL_INPUT.read_text(encoding="utf-8"))
    return value
