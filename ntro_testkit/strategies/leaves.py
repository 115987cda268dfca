"""Strategies for the types without parts: which one draws which kind of schema.

They aim at what a schema allows and may miss: what they draw is checked by its validator anyway.
Only what travels as JSON and comes back the same is drawn: no infinities, no lone surrogates.
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from ntro_testkit.fakes.place import Schema

Drawn = SearchStrategy[Any]

_LARGEST = 2**53
"""Up to here every reader of JSON reads the same whole number (RFC 8259, section 6)."""
_FINEST_PLACES = 4
_LONGEST_BINARY = 64
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2099, 12, 31)
_PAST_DAY, _FUTURE_DAY = date(2020, 1, 1), date(2150, 1, 1)
# as far from the clock as a test may be run
_LONGEST_TIME = timedelta(days=3660)
PLAIN = string.ascii_letters + string.digits
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))
"""What a person can write: everything except control characters and half characters."""
TEXTS = st.text(CHARACTERS)
NUMBERS = st.integers(-_LARGEST, _LARGEST)


def json_values() -> Drawn:
    """Draw anything that is JSON, the plainest first."""
    plain = st.none() | st.booleans() | NUMBERS | TEXTS
    return st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
        max_leaves=5,
    )


def matching(pattern: str) -> Drawn | None:
    """Draw texts that match a regular expression, as plain as it lets them be.

    None for a pattern that Python cannot read: pydantic's are of Rust.
    """
    python = pattern.replace(r"\z", r"\Z")
    for alphabet in (st.sampled_from(PLAIN + "-_ .:/@"), st.characters(codec="ascii"), None):
        try:
            compiled = re.compile(python)
            texts = st.from_regex(compiled, fullmatch=_is_anchored(python), alphabet=alphabet)
            texts.validate()
        except (re.error, InvalidArgument, OverflowError):
            continue
        return texts
    return None


def _is_anchored(pattern: str) -> bool:
    return pattern.startswith(("^", r"\A")) and pattern.endswith(("$", r"\Z"))


def _integers(schema: Schema) -> Drawn | None:
    low, high = _bounds(schema)
    step = int(schema.get("multiple_of") or 1)
    first = math.ceil((-_LARGEST if low is None else low) / step)
    last = math.floor((_LARGEST if high is None else high) / step)
    return _multiples(first, last, lambda count: count * step)


def _floats(schema: Schema) -> Drawn | None:
    low, high = _bounds(schema)
    if multiple := schema.get("multiple_of"):
        unit = Decimal(str(multiple))
        return _counted(low, high, unit, lambda count: float(unit * count))
    lowest, highest = (None if bound is None else float(bound) for bound in (low, high))
    if lowest is not None and highest is not None and lowest > highest:
        return None
    return st.floats(lowest, highest, allow_nan=False, allow_infinity=False, allow_subnormal=False)


def _decimals(schema: Schema) -> Drawn | None:
    low, high = _bounds(schema)
    places = min(schema.get("decimal_places", _FINEST_PLACES), _FINEST_PLACES)
    unit = Decimal(str(schema.get("multiple_of") or f"1E-{places}"))
    if (digits := schema.get("max_digits")) is not None:
        largest = Fraction(10 ** max(0, digits - places)) - Fraction(unit)
        low = -largest if low is None else max(low, -largest)
        high = largest if high is None else min(high, largest)
    # from text, because arithmetic would round to the precision of the current context
    return _counted(low, high, unit, lambda count: Decimal(str(unit)) * count)


def _counted(
    low: Fraction | None, high: Fraction | None, unit: Decimal, value: Callable[[int], Any]
) -> Drawn | None:
    step = Fraction(unit)
    first = math.ceil((Fraction(-_LARGEST) if low is None else low) / step)
    last = math.floor((Fraction(_LARGEST) if high is None else high) / step)
    return _multiples(first, last, value)


def _multiples(first: int, last: int, value: Callable[[int], Any]) -> Drawn | None:
    return st.integers(first, last).map(value) if first <= last else None


def _bounds(schema: Schema) -> tuple[Fraction | None, Fraction | None]:
    low = [schema[name] for name in ("gt", "ge") if schema.get(name) is not None]
    high = [schema[name] for name in ("lt", "le") if schema.get(name) is not None]
    return (
        max(map(Fraction, filter(math.isfinite, low)), default=None),
        min(map(Fraction, filter(math.isfinite, high)), default=None),
    )


def _texts(schema: Schema) -> Drawn | None:
    shortest, longest = schema.get("min_length", 0), schema.get("max_length")
    if pattern := schema.get("pattern"):
        return matching(pattern if isinstance(pattern, str) else pattern.pattern)
    return st.text(CHARACTERS, min_size=shortest, max_size=longest)


def _bytes(schema: Schema) -> Drawn:
    # what is no text has no JSON form
    longest = schema.get("max_length", _LONGEST_BINARY)
    return st.text(PLAIN, min_size=schema.get("min_length", 0), max_size=longest).map(str.encode)


def _days(schema: Schema) -> tuple[date, date]:
    """Return the first and the last day to draw from; the first may be the later one."""
    low, high = _ends(schema, datetime.combine(_FIRST_DAY, time()), _last_moment())
    first, last = (day.date() if isinstance(day, datetime) else day for day in (low, high))
    if schema.get("now_op") == "past":
        last = min(last, _PAST_DAY)
    if schema.get("now_op") == "future":
        first, last = max(first, _FUTURE_DAY), max(last, _FUTURE_DAY.replace(year=2200))
    return first, last


def _dates(schema: Schema) -> Drawn | None:
    first, last = _days(schema)
    return st.dates(first, last) if first <= last else None


def _datetimes(schema: Schema) -> Drawn | None:
    first, last = _days(schema)
    if first > last:
        return None
    naive = schema.get("tz_constraint") == "naive"
    return st.datetimes(
        datetime.combine(first, time()),
        datetime.combine(last, time.max),
        timezones=st.none() if naive else st.just(UTC),
    )


def _last_moment() -> datetime:
    return datetime.combine(_LAST_DAY, time.max)


def _times(schema: Schema) -> Drawn | None:
    low, high = _ends(schema, time.min, time.max)
    low, high = low.replace(tzinfo=None), high.replace(tzinfo=None)
    return st.times(low, high) if low <= high else None


def _timedeltas(schema: Schema) -> Drawn | None:
    low, high = _ends(schema, -_LONGEST_TIME, _LONGEST_TIME)
    return st.timedeltas(low, high) if low <= high else None


def _ends(schema: Schema, lowest: Any, highest: Any) -> tuple[Any, Any]:
    low = next((schema[name] for name in ("ge", "gt") if schema.get(name) is not None), lowest)
    high = next((schema[name] for name in ("le", "lt") if schema.get(name) is not None), highest)
    return low, high


def uuids(version: int | None = None) -> Drawn:
    """Draw UUIDs, the smallest first; hypothesis' own come of a seed and cannot be shrunk."""
    return st.integers(0, 2**128 - 1).map(lambda number: UUID(int=number, version=version))


LEAVES: dict[str, Callable[[Schema], Drawn | None]] = {
    "any": lambda _schema: json_values(),
    "none": lambda _schema: st.none(),
    "bool": lambda _schema: st.booleans(),
    "int": _integers,
    "float": _floats,
    "decimal": _decimals,
    "str": _texts,
    "bytes": _bytes,
    "date": _dates,
    "datetime": _datetimes,
    "time": _times,
    "timedelta": _timedeltas,
    "literal": lambda schema: st.sampled_from(list(schema["expected"])),
    "enum": lambda schema: st.sampled_from(list(schema["members"])),
    "uuid": lambda schema: uuids(schema.get("version")),
}
"""Kind of schema -> its strategy, None where its bounds leave none.

Of any other kind only the values of `fakes` are drawn.
"""
