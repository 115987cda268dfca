"""Letting the worker's time zone or locale decide a value.

`datetime.fromtimestamp(x)` without `tz`, naive `.timestamp()` and `.astimezone()`,
`time.localtime`, `strftime("%c")` and month names give another text or moment on a worker in
another zone.

Bad:

    booked = datetime.fromtimestamp(event.received_at)

Good:

    booked = datetime.fromtimestamp(event.received_at, tz=timezone.utc)
"""

from __future__ import annotations

from lint_rules.rules.hazard_rule import named_hazards
from lint_rules.rules.rule import Rule

RULE = Rule(
    code="NTR118",
    name="locale-or-time-zone",
    summary="time zone or locale of the worker decides a value",
    explanation=__doc__,
    check=named_hazards("NTR118", "depends on the time zone or locale of the worker"),
    fix="unsafe",
)
