"""Guesses for int, float and Decimal: 0 where it is allowed, else the shortest number that is."""

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ntro_testkit.fakes.place import Place, Schema

# what validators that refuse 0 most often accept: counts, months, days, percentages, years
_USUAL = (1, 2, 3, 5, 7, 10, 12, 15, 30, 31, 50, 100, 365, 1000, 2026, 10_000, -1)
_FINEST = 30
_MOST_STEPS = 5000


def integers(schema: Schema, _place: Place) -> Iterator[int]:
    """Yield guesses for an int, nearest to zero first."""
    low, high = _bounds(schema)
    step = int(schema.get("multiple_of") or 1)
    start = 0
    if low is not None and low > 0:
        start = math.ceil(low / step) * step
    elif high is not None and high < 0:
        start = math.floor(high / step) * step
    yield start
    yield start + step
    yield start - step
    yield from _USUAL
    for count in range(2, _MOST_STEPS):
        above, below = start + count * step, start - count * step
        if high is None or above <= high:
            yield above
        if low is None or below >= low:
            yield below


def decimals(schema: Schema, _place: Place) -> Iterator[Decimal]:
    """Yield guesses for a Decimal: 0, then the fewest digits that fit the bounds."""
    yield Decimal(0)
    if multiple := schema.get("multiple_of"):
        yield from (Decimal(str(multiple)) * count for count in _counts(schema, multiple))
    yield from _short_numbers(schema, min(schema.get("decimal_places", _FINEST), _FINEST))
    yield from (Decimal(number) for number in _USUAL)


def floats(schema: Schema, _place: Place) -> Iterator[float]:
    """Yield guesses for a float the same way, down to the neighbours of the bounds."""
    yield 0.0
    if multiple := schema.get("multiple_of"):
        # as Decimal, because 3 * 0.1 is not the float that an author would write
        unit = Decimal(str(multiple))
        yield from (float(unit * count) for count in _counts(schema, multiple))
    yield from (float(number) for number in _short_numbers(schema, _FINEST))
    low, high = _bounds(schema)
    if low is not None:
        yield from (float(low), math.nextafter(float(low), math.inf))
    if high is not None:
        yield from (float(high), math.nextafter(float(high), -math.inf))
    yield from (float(number) for number in _USUAL)


def _bounds(schema: Schema) -> tuple[Fraction | None, Fraction | None]:
    low = _finite(schema.get("gt"), schema.get("ge"))
    high = _finite(schema.get("lt"), schema.get("le"))
    return (max(low) if low else None, min(high) if high else None)


def _finite(*numbers: Any) -> list[Fraction]:
    return [Fraction(number) for number in numbers if number is not None and math.isfinite(number)]


def _short_numbers(schema: Schema, places: int) -> Iterator[Decimal]:
    """Yield, digit by digit finer, the numbers at and just inside each bound."""
    low, high = _bounds(schema)
    for place in range(places + 1):
        unit = Fraction(1, 10**place)
        if low is not None:
            yield _exact(math.ceil(low / unit), place)
            yield _exact(math.floor(low / unit) + 1, place)
        if high is not None:
            yield _exact(math.floor(high / unit), place)
            yield _exact(math.ceil(high / unit) - 1, place)


def _exact(units: int, place: int) -> Decimal:
    # from text, because arithmetic would round to the precision of the current context
    return Decimal(f"{units}E-{place}")


def _counts(schema: Schema, multiple: Any) -> Iterator[int]:
    low, high = _bounds(schema)
    unit = Fraction(multiple)
    first = math.ceil(low / unit) if low is not None else 0
    last = math.floor(high / unit) if high is not None else 0
    yield from (first, first + 1, first + 2, last, last - 1, last - 2)
