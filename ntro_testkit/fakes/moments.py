"""Guesses for dates and times: the start of 2026 where it is allowed, never the clock's today."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ntro_testkit.fakes.place import Place, Schema

_NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
# for PastDate and FutureDate the clock decides what is legal, but not what is drawn
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_FAR_AHEAD = datetime(2100, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)
# distances from new year for validators that want a later, an earlier, a month-end, another weekday
_DISTANCES = [timedelta(days=days) for days in (1, -1, 30, 31, 2, 3, 4, 58, 89, 364, 365, -365)]


def dates(schema: Schema, _place: Place) -> Iterator[date]:
    """Yield guesses for a date."""
    yield from (moment.date() for moment in _anchors(schema))
    for bound in _bounds(schema):
        day = bound.date() if isinstance(bound, datetime) else bound
        yield from (day, *_shifted(day, _DAY), *_shifted(day, -_DAY))


def datetimes(schema: Schema, _place: Place) -> Iterator[datetime]:
    """Yield guesses for a datetime, aware unless the type wants it naive."""
    moments = list(_anchors(schema))
    for bound in _bounds(schema):
        for distance in (timedelta(0), _DAY, -_DAY, _INSTANT, -_INSTANT):
            moments.extend(_shifted(bound, distance))
    for moment in moments:
        if schema.get("tz_constraint") != "naive":
            yield moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        yield moment.replace(tzinfo=None)


def times(schema: Schema, _place: Place) -> Iterator[time]:
    """Yield guesses for a time of day, midnight first."""
    yield time(0)
    for bound in _bounds(schema):
        yield bound
        # a time knows no arithmetic; a day around it does
        day = datetime.combine(_NEW_YEAR.date(), bound)
        for distance in (_INSTANT, -_INSTANT, timedelta(hours=1), -timedelta(hours=1)):
            yield (day + distance).timetz()
    yield from (time(hour) for hour in (12, 9, 17, 23))
    yield from (time(hour, tzinfo=UTC) for hour in (0, 12))


def timedeltas(schema: Schema, _place: Place) -> Iterator[timedelta]:
    """Yield guesses for a timedelta, none first."""
    yield timedelta(0)
    for bound in _bounds(schema):
        for distance in (timedelta(0), _DAY, -_DAY, _INSTANT, -_INSTANT):
            yield from _shifted(bound, distance)
    yield from (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1))
    yield from (timedelta(days=30), timedelta(days=365), -timedelta(days=1))


def _anchors(schema: Schema) -> Iterator[datetime]:
    match schema.get("now_op"):
        case "past":
            start = _LONG_AGO
        case "future":
            start = _FAR_AHEAD
        case _:
            start = _NEW_YEAR
    yield start
    yield from (start + distance for distance in _DISTANCES)


def _bounds(schema: Schema) -> list[Any]:
    names = ("ge", "gt", "le", "lt")
    return [schema[name] for name in names if schema.get(name) is not None]


def _shifted(moment: Any, distance: timedelta) -> Iterator[Any]:
    try:
        yield moment + distance
    except OverflowError:
        return
